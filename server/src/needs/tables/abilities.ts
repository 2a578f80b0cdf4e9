import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SignName } from "../../program/sign.ts";

/** What a sign in a program's own code says that it can do, and what would have to stay for that. */
export interface AbilityRow {
  readonly sign: SignName;
  /** The functions and commands that it is about, where a sign stands for several things. */
  readonly names?: RegExp;
  /** The end of a sentence: `it can …`. */
  readonly can: string;
  /** Capabilities without any of which it fails whatever is set; missing where every user may do it. */
  readonly capabilities?: readonly string[];
  /** Words of SystemCallFilter= that let it through. */
  readonly calls?: readonly string[];
  /** The calls or groups of calls that show it in a run, or the marks; without them only the need of a capability does. */
  readonly shownBy?: readonly string[];
  readonly marks?: readonly string[];
  /** Where the paths lie whose use shows it; what its code names, links or asks for only lets it be supposed, and keeps nothing. */
  readonly below?: readonly string[];
  /** Settings under which it fails; of `mounts` all that part the mounts of a service from those of the host. */
  readonly settings?: readonly DirectiveName[] | "mounts";
}

const OF_GROUPS = /gid|group|^\$[()]/;

/** The abilities that a setting takes away so that the service breaks, the most common first. */
export const ABILITIES: readonly AbilityRow[] = [
  {
    sign: "setuid",
    names: OF_GROUPS,
    can: "change its groups",
    capabilities: ["CAP_SETGID"],
    calls: ["@setuid"],
  },
  {
    sign: "setuid",
    names: new RegExp(`^(?!.*(?:${OF_GROUPS.source}))`),
    can: "change its user",
    capabilities: ["CAP_SETUID"],
    calls: ["@setuid"],
  },
  { sign: "chown", can: "give files to other users", capabilities: ["CAP_CHOWN"], calls: ["@chown"] },
  { sign: "chroot", can: "change its root directory", capabilities: ["CAP_SYS_CHROOT"], calls: ["chroot"] },
  { sign: "packets", can: "send or capture raw packets", capabilities: ["CAP_NET_RAW"] },
  {
    sign: "nice",
    can: "raise priorities",
    capabilities: ["CAP_SYS_NICE"],
    calls: ["setpriority", "sched_setscheduler", "ioprio_set"],
    shownBy: ["setpriority", "sched_setscheduler", "ioprio_set"],
  },
  {
    sign: "realtime",
    can: "ask for realtime priority",
    capabilities: ["CAP_SYS_NICE"],
    calls: ["sched_setscheduler", "sched_setparam", "sched_setattr"],
    settings: ["RestrictRealtime"],
    shownBy: ["sched_setscheduler", "sched_setparam", "sched_setattr"],
  },
  {
    sign: "affinity",
    can: "choose processors",
    capabilities: ["CAP_SYS_NICE"],
    calls: ["sched_setaffinity", "migrate_pages", "move_pages", "mbind", "set_mempolicy"],
    shownBy: ["sched_setaffinity", "migrate_pages", "move_pages", "mbind", "set_mempolicy"],
  },
  {
    sign: "memoryLock",
    can: "lock memory",
    capabilities: ["CAP_IPC_LOCK"],
    calls: ["@memlock"],
    shownBy: ["@memlock"],
  },
  // Where this was measured nobody needed it: most make pipes by the same call. PrivateDevices= takes the right away.
  { sign: "deviceNodes", can: "make device nodes", capabilities: ["CAP_MKNOD"] },
  {
    sign: "rawDevices",
    can: "talk to hardware directly",
    capabilities: ["CAP_SYS_RAWIO"],
    calls: ["@raw-io"],
    settings: ["PrivateDevices"],
  },
  {
    sign: "trace",
    can: "trace other processes",
    capabilities: ["CAP_SYS_PTRACE"],
    calls: ["@debug"],
    shownBy: ["ptrace"],
  },
  {
    sign: "kernelLog",
    can: "use the log of the kernel",
    capabilities: ["CAP_SYSLOG"],
    calls: ["syslog"],
    settings: ["ProtectKernelLogs"],
    shownBy: ["syslog"],
  },
  {
    sign: "modules",
    can: "load kernel modules",
    capabilities: ["CAP_SYS_MODULE"],
    calls: ["@module"],
    settings: ["ProtectKernelModules"],
  },
  {
    sign: "clock",
    can: "set the clock",
    capabilities: ["CAP_SYS_TIME"],
    calls: ["@clock"],
    settings: ["ProtectClock"],
  },
  {
    sign: "hostName",
    can: "set the host name",
    capabilities: ["CAP_SYS_ADMIN"],
    calls: ["sethostname", "setdomainname"],
    settings: ["ProtectHostname"],
    shownBy: ["sethostname", "setdomainname"],
  },
  {
    sign: "mount",
    can: "mount file systems",
    capabilities: ["CAP_SYS_ADMIN"],
    calls: ["@mount"],
    settings: "mounts",
    shownBy: ["@mount"],
  },
  {
    sign: "namespaces",
    can: "make or enter namespaces",
    shownBy: ["unshare", "setns"],
    marks: ["namespace"],
    settings: ["RestrictNamespaces"],
  },
  {
    sign: "capabilities",
    names: /^(?:capset|cap_set(?:_proc|groups)|capng_|PR_(?:CAPBSET|SET))/,
    can: "change its capabilities",
    capabilities: ["CAP_SETPCAP"],
    calls: ["capset"],
    shownBy: ["capset"],
  },
  { sign: "privileged", can: "start programs that gain rights", settings: ["NoNewPrivileges"] },
  { sign: "setuidMode", can: "make set-user-ID files", marks: ["suid-file"], settings: ["RestrictSUIDSGID"] },
  { sign: "personality", can: "change its personality", marks: ["personality"], settings: ["LockPersonality"] },
  {
    sign: "compiles",
    can: "make code in memory",
    marks: ["writable-executable"],
    settings: ["MemoryDenyWriteExecute"],
  },
  {
    sign: "networkSettings",
    can: "set options of sockets that take rights over the network",
    below: [],
    capabilities: ["CAP_NET_ADMIN"],
  },
  { sign: "processes", can: "look at processes of others", below: [], marks: ["proc:other", "proc:list"] },
  { sign: "sharedMemory", can: "share memory with others", below: [], marks: ["ipc"] },
  { sign: "posixMemory", can: "share memory or semaphores with others", below: [], marks: ["ipc"] },
  { sign: "homes", can: "look for files in home directories", below: ["/home", "/root", "/run/user"] },
  { sign: "devices", can: "open devices", below: ["/dev"] },
];
