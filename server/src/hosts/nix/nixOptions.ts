import type { SectionName } from "../../catalog/sections.ts";
import type { UnitKind } from "../../facts/unitKinds.ts";

/** The sets below `systemd` and `systemd.user` that hold units, with the type of these. */
export const UNIT_SETS: Readonly<Record<string, UnitKind>> = {
  services: "service",
  sockets: "socket",
  timers: "timer",
  paths: "path",
  mounts: "mount",
  automounts: "automount",
  slices: "slice",
  targets: "target",
};

/** The options that hold a section as systemd names its settings: NixOS's, and Home Manager's, which are called like it. */
export const SECTION_SETS: Readonly<Record<string, SectionName>> = {
  unitConfig: "Unit",
  serviceConfig: "Service",
  socketConfig: "Socket",
  timerConfig: "Timer",
  pathConfig: "Path",
  mountConfig: "Mount",
  automountConfig: "Automount",
  sliceConfig: "Slice",
  Unit: "Unit",
  Install: "Install",
  Service: "Service",
  Socket: "Socket",
  Timer: "Timer",
  Path: "Path",
  Mount: "Mount",
  Automount: "Automount",
  Slice: "Slice",
};

/** What an option of NixOS becomes in the unit. */
interface NixOption {
  readonly section: SectionName;
  readonly key: string;
  /** How its value is written: as it is, words of a list in one line, a line for each of them, or the path of a script of it. */
  readonly as: "value" | "words" | "lines" | "script";
}

const words = (section: SectionName, key: string): NixOption => ({ section, key, as: "words" });
const value = (section: SectionName, key: string): NixOption => ({ section, key, as: "value" });
const script = (key: string): NixOption => ({ section: "Service", key, as: "script" });
const lines = (key: string): NixOption => ({ section: "Socket", key, as: "lines" });

/** The options of all units. Follows nixos/lib/systemd-lib.nix, NixOS 25.05. */
const COMMON: Readonly<Record<string, NixOption>> = {
  description: value("Unit", "Description"),
  documentation: words("Unit", "Documentation"),
  requires: words("Unit", "Requires"),
  wants: words("Unit", "Wants"),
  upholds: words("Unit", "Upholds"),
  after: words("Unit", "After"),
  before: words("Unit", "Before"),
  bindsTo: words("Unit", "BindsTo"),
  partOf: words("Unit", "PartOf"),
  conflicts: words("Unit", "Conflicts"),
  requisite: words("Unit", "Requisite"),
  onFailure: words("Unit", "OnFailure"),
  onSuccess: words("Unit", "OnSuccess"),
  startLimitBurst: value("Unit", "StartLimitBurst"),
  startLimitIntervalSec: value("Unit", "StartLimitIntervalSec"),
  wantedBy: words("Install", "WantedBy"),
  requiredBy: words("Install", "RequiredBy"),
  upheldBy: words("Install", "UpheldBy"),
  aliases: words("Install", "Alias"),
};

const OF_KIND: Readonly<Partial<Record<UnitKind, Readonly<Record<string, NixOption>>>>> = {
  service: {
    script: script("ExecStart"),
    preStart: script("ExecStartPre"),
    postStart: script("ExecStartPost"),
    reload: script("ExecReload"),
    preStop: script("ExecStop"),
    postStop: script("ExecStopPost"),
  },
  socket: { listenStreams: lines("ListenStream"), listenDatagrams: lines("ListenDatagram") },
  mount: {
    what: value("Mount", "What"),
    where: value("Mount", "Where"),
    type: value("Mount", "Type"),
    options: value("Mount", "Options"),
  },
  automount: { where: value("Automount", "Where") },
};

/** What an option of a unit becomes; undefined where it becomes nothing, or is none. */
export const nixOption = (kind: UnitKind, name: string): NixOption | undefined =>
  (Object.hasOwn(COMMON, name) ? COMMON[name] : undefined) ?? ownOption(OF_KIND[kind] ?? {}, name);

const ownOption = (of: Readonly<Record<string, NixOption>>, name: string): NixOption | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;

/** What `confinement.enable` sets. Follows nixos/modules/security/systemd-confinement.nix, NixOS 25.05. */
export const CONFINEMENT: readonly (readonly [key: string, value: string])[] = [
  ["RootDirectory", "/var/empty"],
  ["TemporaryFileSystem", "/"],
  ["PrivateMounts", "true"],
  // What the commands need of the store; /bin/sh is a link into it.
  ["BindReadOnlyPaths", "/nix/store"],
  ["BindReadOnlyPaths", "/nix/store/sh:/bin/sh"],
];

/** The same but for the mode `chroot-only`, which sets them to false. */
export const CONFINEMENT_APIVFS: readonly string[] = [
  "MountAPIVFS",
  "PrivateDevices",
  "PrivateTmp",
  "PrivateUsers",
  "ProtectControlGroups",
  "ProtectKernelModules",
  "ProtectKernelTunables",
];
