import type { UnitKind } from "../facts/unitKinds.ts";
import { type SystemdVersion, valueIn } from "../facts/version.ts";
import { runsPrograms } from "../families/unitFiles/kinds.ts";
import { NO_CAPABILITIES, START_BOUNDING_SET } from "./capabilitySet.ts";
import type { Listening, Networks, Settings } from "./settings.ts";

/** A socket that listens on nothing. */
export const NO_LISTENING: Listening = { accepting: 0, other: 0, nodes: 0 };

/** No network at all. */
export const NO_NETWORKS: Networks = { allV4: false, allV6: false, count: 0, remote: 0, remoteStrict: 0 };

/** Follows exec_context_init(), unit_init() and service_init(), systemd 257 to 262, with an umask of 0022. */
export function startSettings(kind: UnitKind, scope: "system" | "user", version: SystemdVersion): Settings {
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
    privateMounts: runsPrograms(kind) ? undefined : false,
    mountApiVfs: undefined,
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
    boundingSet: valueIn(START_BOUNDING_SET, version),
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

/** Settings that can be changed without changing the ones that they come from. */
export function copySettings(settings: Settings): Settings {
  const { addressFamilies, systemCalls } = settings;
  return {
    ...settings,
    onFailure: new Set(settings.onFailure),
    onSuccess: new Set(settings.onSuccess),
    present: new Set(settings.present),
    addressFamilies: { ...addressFamilies, members: addressFamilies.members && new Set(addressFamilies.members) },
    systemCalls: systemCalls && { ...systemCalls, members: systemCalls.members.slice() },
    systemCallArchitectures: new Set(settings.systemCallArchitectures),
    devices: [...settings.devices],
    loadCredentials: new Map(settings.loadCredentials),
    setCredentials: new Map(settings.setCredentials),
  };
}
