import type { DirectiveName } from "../catalog/catalog.ts";

/** What the details of a need are: `hardware=/dev/ttyUSB0`, `ports=8080`. */
export type DetailKind = "device" | "path" | "family" | "capability" | "port" | "address" | "call";

/** The tightest value of a setting that grants a need. */
export interface Grant {
  /** A gentler value; where it is missing, the setting is left out, or its list gets more. */
  readonly value?: string;
  /** Words for a list of what is allowed; `*` stands for each detail. */
  readonly adds?: string;
  /** A line for each detail, which `*` stands for; without details there is no such value. */
  readonly line?: string;
}

/** What of a run shows a need, in the words of learning. */
export interface NeedSigns {
  /** Marks, or what stands before their `:`. */
  readonly marks?: readonly string[];
  /** Paths that are used, or changed, and all below them. */
  readonly uses?: readonly string[];
  readonly writes?: readonly string[];
  readonly calls?: readonly string[];
  readonly callGroup?: string;
  readonly capabilities?: readonly string[];
  /** Families of sockets. */
  readonly families?: readonly string[];
}

/** One thing that services may need, as a person names it. */
interface NeedRow {
  /** The ends of sentences about a service that does, and of one that does not. */
  readonly needs: string;
  readonly no: string;
  /** What counts as that, in one sentence. */
  readonly meaning: string;
  readonly detail?: DetailKind;
  readonly signs?: NeedSigns;
  /** The settings that it speaks against, with what grants it all the same; an empty row leaves the setting out. */
  readonly decides: Readonly<Partial<Record<DirectiveName, Grant>>>;
}

/** Where the files of persons are. */
export const HOMES: readonly string[] = ["/home", "/root", "/run/user"];

const WITHOUT: Grant = {};

/** Settings that part the mounts of a service from those of the host. */
const PRIVATE_MOUNTS = {
  ProtectSystem: WITHOUT,
  ProtectHome: WITHOUT,
  PrivateTmp: WITHOUT,
  PrivateDevices: WITHOUT,
  ProtectHostname: WITHOUT,
  ProtectKernelTunables: WITHOUT,
  ProtectKernelModules: WITHOUT,
  ProtectKernelLogs: WITHOUT,
  ProtectControlGroups: WITHOUT,
  ProtectProc: WITHOUT,
  ProcSubset: WITHOUT,
  PrivateBPF: WITHOUT,
} as const satisfies NeedRow["decides"];

