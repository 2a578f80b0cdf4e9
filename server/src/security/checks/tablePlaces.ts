import { hasNoCalls } from "../callSet.ts";
import { countsAsUsers, isRoot, type UnitSettings } from "../settings.ts";
import { hasFilters } from "./accessChecks.ts";

/**
 * Where the table of `systemd-analyze security` has each outcome of a check, systemd 257 to 262: the higher the number, the
 * further up. systemd sorts by its own words; ours differ, the order does not. `ProtectProc=noaccess` has no words there, and
 * its row stands somewhere in the middle. The keys are the badness, or `none` where the
 * check does not apply, with a word after where several outcomes have one badness.
 */
const PLACES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  UserOrDynamicUser: { 10: 148, 9: 154, "0 dynamic": 153, 0: 152, "0 user manager": 155 },
  SupplementaryGroups: { 0: 87, 1: 156, none: 150 },
  PrivateDevices: { 0: 73, 1: 140 },
  PrivateMounts: { 0: 31, 1: 123 },
  PrivateNetwork: { 0: 78, 1: 62 },
  PrivateTmp: { 0: 77, 1: 60 },
  PrivateUsers: { 0: 53, 1: 61 },
  ProtectControlGroups: { 0: 39, 1: 132 },
  ProtectKernelModules: { 0: 36, 1: 129 },
  ProtectKernelTunables: { 0: 15, 1: 103 },
  ProtectKernelLogs: { 0: 42, 1: 136 },
  ProtectClock: { 0: 45, 1: 139 },
  ProtectHome: { 10: 66, 5: 91, 1: 58, 0: 74 },
  ProtectHostname: { 0: 19, 1: 107 },
  ProtectSystem: { 10: 69, 5: 71, 3: 94, 0: 93 },
  RootDirectoryOrRootImage: { 0: 70, 1: 157 },
  LockPersonality: { 0: 16, 1: 104 },
  MemoryDenyWriteExecute: { 0: 29, 1: 118 },
  NoNewPrivileges: { 0: 143, 1: 145 },
  CapabilityBoundingSet_CAP_SYS_ADMIN: { 0: 79, 1: 63 },
  CapabilityBoundingSet_CAP_SET_UID_GID_PCAP: { 0: 17, 1: 105 },
  CapabilityBoundingSet_CAP_SYS_PTRACE: { 0: 85, 1: 89 },
  CapabilityBoundingSet_CAP_SYS_TIME: { 0: 144, 1: 146 },
  CapabilityBoundingSet_CAP_NET_ADMIN: { 0: 83, 1: 72 },
  CapabilityBoundingSet_CAP_SYS_RAWIO: { 0: 86, 1: 90 },
  CapabilityBoundingSet_CAP_SYS_MODULE: { 0: 35, 1: 128 },
  CapabilityBoundingSet_CAP_AUDIT: { 0: 80, 1: 64 },
  CapabilityBoundingSet_CAP_SYSLOG: { 0: 75, 1: 59 },
  CapabilityBoundingSet_CAP_SYS_NICE_RESOURCE: { 0: 84, 1: 88 },
  CapabilityBoundingSet_CAP_MKNOD: { 0: 22, 1: 111 },
  CapabilityBoundingSet_CAP_CHOWN_FSETID_SETFCAP: { 0: 18, 1: 106 },
  CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER: { 0: 40, 1: 134 },
  CapabilityBoundingSet_CAP_KILL: { 0: 43, 1: 137 },
  "CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)": { 0: 82, 1: 65 },
  CapabilityBoundingSet_CAP_SYS_BOOT: { 0: 33, 1: 125 },
  CapabilityBoundingSet_CAP_MAC: { 0: 9, 1: 97 },
  CapabilityBoundingSet_CAP_LINUX_IMMUTABLE: { 0: 38, 1: 131 },
  CapabilityBoundingSet_CAP_IPC_LOCK: { 0: 37, 1: 130 },
  CapabilityBoundingSet_CAP_SYS_CHROOT: { 0: 32, 1: 124 },
  CapabilityBoundingSet_CAP_BLOCK_SUSPEND: { 0: 30, 1: 119 },
  CapabilityBoundingSet_CAP_WAKE_ALARM: { 0: 41, 1: 135 },
  CapabilityBoundingSet_CAP_LEASE: { 0: 23, 1: 112 },
  CapabilityBoundingSet_CAP_SYS_TTY_CONFIG: { 0: 34, 1: 126 },
  CapabilityBoundingSet_CAP_SYS_PACCT: { 0: 44, 1: 138 },
  CapabilityBoundingSet_CAP_BPF: { 0: 133, 1: 127 },
  UMask: { 10: 4, 5: 3, 2: 2, 1: 1, 0: 0 },
  KeyringMode: { 0: 55, 1: 158 },
  ProtectProc: { 0: 92, 1: 45, 3: 68 },
  ProcSubset: { 0: 76, 1: 67 },
  NotifyAccess: { 0: 46, 1: 47 },
  RemoveIPC: { 0: 159, 1: 160, none: 149, "none user manager": 6 },
  Delegate: { 0: 54, 1: 95 },
  RestrictRealtime: { 0: 147, 1: 96 },
  RestrictSUIDSGID: { 0: 7, 1: 109 },
  RestrictNamespaces_user: { 0: 28, 1: 117 },
  RestrictNamespaces_mnt: { 0: 24, 1: 113 },
  RestrictNamespaces_ipc: { 0: 20, 1: 108 },
  RestrictNamespaces_pid: { 0: 27, 1: 116 },
  RestrictNamespaces_cgroup: { 0: 21, 1: 110 },
  RestrictNamespaces_net: { 0: 26, 1: 115 },
  RestrictNamespaces_uts: { 0: 25, 1: 114 },
  RestrictAddressFamilies_AF_INET_INET6: { 0: 10, 1: 98 },
  RestrictAddressFamilies_AF_UNIX: { 0: 12, 1: 100 },
  RestrictAddressFamilies_AF_NETLINK: { 0: 13, 1: 101 },
  RestrictAddressFamilies_AF_PACKET: { 0: 14, 1: 102 },
  RestrictAddressFamilies_OTHER: { 0: 11, 1: 99 },
  SystemCallArchitectures: { 10: 121, 0: 120, 8: 122 },
  SystemCallFilter_swap: { 10: 52, 9: 181, 0: 182, "10 denied": 204, "0 denied": 203 },
  SystemCallFilter_obsolete: { 10: 52, 9: 171, 0: 172, "10 denied": 194, "0 denied": 193 },
  SystemCallFilter_clock: { 10: 52, 9: 161, 0: 162, "10 denied": 184, "0 denied": 183 },
  SystemCallFilter_cpu_emulation: { 10: 52, 9: 163, 0: 164, "10 denied": 186, "0 denied": 185 },
  SystemCallFilter_debug: { 10: 52, 9: 165, 0: 166, "10 denied": 188, "0 denied": 187 },
  SystemCallFilter_mount: { 10: 52, 9: 169, 0: 170, "10 denied": 192, "0 denied": 191 },
  SystemCallFilter_module: { 10: 52, 9: 167, 0: 168, "10 denied": 190, "0 denied": 189 },
  SystemCallFilter_raw_io: { 10: 52, 9: 175, 0: 176, "10 denied": 198, "0 denied": 197 },
  SystemCallFilter_reboot: { 10: 52, 9: 177, 0: 178, "10 denied": 200, "0 denied": 199 },
  SystemCallFilter_privileged: { 10: 52, 9: 173, 0: 174, "10 denied": 196, "0 denied": 195 },
  SystemCallFilter_resources: { 10: 52, 9: 179, 0: 180, "10 denied": 202, "0 denied": 201 },
  IPAddressDeny: { "0 programs": 50, 10: 51, 5: 48, 2: 49, 0: 8 },
  DeviceAllow: { 10: 81, 5: 56, 0: 57 },
  AmbientCapabilities: { 0: 141, 1: 142 },
};

const BOOT_PHASE = 151;
const LEFT_OUT = 5;

/** The place of an outcome among all rows of the table; rows with one place are sorted by name. */
export function tablePlaceOf(
  id: string,
  badness: number | undefined,
  settings: UnitSettings,
  bootPhase: boolean,
): number {
  if (badness === undefined && bootPhase) return BOOT_PHASE;
  const outcome = badness ?? "none";
  const places = PLACES[id] ?? {};
  return places[`${outcome} ${variantOf(id, settings)}`] ?? places[outcome] ?? LEFT_OUT;
}

/** What distinguishes outcomes of one badness. */
function variantOf(id: string, settings: UnitSettings): string | undefined {
  const { user, systemCalls } = settings;
  if (id === "RemoveIPC" && countsAsUsers(settings)) return "user manager";
  if (id === "IPAddressDeny" && hasFilters(settings)) return "programs";
  if (id === "UserOrDynamicUser") {
    if (isRoot(user) || (user === "" && !settings.dynamicUser)) return "user manager";
    return settings.dynamicUser ? "dynamic" : undefined;
  }
  const denies = systemCalls && !systemCalls.allow && !hasNoCalls(systemCalls.members);
  return denies && id.startsWith("SystemCallFilter") ? "denied" : undefined;
}
