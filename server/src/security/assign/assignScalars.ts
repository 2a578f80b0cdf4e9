import { holdsIn, type PerVersion, valueIn } from "../../facts/version.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { memberOf } from "../../values/enumeration.ts";
import { ENUMERATIONS } from "../../values/enumerations.ts";
import type { Enumeration } from "../../values/valueType.ts";
import type { UnitSettings } from "../settings.ts";
import { canBeUnset } from "../unset.ts";
import type { Assign, Assignments } from "./assign.ts";

type FieldOf<T> = {
  [K in keyof UnitSettings]: UnitSettings[K] extends T ? (T extends UnitSettings[K] ? K : never) : never;
}[keyof UnitSettings];

/** Follows config_parse_bool(), systemd 257 to 262: the last valid value wins. */
function boolean(field: FieldOf<boolean>): Assign {
  return (settings, value) => {
    const truth = parseBoolean(value);
    if (truth !== undefined) settings[field] = truth;
    return undefined;
  };
}

/** Follows config_parse_tristate(), systemd 257 to 262: an empty value takes the setting back, once it can be unset. */
function tristate(field: "privateMounts" | "mountApiVfs" | "bindLogSockets"): Assign {
  return (settings, value, { version }) => {
    const truth = parseBoolean(value);
    if (truth !== undefined || (value === "" && canBeUnset(field, version))) settings[field] = truth;
    return undefined;
  };
}

/** One word of a set: the last valid one wins, and an empty value is none unless it stands for `empty`. */
function word(field: FieldOf<string>, types: Enumeration | PerVersion<Enumeration>, empty?: string): Assign {
  return (settings, value, { version }) => {
    const type = "kind" in types ? types : valueIn(types, version);
    if (value === "" && empty !== undefined) settings[field] = empty;
    const member = memberOf(type, value, version);
    if (member) settings[field] = member.value;
    return undefined;
  };
}

/** A user manager takes only the actions that end it. Follows parse_emergency_action(), systemd 257 to 262. */
const successAction: Assign = (settings, value, { version, scope }) => {
  const member = memberOf(ENUMERATIONS.emergencyAction, value, version);
  if (!member || (scope === "user" && !["none", "exit", "exit-force"].includes(member.value))) return undefined;
  settings.successAction = member.value;
  return undefined;
};

/** Since when an empty value is `no`. */
const EMPTY_HOSTNAME = { since: 258 };

/** Follows config_parse_protect_hostname(), systemd 257 to 262. */
const protectHostname: Assign = (settings, value, context) => {
  if (value === "" && !holdsIn(EMPTY_HOSTNAME, context.version)) return undefined;
  return word("protectHostname", ENUMERATIONS.protectHostname, "no")(settings, value, context);
};

/** Follows config_parse_mode(), systemd 257 to 262: octal digits only. */
const uMask: Assign = (settings, value) => {
  const mode = /^[0-7]+$/.test(value) ? Number.parseInt(value, 8) : Number.NaN;
  if (mode <= 0o7777) settings.uMask = mode;
  return undefined;
};

/** Since when an empty value is the usual mode again. */
const EMPTY_KILL_MODE = { since: 246 };

/** Follows config_parse_kill_mode(), systemd 246 to 262, and the enumeration that it was before. */
const killMode: Assign = (settings, value, context) => {
  if (value === "" && !holdsIn(EMPTY_KILL_MODE, context.version)) return undefined;
  return word("killMode", ENUMERATIONS.killMode, "control-group")(settings, value, context);
};

/** The settings of [Unit] with one word. */
export const UNIT_SCALARS: Assignments = {
  DefaultDependencies: boolean("defaultDependencies"),
  SuccessAction: successAction,
  OnFailureJobMode: word("onFailureJobMode", ENUMERATIONS.jobMode),
  OnSuccessJobMode: word("onSuccessJobMode", ENUMERATIONS.jobMode),
  OnFailureIsolate: (settings, value) => {
    const truth = parseBoolean(value);
    if (truth !== undefined) settings.onFailureJobMode = truth ? "isolate" : "replace";
    return undefined;
  },
};

/** The settings of [Service] alone with one word. */
export const SERVICE_SCALARS: Assignments = {
  Type: word("type", ENUMERATIONS.serviceType),
  Restart: word("restart", ENUMERATIONS.serviceRestart),
  ExitType: word("exitType", ENUMERATIONS.serviceExitType),
  RemainAfterExit: boolean("remainAfterExit"),
  NotifyAccess: word("notifyAccess", ENUMERATIONS.notifyAccess),
};

/** The settings of systemd.exec(5), systemd.kill(5) and systemd.resource-control(5) with one word. */
export const EXEC_SCALARS: Assignments = {
  KillMode: killMode,
  KeyringMode: word("keyringMode", ENUMERATIONS.execKeyringMode),
  LockPersonality: boolean("lockPersonality"),
  MemoryDenyWriteExecute: boolean("memoryDenyWriteExecute"),
  MountFlags: word("mountFlags", ENUMERATIONS.execMountPropagationFlag, ""),
  NoNewPrivileges: boolean("noNewPrivileges"),
  PrivateBPF: word("privateBpf", ENUMERATIONS.privateBpf),
  PrivateDevices: boolean("privateDevices"),
  PrivateIPC: boolean("privateIpc"),
  PrivateMounts: tristate("privateMounts"),
  MountAPIVFS: tristate("mountApiVfs"),
  BindLogSockets: tristate("bindLogSockets"),
  PrivateNetwork: boolean("privateNetwork"),
  PrivatePIDs: word("privatePids", ENUMERATIONS.privatePids),
  PrivateTmp: word("privateTmp", { 0: ENUMERATIONS.bool, 257: ENUMERATIONS.privateTmp }),
  PrivateUsers: word("privateUsers", { 0: ENUMERATIONS.bool, 257: ENUMERATIONS.privateUsers }),
  ProcSubset: word("procSubset", ENUMERATIONS.procSubset),
  ProtectClock: boolean("protectClock"),
  ProtectControlGroups: word("protectControlGroups", { 0: ENUMERATIONS.bool, 257: ENUMERATIONS.protectControlGroups }),
  ProtectHome: word("protectHome", ENUMERATIONS.protectHome),
  ProtectHostname: protectHostname,
  ProtectKernelLogs: boolean("protectKernelLogs"),
  ProtectKernelModules: boolean("protectKernelModules"),
  ProtectKernelTunables: boolean("protectKernelTunables"),
  ProtectProc: word("protectProc", ENUMERATIONS.protectProc),
  ProtectSystem: word("protectSystem", ENUMERATIONS.protectSystem),
  RemoveIPC: boolean("removeIpc"),
  RestrictRealtime: boolean("restrictRealtime"),
  RestrictSUIDSGID: boolean("restrictSuidSgid"),
  UMask: uMask,
};

/** The settings of systemd.resource-control(5) with one word. */
export const RESOURCE_SCALARS: Assignments = {
  DevicePolicy: word("devicePolicy", ENUMERATIONS.devicePolicy),
};