const TABLE = {
  hardware: {
    needs: "opens hardware",
    no: "opens no hardware",
    meaning:
      "Opens device nodes such as serial ports, GPUs, sound, cameras, disks or USB, or talks to hardware directly.",
    detail: "device",
    signs: { uses: ["/dev"], capabilities: ["CAP_SYS_RAWIO", "CAP_MKNOD"], callGroup: "@raw-io" },
    decides: {
      PrivateDevices: WITHOUT,
      DevicePolicy: { value: "closed", line: "DeviceAllow=* rw" },
      ProtectClock: { value: "yes", line: "DeviceAllow=* rw" },
      PrivateUsers: WITHOUT,
      DynamicUser: WITHOUT,
      SystemCallFilter: { adds: "@raw-io" },
      CapabilityBoundingSet: { adds: "CAP_SYS_RAWIO" },
    },
  },
  "privileged-programs": {
    needs: "runs programs that gain rights",
    no: "runs no programs that gain rights",
    meaning:
      "Runs programs that get more rights than it has, such as sudo, sendmail, ping or others with set-user-ID or file capabilities.",
    decides: {
      NoNewPrivileges: WITHOUT,
      CapabilityBoundingSet: WITHOUT,
      SystemCallFilter: WITHOUT,
      PrivateUsers: WITHOUT,
    },
  },
  "set-uid-files": {
    needs: "makes set-user-ID or set-group-ID files",
    no: "makes no set-user-ID or set-group-ID files",
    meaning:
      "Creates files or directories with the set-user-ID or set-group-ID bit, as installers and file servers do.",
    signs: { marks: ["suid-file"] },
    decides: { RestrictSUIDSGID: WITHOUT },
  },
  homes: {
    needs: "reads home directories",
    no: "uses no home directories",
    meaning: "Reads files below /home, /root or /run/user; what it writes there belongs to writes=.",
    detail: "path",
    signs: { uses: HOMES },
    decides: { ProtectHome: { value: "read-only" } },
  },
  "shared-tmp": {
    needs: "shares files in /tmp with others",
    no: "shares no files in /tmp with others",
    meaning: "Exchanges files or sockets in /tmp or /var/tmp with other services or persons.",
    decides: { PrivateTmp: WITHOUT },
  },
  processes: {
    needs: "looks at processes of others",
    no: "looks at no processes of others",
    meaning: "Lists, inspects or traces processes that are not its own.",
    signs: { marks: ["proc:other", "proc:list", "ptrace"], capabilities: ["CAP_SYS_PTRACE"] },
    decides: {
      ProtectProc: WITHOUT,
      PrivateUsers: WITHOUT,
      SystemCallFilter: { adds: "@debug" },
      CapabilityBoundingSet: { adds: "CAP_SYS_PTRACE" },
    },
  },
  "proc-files": {
    needs: "reads files of /proc that are about the whole machine",
    no: "reads nothing in /proc but processes",
    meaning: "Reads figures of the whole machine in /proc, such as its memory, load or processors.",
    signs: { marks: ["proc:subset"] },
    decides: { ProcSubset: WITHOUT },
  },
  namespaces: {
    needs: "makes containers or other namespaces",
    no: "makes no containers or other namespaces",
    meaning: "Starts containers, sandboxes or browsers, or makes namespaces in another way.",
    signs: { marks: ["namespace"] },
    decides: {
      RestrictNamespaces: WITHOUT,
      SystemCallFilter: { adds: "@mount" },
      CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" },
    },
  },
  mounts: {
    needs: "mounts file systems",
    no: "mounts no file systems",
    meaning: "Mounts or unmounts file systems that others see.",
    signs: { callGroup: "@mount" },
    decides: {
      ...PRIVATE_MOUNTS,
      SystemCallFilter: { adds: "@mount" },
      CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" },
    },
  },
  "kernel-settings": {
    needs: "changes settings of the kernel",
    no: "changes no settings of the kernel",
    meaning: "Writes below /proc/sys or /sys, as sysctl does.",
    signs: {
      writes: [
        "/proc/sys",
        "/sys",
        "/proc/sysrq-trigger",
        "/proc/latency_stats",
        "/proc/acpi",
        "/proc/timer_stats",
        "/proc/fs",
        "/proc/irq",
        "/proc/bus",
      ],
      uses: ["/proc/kallsyms", "/proc/kcore"],
    },
    decides: { ProtectKernelTunables: WITHOUT, CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" } },
  },
  "kernel-modules": {
    needs: "loads kernel modules",
    no: "loads no kernel modules",
    meaning: "Loads or unloads drivers and other modules of the kernel, as modprobe does.",
    signs: { uses: ["/usr/lib/modules", "/lib/modules"], callGroup: "@module", capabilities: ["CAP_SYS_MODULE"] },
    decides: {
      ProtectKernelModules: WITHOUT,
      SystemCallFilter: { adds: "@module" },
      CapabilityBoundingSet: { adds: "CAP_SYS_MODULE" },
    },
  },
  "kernel-log": {
    needs: "reads or writes the log of the kernel",
    no: "has nothing to do with the log of the kernel",
    meaning: "Reads or writes the log of the kernel, as dmesg and log daemons do.",
    signs: { uses: ["/dev/kmsg", "/proc/kmsg"], calls: ["syslog"], capabilities: ["CAP_SYSLOG"] },
    decides: {
      ProtectKernelLogs: WITHOUT,
      SystemCallFilter: { adds: "syslog" },
      CapabilityBoundingSet: { adds: "CAP_SYSLOG" },
    },
  },
  clock: {
    needs: "sets the clock",
    no: "sets no clock",
    meaning: "Sets the time of the system or the hardware clock, or wakes the machine by a timer.",
    signs: {
      uses: ["/dev/rtc", "/dev/rtc0", "/dev/rtc1"],
      callGroup: "@clock",
      capabilities: ["CAP_SYS_TIME", "CAP_WAKE_ALARM"],
    },
    decides: {
      ProtectClock: WITHOUT,
      SystemCallFilter: { adds: "@clock" },
      CapabilityBoundingSet: { adds: "CAP_SYS_TIME CAP_WAKE_ALARM" },
    },
  },
  "host-name": {
    needs: "sets the host name",
    no: "never sets the host name",
    meaning: "Changes the name of the machine or of its domain.",
    signs: {
      calls: ["sethostname", "setdomainname"],
      writes: ["/proc/sys/kernel/hostname", "/proc/sys/kernel/domainname"],
    },
    decides: {
      ProtectHostname: WITHOUT,
      SystemCallFilter: { adds: "sethostname setdomainname" },
      CapabilityBoundingSet: { adds: "CAP_SYS_ADMIN" },
    },
  },
  "control-groups": {
    needs: "manages control groups",
    no: "manages no control groups",
    meaning: "Writes below /sys/fs/cgroup, as managers of containers do.",
    signs: { writes: ["/sys/fs/cgroup"] },
    decides: { ProtectControlGroups: WITHOUT },
  },
  "compiled-code": {
    needs: "compiles code while it runs",
    no: "compiles no code while it runs",
    meaning:
      "Makes machine code in memory while it runs, as Java, Node.js, .NET, browsers and LuaJIT do, or loads a library that does.",
    signs: { marks: ["writable-executable"] },
    decides: { MemoryDenyWriteExecute: WITHOUT },
  },
  "written-programs": {
    needs: "runs programs that it has written",
    no: "runs no programs that it has written",
    meaning: "Runs programs, plugins or libraries that it downloaded, unpacked or compiled itself.",
    decides: { NoExecPaths: WITHOUT },
  },
  "foreign-programs": {
    needs: "runs programs for another architecture",
    no: "runs no programs for another architecture",
    meaning: "Runs programs for 32 bits, or for other processors or systems.",
    signs: { marks: ["abi", "personality"] },
    decides: { SystemCallArchitectures: WITHOUT, LockPersonality: WITHOUT },
  },
  writes: {
    needs: "writes outside of its own directories",
    no: "writes nothing outside of its own directories",
    meaning: "Writes elsewhere than in directories of its own below /var and /run and in /tmp.",
    detail: "path",
    decides: { ProtectSystem: { value: "strict", line: "ReadWritePaths=-*" } },
  },
  network: {
    needs: "uses the network",
    no: "uses no network",
    meaning: "Talks to other machines, or to services of this one over IP.",
    detail: "address",
    signs: { families: ["AF_INET", "AF_INET6"] },
    decides: { PrivateNetwork: WITHOUT, IPAddressDeny: { value: "any", line: "IPAddressAllow=*" } },
  },
  "network-settings": {
    needs: "changes the network of the machine",
    no: "changes nothing of the network of the machine",
    meaning: "Sets up interfaces, routes, tunnels or rules of the firewall.",
    signs: { capabilities: ["CAP_NET_ADMIN"] },
    decides: { CapabilityBoundingSet: { adds: "CAP_NET_ADMIN" }, PrivateNetwork: WITHOUT, PrivateUsers: WITHOUT },
  },
  ports: {
    needs: "listens on ports",
    no: "listens on no port",
    meaning: "Listens on these ports; those below 1024 take a capability.",
    detail: "port",
    decides: { SocketBindDeny: { value: "any", line: "SocketBindAllow=*" } },
  },
  "raw-sockets": {
    needs: "sends or captures raw packets",
    no: "sends and captures no raw packets",
    meaning: "Sends or captures packets below TCP and UDP, as DHCP, pings and packet filters do.",
    signs: { families: ["AF_PACKET"], capabilities: ["CAP_NET_RAW"] },
    decides: {
      RestrictAddressFamilies: { adds: "AF_PACKET" },
      CapabilityBoundingSet: { adds: "CAP_NET_RAW" },
      PrivateUsers: WITHOUT,
      DynamicUser: WITHOUT,
    },
  },
  "address-families": {
    needs: "opens other sockets than those of IP and this machine",
    no: "opens no other sockets than those of IP and this machine",
    meaning:
      "Opens sockets of other families than AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK, such as those for Bluetooth or CAN.",
    detail: "family",
    decides: { RestrictAddressFamilies: { adds: "*" } },
  },
  capabilities: {
    needs: "needs rights of root",
    no: "needs no rights of root",
    meaning: "Needs capabilities of root, whoever it runs as.",
    detail: "capability",
    decides: { CapabilityBoundingSet: { adds: "*" } },
  },
  "system-calls": {
    needs: "makes unusual system calls",
    no: "makes no unusual system calls",
    meaning: "Makes system calls beyond @system-service.",
    detail: "call",
    decides: { SystemCallFilter: { adds: "*" } },
  },
  realtime: {
    needs: "asks for realtime priority",
    no: "asks for no realtime priority",
    meaning: "Runs with realtime priority, as sound and control of machines do.",
    signs: { marks: ["realtime"] },
    decides: { RestrictRealtime: WITHOUT, CapabilityBoundingSet: { adds: "CAP_SYS_NICE" } },
  },
  "shared-memory": {
    needs: "shares memory with other services",
    no: "shares no memory with other services",
    meaning:
      "Shares System V or POSIX memory, semaphores or queues with other services, or runs as a user that others run as.",
    signs: { marks: ["ipc"] },
    decides: { RemoveIPC: WITHOUT },
  },
  "shared-files": {
    needs: "makes files that other users open",
    no: "makes no files that other users open",
    meaning: "Makes files, directories or sockets that users outside of its group open.",
    decides: { UMask: WITHOUT },
  },
  "other-users": {
    needs: "works with files of other users",
    no: "has nothing to do with files of other users",
    meaning: "Changes owners, switches users, or needs to tell apart who other users are.",
    decides: { PrivateUsers: WITHOUT },
  },
  bpf: {
    needs: "shares BPF programs",
    no: "shares no BPF programs",
    meaning: "Shares BPF programs or maps with others through /sys/fs/bpf.",
    signs: { capabilities: ["CAP_BPF"] },
    decides: { PrivateBPF: WITHOUT },
  },
} as const satisfies Readonly<Record<string, NeedRow>>;

/** What services may need, as a person names it. */
export type NeedName = keyof typeof TABLE;

/** A need with its name. */
export interface Need extends NeedRow {
  readonly name: NeedName;
}

/** All that services may need, the most common first. */
export const NEEDS: readonly Need[] = Object.entries<NeedRow>(TABLE).map(([name, row]) => ({
  name: name as NeedName,
  ...row,
}));

/** A need by the name that a person wrote; undefined where there is none. */
export const needNamed = (name: string): Need | undefined => NEEDS.find((it) => it.name === name);

/** All needs that speak against a setting. */
export const needsAgainst = (setting: string): readonly Need[] =>
  NEEDS.filter((it) => Object.hasOwn(it.decides, setting));

/** What of a setting grants a need, where it speaks against it at all. */
export const grantOf = ({ decides }: Need, setting: string): Grant | undefined =>
  Object.hasOwn(decides, setting) ? decides[setting as DirectiveName] : undefined;
