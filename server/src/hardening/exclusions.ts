import KINDS from "../../../data/kinds.json" with { type: "json" };
import { NEEDS, needNamed } from "../needs/vocabulary.ts";
import type { Kind } from "../service/kinds.ts";
import { memo } from "../units/memo.ts";
import type { HardeningDirective } from "./profiles.ts";

/** A setting, or its strict value only, where the weaker one still holds. */
export type Excluded = HardeningDirective | Strictly;

/** Strict values of which a gentler one still holds; that of CapabilityBoundingSet= is empty. */
type Strictly = "ProtectHome=tmpfs" | "ProtectSystem=strict" | "ProtectSystem=full" | "CapabilityBoundingSet=";

/** Settings that give the service a mount namespace: what it mounts stays inside. */
export const MOUNT_NAMESPACE = [
  "ProtectSystem",
  "ProtectHome",
  "PrivateTmp",
  "PrivateDevices",
  "ProtectHostname",
  "ProtectKernelTunables",
  "ProtectKernelModules",
  "ProtectKernelLogs",
  "ProtectControlGroups",
  "ProtectProc",
  "ProcSubset",
  "PrivateBPF",
] as const satisfies readonly Excluded[];

/** What takes rights away from code that is not seen here. */
const RIGHTS = [
  "ProtectClock",
  "DevicePolicy",
  "RestrictSUIDSGID",
  "RestrictNamespaces",
  "NoNewPrivileges",
  "RestrictAddressFamilies",
  "SystemCallFilter",
  "CapabilityBoundingSet",
  "PrivateUsers",
  "MemoryDenyWriteExecute",
  "UMask",
  "RemoveIPC",
  "PrivateNetwork",
  "IPAddressDeny",
  "SocketBindDeny",
  "NoExecPaths",
  "TemporaryFileSystem",
] as const satisfies readonly Excluded[];

/** What a program may need that can change anything on the machine: its scripts ask for no priority, and seldom change the processor. */
const ANY_CHANGE = [
  ...new Set(
    NEEDS.filter(({ name }) => name !== "realtime" && name !== "foreign-programs").flatMap((it) =>
      Object.keys(it.decides),
    ),
  ),
];

/** Words of the tables of kinds and of evidence that stand for several settings; the name of a need stands for those that it speaks against. */
export const SETTING_GROUPS: Readonly<Record<string, readonly string[]>> = {
  ANY_CHANGE,
  MOUNT_NAMESPACE,
  RIGHTS,
  // ProtectClock= closes all devices but those that the unit allows, and the others take away the groups that may open one.
  DEVICES: ["PrivateDevices", "ProtectClock", "DevicePolicy", "PrivateUsers", "DynamicUser"],
  RAW_SOCKETS: ["RestrictAddressFamilies", "CapabilityBoundingSet", "PrivateUsers", "DynamicUser"],
  // What hands its sandbox on to programs of people.
  EVERYTHING: [
    ...MOUNT_NAMESPACE,
    ...RIGHTS,
    "RestrictRealtime",
    "LockPersonality",
    "SystemCallArchitectures",
    "DynamicUser",
  ],
};

/**
 * The kind as a noun with its article, why it must not get some settings itself and what it may start, what has to hold for others ("if" and a clause) with
 * all programs or with those that nobody tried, and the words that it needs in some.
 */
interface KindRow {
  readonly noun: string;
  readonly excludes: Readonly<Record<string, string>>;
  readonly starting?: Readonly<Record<string, string>>;
  readonly doubts?: Readonly<Record<string, string>>;
  readonly untried?: Readonly<Record<string, string>>;
  readonly needs?: NeededWords;
}

/** Settings whose usual value lacks what some kinds of programs need. */
export type NeededBy =
  | "RestrictAddressFamilies"
  | "SystemCallFilter"
  | "CapabilityBoundingSet"
  | "RestrictNamespaces"
  | "DeviceAllow"
  | "ReadWritePaths";

