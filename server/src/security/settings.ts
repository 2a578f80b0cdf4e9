import type { UnitKind } from "../facts/unitKinds.ts";
import { holdsIn, type SystemdVersion } from "../facts/version.ts";
import { runsPrograms } from "../families/unitFiles/kinds.ts";
import type { CallSet } from "./callSet.ts";
import { type CapabilitySet, NO_CAPABILITIES, startBoundingSet } from "./capabilitySet.ts";
import { canBeUnset } from "./unset.ts";

/** An allow list or a deny list. */
interface ListOf<T> {
  allow: boolean;
  members: T;
}

/** What the networks of an IPAddressAllow= or IPAddressDeny= list amount to. */
export interface Networks {
  /** Whether some network covers all of IPv4 (prefix length 0), and all of IPv6. */
  readonly allV4: boolean;
  readonly allV6: boolean;
  readonly count: number;
  /** How many are not of this machine: the address is not one of 127.0.0.0/8 and ::1, whatever the prefix length. */
  readonly remote: number;
  /** The same as D-Bus clients judge it, where only 127.x.y.z/8 and ::1/128 are of this machine. */
  readonly remoteStrict: number;
}

/**
 * The settings of a unit that decide its exposure or whether it loads, as systemd holds them.
 * They are built up in place: who wants to go on from there takes a copy.
 */
export interface UnitSettings {
  readonly version: SystemdVersion;
  readonly scope: "system" | "user";
  readonly kind: UnitKind;

  defaultDependencies: boolean;
  successAction: string;
  onFailure: Set<string>;
  onSuccess: Set<string>;
  onFailureJobMode: string;
  onSuccessJobMode: string;

  /** What a mount, automount or swap unit is about. */
  where: string;
  what: string;

  listening: Listening;
  accept: boolean;
  maxConnections: number;
  deferTrigger: string;

  type: string;
  restart: string;
  exitType: string;
  remainAfterExit: boolean;
  busName: string;
  execStart: number;
  execStop: number;
  notifyAccess: string;
  killMode: string;
  pamName: string;

  user: string;
  group: string;
  dynamicUser: boolean;
  supplementaryGroups: number;
  workingDirectory: string;
  rootDirectory: string;
  rootImage: string;
  rootMStack: string;
  uMask: number;
  keyringMode: string;

  privateDevices: boolean;
  /** Undefined while nothing sets it. */
  privateMounts: boolean | undefined;
  mountApiVfs: boolean | undefined;
  bindLogSockets: boolean | undefined;
  privateNetwork: boolean;
  privateIpc: boolean;
  privateTmp: string;
  privateUsers: string;
  privatePids: string;
  privateBpf: string;
  protectControlGroups: string;
  protectKernelModules: boolean;
  protectKernelTunables: boolean;
  protectKernelLogs: boolean;
  protectClock: boolean;
  protectHome: string;
  protectHostname: string;
  protectSystem: string;
  protectProc: string;
  procSubset: string;
  lockPersonality: boolean;
  memoryDenyWriteExecute: boolean;
  noNewPrivileges: boolean;
  removeIpc: boolean;
  restrictRealtime: boolean;
  restrictSuidSgid: boolean;
  mountFlags: string;
  /** Directives whose list or text is not empty, as far as that decides about mount namespaces or refusals. */
  present: Set<string>;

  boundingSet: CapabilitySet;
  ambientSet: CapabilitySet;
  /** The namespaces that may be created, as a mask of NAMESPACES; undefined while nothing sets it. */
  namespaces: number | undefined;
  /** The numbers of the listed families; without members the next line decides again whether it allows or denies. */
  addressFamilies: ListOf<Set<number> | undefined>;
  /** Undefined while nothing sets it. System calls of an allow list that answer with an error number are not members. */
  systemCalls: ListOf<CallSet> | undefined;
  systemCallArchitectures: Set<string>;

  delegate: boolean;
  devicePolicy: string;
  /** The entries of DeviceAllow=, those that other settings add too. */
  devices: string[];
  ipAllow: Networks;
  ipDeny: Networks;
  ipIngressFilters: number;
  ipEgressFilters: number;
  mountImages: number;
  /** The credentials by id: whether each is encrypted. */
  loadCredentials: Map<string, boolean>;
  setCredentials: Map<string, boolean>;
}

