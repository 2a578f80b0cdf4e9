import { RHEL_8 } from "../../facts/targets.ts";
import { NAMESPACES } from "../assign/assignRestrict.ts";
import { hasNative, hasNoCalls, nativeExample } from "../callSet.ts";
import type { UnitSettings } from "../settings.ts";
import { badUnless, type Check, onOff, type Text } from "./check.ts";
import { holds } from "./rights.ts";

function namespace(kind: string, weight: number, what: string): Check {
  const bit = 1 << NAMESPACES.indexOf(kind);
  return {
    id: `RestrictNamespaces_${kind}`,
    name: `RestrictNamespaces=~${kind}`,
    directive: "RestrictNamespaces",
    weight,
    range: 1,
    assess: ({ namespaces }) => badUnless(namespaces !== undefined && (namespaces & bit) === 0),
    good: `It cannot create ${what}`,
    bad: (settings) => makes(settings, kind, what),
    fix: `RestrictNamespaces=~${kind}`,
  };
}

/** All namespaces but those of users need CAP_SYS_ADMIN, which the creator of a user namespace has in it. */
function makes(settings: UnitSettings, kind: string, what: string): string {
  if (kind === "user" || holds(settings, "CAP_SYS_ADMIN")) return `It can create ${what}`;
  const { namespaces } = settings;
  const inside = namespaces === undefined || (namespaces & (1 << NAMESPACES.indexOf("user"))) !== 0;
  return inside ? `Inside a user namespace it can create ${what}` : `It needs only CAP_SYS_ADMIN to create ${what}`;
}

const INET = 2;
const INET6 = 10;
const UNIX = 1;
const NETLINK = 16;
const PACKET = 17;
const COMMON: readonly number[] = [INET, INET6, UNIX, NETLINK, PACKET];

/** Follows assess_restrict_address_families(), systemd 257 to 262: each listed family turns the mark of its kind. */
function closed({ addressFamilies: { allow, members } }: UnitSettings, isKind: (family: number) => boolean): boolean {
  if (!members) return allow;
  for (const family of members) if (isKind(family)) return !allow;
  return allow;
}

function families(
  id: string,
  label: string,
  weight: number,
  isKind: (family: number) => boolean,
  texts: { readonly good: Text; readonly bad: Text },
  fix?: string,
): Check {
  return {
    id: `RestrictAddressFamilies_${id}`,
    name: `RestrictAddressFamilies=~${label}`,
    directive: "RestrictAddressFamilies",
    weight,
    range: 1,
    assess: (settings) => badUnless(closed(settings, isKind)),
    ...texts,
    ...(fix === undefined ? {} : { fix: `RestrictAddressFamilies=~${fix}` }),
  };
}

/** What an allow list for all usual families makes of the exotic ones; a later line could not turn a deny list around. */
const NO_EXOTIC = "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET";

function group(name: string, weight: number): Check {
  const members = `@${name}`;
  return {
    id: `SystemCallFilter_${name.replaceAll("-", "_")}`,
    name: `SystemCallFilter=~${members}`,
    directive: "SystemCallFilter",
    weight,
    range: 10,
    assess: ({ systemCalls, version }) => {
      if (!systemCalls || (!systemCalls.allow && hasNoCalls(systemCalls.members))) return 10;
      const { allow } = systemCalls;
      return hasNative(members, systemCalls.members, allow, version) ? (allow ? 9 : 10) : 0;
    },
    good: ({ systemCalls }) =>
      systemCalls?.allow ? `Its allow list has no calls of ${members}` : `Its deny list has all calls of ${members}`,
    bad: (settings) => offending(settings, members),
    fix: `SystemCallFilter=~${members}`,
  };
}

function offending({ systemCalls, version }: UnitSettings, members: string): string {
  if (!systemCalls || (!systemCalls.allow && hasNoCalls(systemCalls.members)))
    return `No list denies calls of ${members}`;
  const { allow } = systemCalls;
  const example = nativeExample(members, systemCalls.members, allow, version);
  return allow
    ? `Its allow list has calls of ${members}, such as ${example}`
    : `Its deny list does not cover ${members}, for example ${example}`;
}

/** Follows assess_system_call_architectures(), systemd 257 to 262: naming the machine's own architecture is not native. */
function architectureBadness({ systemCallArchitectures: list }: UnitSettings): number {
  if (list.size === 0) return 10;
  return list.size === 1 && list.has("native") ? 0 : 8;
}