/** Such words by the setting, with spaces between. */
export type NeededWords = Readonly<Partial<Record<NeededBy, string>>>;

const TABLE: Readonly<Record<Kind, KindRow>> = KINDS;

/** The reasons of a kind by the settings that they are about; few kinds are ever asked for. */
const exclusionsOf = memo((row: KindRow) => reasonsBySetting({ ...row.starting, ...row.excludes }));
const exclusionsAlone = memo((row: KindRow) => reasonsBySetting(row.excludes));
const doubtsOf = memo((row: KindRow) => reasonsBySetting(row.doubts ?? {}));
const doubtsOfUntried = memo((row: KindRow) => reasonsBySetting({ ...row.doubts, ...row.untried }));

const reasonsBySetting = (reasons: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(reasons).flatMap(settingsNamed));

/** The settings of a list, whose words may stand for several, each with the reason. */
export function settingsNamed([reason, list]: readonly [string, string]): (readonly [string, string])[] {
  return list
    .split(" ")
    .flatMap((it) => SETTING_GROUPS[it] ?? Object.keys(needNamed(it)?.decides ?? { [it]: true }))
    .map((it) => [it, reason] as const);
}

/** What speaks against a setting for a service of a kind, of which a sentence of `excludedBy` is given. */
export const notSafeFor = (kind: string): string => `${NOT_SAFE_FOR}${kind}`;

/** Whether an objection is about the kind of a service alone, not about what its unit shows. */
export const isAboutKind = (objection: string): boolean => objection.startsWith(NOT_SAFE_FOR);

const NOT_SAFE_FOR = "not safe for ";

/**
 * The first kind that must not get a setting and why, such as `a database: others use its socket`; of what starts nothing, for what
 * it does itself. What is not excluded is safe, as far as the unit shows nothing else.
 */
export function excludedBy(name: Excluded, kinds: Iterable<Kind>, startsNothing = false): string | undefined {
  for (const kind of kinds) {
    const reason = (startsNothing ? exclusionsAlone : exclusionsOf)(TABLE[kind]).get(name);
    if (reason !== undefined) return `${TABLE[kind].noun}: ${reason}`;
  }
  return undefined;
}

/** What has to hold for a setting with such programs, however well a unit shows what it is: "if" and a clause. */
export function doubtOf(name: HardeningDirective, kinds: Iterable<Kind>, tried: boolean): string | undefined {
  const doubts = tried ? doubtsOf : doubtsOfUntried;
  for (const kind of kinds) {
    const doubt = doubts(TABLE[kind]).get(name);
    if (doubt !== undefined) return doubt;
  }
  return undefined;
}

/** A kind as a noun with its article. */
export const nounOf = (kind: Kind): string => TABLE[kind].noun;

/** Whether a kind must not get some setting. */
export const excludesAny = (kind: Kind): boolean => exclusionsOf(TABLE[kind]).size > 0;

/** Whether what programs of a kind start inherits their sandbox, so that nothing that they need themselves says what they bear. */
export const handsSandboxOn = (kind: Kind): boolean =>
  Object.values(TABLE[kind].excludes).some((it) => it.split(" ").includes("EVERYTHING"));

/** Kinds about which it is no question what the program itself needs: others run in its sandbox, or it sets up or changes the system. */
export const isBeyondOwner = (kind: Kind): boolean =>
  handsSandboxOn(kind) || /^(?:early|boot|storage|admin|packages|systemd)$/.test(kind);

/** What kinds of programs need in a setting in addition to what all need, in the order of the table. */
export function neededBy(setting: NeededBy, kinds: ReadonlySet<Kind>): readonly string[] {
  if (kinds.size === 0) return [];
  const rows = Object.entries(TABLE).filter(([kind]) => kinds.has(kind as Kind));
  return [...new Set(rows.flatMap(([, { needs }]) => needs?.[setting]?.split(" ") ?? []))];
}