/** What a socket listens on, counted by what decides whether its settings go together. */
export interface Listening {
  /** Those on which connections come in: ListenStream= and ListenSequentialPacket=. */
  readonly accepting: number;
  readonly other: number;
  /** Those of both kinds that are sockets or FIFOs in the file system. */
  readonly nodes: number;
}

/** A socket that listens on nothing. */
export const NO_LISTENING: Listening = { accepting: 0, other: 0, nodes: 0 };

/** No network at all. */
export const NO_NETWORKS: Networks = { allV4: false, allV6: false, count: 0, remote: 0, remoteStrict: 0 };

/** Follows exec_context_init(), unit_init() and service_init(), systemd 257 to 262, with an umask of 0022. */
export function startSettings(kind: UnitKind, scope: "system" | "user", version: SystemdVersion): UnitSettings {
  return {
    version,
    scope,
    kind,
    defaultDependencies: true,
    successAction: "none",
    onFailure: new Set(),
    onSuccess: new Set(),
    onFailureJobMode: "replace",
    onSuccessJobMode: "fail",
    where: "",
    what: "",
    listening: NO_LISTENING,
    accept: false,
    maxConnections: 64,
    deferTrigger: "no",
    type: "",
    restart: "no",
    exitType: "main",
    remainAfterExit: false,
    busName: "",
    execStart: 0,
    execStop: 0,
    notifyAccess: "none",
    killMode: "control-group",
    pamName: "",
    user: "",
    group: "",
    dynamicUser: false,
    supplementaryGroups: 0,
    workingDirectory: "",
    rootDirectory: "",
    rootImage: "",
    rootMStack: "",
    uMask: 0o022,
    keyringMode: kind === "service" && scope === "system" ? "private" : "inherit",
    privateDevices: false,
    // What has no programs has no such setting either, which counts as off.
    privateMounts: runsPrograms(kind) && canBeUnset("privateMounts", version) ? undefined : false,
    mountApiVfs: canBeUnset("mountApiVfs", version) ? undefined : false,
    bindLogSockets: undefined,
    privateNetwork: false,
    privateIpc: false,
    privateTmp: "no",
    privateUsers: "no",
    privatePids: "no",
    privateBpf: "no",
    protectControlGroups: "no",
    protectKernelModules: false,
    protectKernelTunables: false,
    protectKernelLogs: false,
    protectClock: false,
    protectHome: "no",
    protectHostname: "no",
    protectSystem: "no",
    protectProc: "default",
    procSubset: "all",
    lockPersonality: false,
    memoryDenyWriteExecute: false,
    noNewPrivileges: false,
    removeIpc: false,
    restrictRealtime: false,
    restrictSuidSgid: false,
    mountFlags: "",
    present: new Set(),
    boundingSet: startBoundingSet(version),
    ambientSet: NO_CAPABILITIES,
    namespaces: undefined,
    addressFamilies: { allow: false, members: undefined },
    systemCalls: undefined,
    systemCallArchitectures: new Set(),
    delegate: false,
    devicePolicy: "auto",
    devices: [],
    ipAllow: NO_NETWORKS,
    ipDeny: NO_NETWORKS,
    ipIngressFilters: 0,
    ipEgressFilters: 0,
    mountImages: 0,
    loadCredentials: new Map(),
    setCredentials: new Map(),
  };
}

/** Since when the exposure takes a service of a user manager for one of its user, and not for one of root. */
const KNOWS_USER_SERVICES = { since: 262 };

/** Whether the exposure counts a unit as one that runs with the rights of a user, whose manager starts it. */
export function countsAsUsers({ scope, version }: UnitSettings): boolean {
  return scope === "user" && holdsIn(KNOWS_USER_SERVICES, version);
}

/** Follows security_info_runs_privileged(), systemd 257 to 262. */
export function runsAsRoot(settings: UnitSettings): boolean {
  if (countsAsUsers(settings)) return false;
  return isRoot(settings.user) || (settings.user === "" && !settings.dynamicUser);
}

/** Whether a user is root by name or number; other spellings of 0 are refused before. */
export function isRoot(user: string): boolean {
  return user === "root" || user === "0";
}