/** The checks of settings with one switch each. */
export const SWITCH_CHECKS = {
  lockPersonality: onOff("LockPersonality", 100, "lockPersonality", {
    good: "It cannot change its execution domain",
    bad: "It can change its execution domain",
  }),
  memoryDenyWriteExecute: onOff("MemoryDenyWriteExecute", 100, "memoryDenyWriteExecute", {
    good: "It cannot run code that it has written into memory",
    bad: "It can run code that it has written into memory",
  }),
  noNewPrivileges: onOff("NoNewPrivileges", 1000, "noNewPrivileges", {
    good: "No set-user-ID program can give it more privileges",
    bad: (settings) =>
      holds(settings, "CAP_SETUID")
        ? "Its processes that gave up root can regain it with set-user-ID programs, such as sudo"
        : "Set-user-ID programs that it starts, such as sudo, gain privileges",
  }),
  restrictRealtime: onOff("RestrictRealtime", 500, "restrictRealtime", {
    good: "It cannot monopolize a CPU with realtime scheduling",
    bad: (settings) =>
      holds(settings, "CAP_SYS_NICE")
        ? "It can monopolize a CPU with realtime scheduling"
        : "It can monopolize a CPU with realtime scheduling where LimitRTPRIO= allows it",
  }),
  restrictSuidSgid: onOff("RestrictSUIDSGID", 1000, "restrictSuidSgid", {
    since: 242,
    except: [RHEL_8],
    good: "It cannot create set-user-ID or set-group-ID files",
    bad: "It can create set-user-ID or set-group-ID files",
  }),
} as const satisfies Record<string, Check>;

/** The seven kinds of namespaces that count, in systemd's order; time does not. */
export const NAMESPACE_CHECKS: readonly Check[] = [
  namespace("user", 1500, "user namespaces, in which it would be root"),
  namespace("mnt", 500, "mount namespaces, in which it could change mounts"),
  namespace("ipc", 500, "IPC namespaces"),
  namespace("pid", 500, "PID namespaces"),
  namespace("cgroup", 500, "cgroup namespaces"),
  namespace("net", 500, "network namespaces with their own interfaces and routes"),
  namespace("uts", 100, "UTS namespaces"),
];

/** The kinds of sockets, in systemd's order. */
export const FAMILY_CHECKS: readonly Check[] = [
  families(
    "AF_INET_INET6",
    "AF_(INET|INET6)",
    1500,
    (it) => it === INET || it === INET6,
    { good: "It cannot create IPv4 or IPv6 sockets", bad: "It can create IPv4 or IPv6 sockets" },
    "AF_INET AF_INET6",
  ),
  families(
    "AF_UNIX",
    "AF_UNIX",
    25,
    (it) => it === UNIX,
    { good: "It cannot create Unix sockets", bad: "It can create Unix sockets to connect to other programs" },
    "AF_UNIX",
  ),
  families(
    "AF_NETLINK",
    "AF_NETLINK",
    200,
    (it) => it === NETLINK,
    { good: "It cannot create netlink sockets", bad: "It can create netlink sockets to the kernel" },
    "AF_NETLINK",
  ),
  families(
    "AF_PACKET",
    "AF_PACKET",
    1000,
    (it) => it === PACKET,
    {
      good: "It cannot create packet sockets",
      bad: (settings) =>
        `${holds(settings, "CAP_NET_RAW") ? "It can create" : "It needs only CAP_NET_RAW for"} packet sockets, which see raw network traffic`,
    },
    "AF_PACKET",
  ),
  {
    ...families("OTHER", "…", 1250, (it) => !COMMON.includes(it), {
      good: "It cannot create sockets of rare families",
      bad: "It can create sockets of rare families, whose kernel code is rarely reviewed",
    }),
    fix: ({ addressFamilies }) => (addressFamilies.members ? undefined : NO_EXOTIC),
  },
];

/** What the filter of system calls leaves, in systemd's order. */
export const CALL_CHECKS: readonly Check[] = [
  {
    id: "SystemCallArchitectures",
    name: "SystemCallArchitectures=",
    directive: "SystemCallArchitectures",
    weight: 1000,
    range: 10,
    assess: architectureBadness,
    good: "It can make system calls only of the native architecture",
    bad: (settings) =>
      architectureBadness(settings) === 10
        ? "It can make system calls of other architectures, which bypass most filters"
        : "It can make system calls of several architectures",
    fix: ({ systemCallArchitectures: list }) => (list.size === 0 ? "SystemCallArchitectures=native" : undefined),
  },
  group("swap", 1000),
  group("obsolete", 250),
  group("clock", 1000),
  group("cpu-emulation", 250),
  group("debug", 1000),
  group("mount", 1000),
  group("module", 1000),
  group("raw-io", 1000),
  group("reboot", 1000),
  group("privileged", 700),
  group("resources", 700),
];
