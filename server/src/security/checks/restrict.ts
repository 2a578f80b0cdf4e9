import { NAMESPACES } from "../assign/restrict.ts";
import { hasNative, hasNoCalls, nativeExample } from "../callSet.ts";
import type { Settings } from "../settings.ts";
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
    good: `It cannot make ${what}`,
    bad: (settings) => makes(settings, kind, what),
    fix: `RestrictNamespaces=~${kind}`,
  };
}

/** All namespaces but those of users need CAP_SYS_ADMIN, which a user namespace gives whoever makes it. */
function makes(settings: Settings, kind: string, what: string): string {
  if (kind === "user" || holds(settings, "CAP_SYS_ADMIN")) return `It can make ${what}`;
  const { namespaces } = settings;
  const inside = namespaces === undefined || (namespaces & (1 << NAMESPACES.indexOf("user"))) !== 0;
  return inside
    ? `Inside of a user namespace it can make ${what}`
    : `It needs CAP_SYS_ADMIN, but no more, to make ${what}`;
}

const INET = 2;
const INET6 = 10;
const UNIX = 1;
const NETLINK = 16;
const PACKET = 17;
const COMMON: readonly number[] = [INET, INET6, UNIX, NETLINK, PACKET];

/** Follows assess_restrict_address_families(), systemd 257 to 262: each listed family turns the mark of its kind. */
function closed({ addressFamilies: { allow, members } }: Settings, isKind: (family: number) => boolean): boolean {
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
      systemCalls?.allow ? `Its allow list has no call of ${members}` : `Its deny list has every call of ${members}`,
    bad: (settings) => offending(settings, members),
    fix: `SystemCallFilter=~${members}`,
  };
}

function offending({ systemCalls, version }: Settings, members: string): string {
  if (!systemCalls || (!systemCalls.allow && hasNoCalls(systemCalls.members)))
    return `No list keeps it from the calls of ${members}`;
  const { allow } = systemCalls;
  const example = nativeExample(members, systemCalls.members, allow, version);
  return allow
    ? `Its allow list lets calls of ${members} through, such as ${example}`
    : `Its deny list does not cover ${members}, as ${example} shows`;
}

/** Follows assess_system_call_architectures(), systemd 257 to 262: naming the machine's own architecture is not native. */
function architectureBadness({ systemCallArchitectures: list }: Settings): number {
  if (list.size === 0) return 10;
  return list.size === 1 && list.has("native") ? 0 : 8;
}

/** The checks of settings with one switch each. */
export const SWITCH_CHECKS = {
  lockPersonality: onOff("LockPersonality", 100, "lockPersonality", {
    good: "It cannot switch to an older interface of the kernel",
    bad: "It can switch to an older interface of the kernel",
  }),
  memoryDenyWriteExecute: onOff("MemoryDenyWriteExecute", 100, "memoryDenyWriteExecute", {
    good: "It cannot run code that it has written into memory",
    bad: "It can run code that it has written into memory",
  }),
  noNewPrivileges: onOff("NoNewPrivileges", 1000, "noNewPrivileges", {
    good: "No set-user-ID program can give it more rights",
    bad: "Set-user-ID programs that it starts, such as sudo, gain rights",
  }),
  restrictRealtime: onOff("RestrictRealtime", 500, "restrictRealtime", {
    good: "It cannot claim a processor by realtime scheduling",
    bad: (settings) =>
      holds(settings, "CAP_SYS_NICE")
        ? "It can claim a processor by realtime scheduling"
        : "It can claim a processor by realtime scheduling where LimitRTPRIO= allows it",
  }),
  restrictSuidSgid: onOff("RestrictSUIDSGID", 1000, "restrictSuidSgid", {
    good: "It cannot make files that run with the rights of their owner",
    bad: "It can make files that run with the rights of their owner",
  }),
} as const satisfies Record<string, Check>;

/** The seven kinds of namespaces that count, in systemd's order; time does not. */
export const NAMESPACE_CHECKS: readonly Check[] = [
  namespace("user", 1500, "user namespaces, in which it would be root"),
  namespace("mnt", 500, "mount namespaces, in which it would arrange files anew"),
  namespace("ipc", 500, "namespaces for shared memory and message queues"),
  namespace("pid", 500, "namespaces for processes"),
  namespace("cgroup", 500, "namespaces for control groups"),
  namespace("net", 500, "network namespaces with interfaces and routes of their own"),
  namespace("uts", 100, "namespaces for the host name"),
];

/** The kinds of sockets, in systemd's order. */
export const FAMILY_CHECKS: readonly Check[] = [
  families(
    "AF_INET_INET6",
    "AF_(INET|INET6)",
    1500,
    (it) => it === INET || it === INET6,
    { good: "It can make no sockets for IPv4 and IPv6", bad: "It can make sockets for IPv4 or IPv6" },
    "AF_INET AF_INET6",
  ),
  families(
    "AF_UNIX",
    "AF_UNIX",
    25,
    (it) => it === UNIX,
    { good: "It can make no Unix sockets", bad: "It can make Unix sockets to talk to other programs" },
    "AF_UNIX",
  ),
  families(
    "AF_NETLINK",
    "AF_NETLINK",
    200,
    (it) => it === NETLINK,
    { good: "It can make no netlink sockets", bad: "It can talk to the kernel through netlink sockets" },
    "AF_NETLINK",
  ),
  families(
    "AF_PACKET",
    "AF_PACKET",
    1000,
    (it) => it === PACKET,
    {
      good: "It can make no packet sockets",
      bad: (settings) =>
        `${holds(settings, "CAP_NET_RAW") ? "It can make" : "It needs CAP_NET_RAW, but no more, for"} packet sockets, which see raw network traffic`,
    },
    "AF_PACKET",
  ),
  {
    ...families("OTHER", "…", 1250, (it) => !COMMON.includes(it), {
      good: "It can make no sockets of rare families",
      bad: "It can make sockets of rare families, whose code in the kernel few people look at",
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
    good: "It can make system calls only in the way of the machine's own architecture",
    bad: (settings) =>
      architectureBadness(settings) === 10
        ? "It can make system calls in the way of other architectures, past most filters"
        : "It can make system calls in the way of several architectures",
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
