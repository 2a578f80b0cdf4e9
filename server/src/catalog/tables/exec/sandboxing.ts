import { type DirectiveRows, sharing } from "../../row.ts";

/** systemd.exec(5), Sandboxing: what is taken away from the processes. */
export const SANDBOXING_ROWS = {
  RemoveIPC: {
    summary: "Deletes the System V and POSIX IPC objects of the unit's user and group once the unit stops.",
    type: "bool",
    since: 232,
    default: "no (yes with DynamicUser=)",
    scope: "system",
  },
  MemoryDenyWriteExecute: {
    summary:
      "Refuses memory that is both writable and executable, which hampers code injection but breaks JIT compilers.",
    type: "bool",
    since: 231,
    default: "no",
  },
  RestrictNamespaces: {
    summary:
      "Bars the unit from creating or entering Linux namespaces, either all of them or all but the types listed.",
    type: "namespaceFlags",
    since: 233,
    default: "no",
    many: true,
  },
  RestrictRealtime: {
    summary: "Refuses attempts to switch to a realtime scheduler policy, which could starve the machine of CPU time.",
    type: "bool",
    since: 231,
    default: "no",
  },
  RestrictSUIDSGID: {
    summary: "Prevents the unit from marking files or directories with the setuid or setgid bit.",
    type: "bool",
    since: 242,
    default: "no (DefaultRestrictSUIDSGID=)",
  },
  RestrictAddressFamilies: {
    summary: "Limits the socket families, such as AF_INET or AF_UNIX, in which the unit can open new sockets.",
    type: "addressFamilies",
    since: 211,
    many: true,
  },
  LockPersonality: {
    summary: "Forbids changing the execution domain through personality(2), a rarely tested part of the kernel.",
    type: "bool",
    since: 235,
    default: "no",
  },
  RestrictFileSystems: {
    summary: "Limits the file system types, such as ext4 or @network, on which the unit can open files.",
    type: "restrictFilesystems",
    since: 250,
    many: true,
  },
  PrivateTmp: {
    summary: "Gives the unit its own /tmp and /var/tmp, separate from other processes and emptied when it stops.",
    type: { 0: "bool", 257: "privateTmp" },
    default: "no",
    scope: "private-users",
  },
  ...sharing({ type: "bool", default: "no", scope: "private-users" })({
    PrivateDevices: {
      summary:
        "Gives the unit a minimal /dev with only pseudo devices like null and random, so that hardware is not accessible.",
      since: 209,
    },
    ProtectKernelTunables: {
      summary: "Write-protects /proc/sys, /sys and similar places so that the unit cannot alter kernel settings.",
      since: 232,
    },
    ProtectKernelModules: {
      summary: "Prevents the unit from loading or unloading kernel modules and hides /usr/lib/modules from it.",
      since: 232,
    },
    ProtectKernelLogs: {
      summary: "Shuts the unit out of the kernel log, including /dev/kmsg, /proc/kmsg and the syslog(2) call.",
      since: 244,
    },
    ProtectClock: {
      summary: "Prevents the unit from setting the system time or the hardware clock.",
      since: 245,
    },
  }),
  ProtectControlGroups: {
    summary: "Write-protects the cgroup tree in /sys/fs/cgroup, or gives the unit its own view with private or strict.",
    type: { 0: "bool", 257: "protectControlGroups" },
    since: 232,
    default: "no",
    scope: "system",
  },
  NetworkNamespacePath: {
    summary: "Puts the unit into an existing network namespace, given as a path like /run/netns/NAME.",
    type: "unitPathPrintf",
    since: 242,
    scope: "private-users",
  },
  IPCNamespacePath: {
    summary: "Puts the unit into an existing IPC namespace, given as a path like /proc/PID/ns/ipc.",
    type: "unitPathPrintf",
    since: 248,
    scope: "private-users",
  },
  PrivateNetwork: {
    summary: "Cuts the unit off from the network by giving it a namespace that holds nothing but a loopback device.",
    type: "bool",
    default: "no",
    scope: "private-users",
  },
  PrivateUsers: {
    summary: "Runs the unit in its own user namespace, where most accounts of the host appear as nobody.",
    type: { 0: "bool", 257: "privateUsers" },
    since: 232,
    default: "no",
  },
  PrivateMounts: {
    summary:
      "Gives the unit its own mount namespace, so that whatever it mounts or unmounts stays invisible to the host.",
    type: { 0: "bool", 254: "tristate" },
    since: 239,
    default: "no",
    scope: "private-users",
  },
  PrivateIPC: {
    summary: "Isolates System V IPC and POSIX message queues of the unit from those of the host.",
    type: "bool",
    since: 248,
    default: "no",
    scope: "private-users",
  },
  PrivatePIDs: {
    summary: "Runs each command as PID 1 of a fresh PID namespace, unable to see other processes; only for services.",
    type: "privatePids",
    since: 257,
    default: "no",
  },
  ProtectSystem: {
    summary: "Write-protects /usr and the boot loader directories, with full also /etc, with strict nearly everything.",
    type: "protectSystem",
    since: 214,
    default: "no",
  },
  ProtectHome: {
    summary: "Hides or write-protects /home, /root and /run/user for the processes of the unit.",
    type: "protectHome",
    since: 214,
    default: "no",
    scope: "private-users",
  },
  MountFlags: {
    summary: "Sets how mounts propagate between the unit's mount namespace and others: shared, slave or private.",
    type: "execMountPropagationFlag",
    scope: "private-users",
  },
  TimeoutCleanSec: {
    summary: "Sets how long systemctl clean may take for the unit, in seconds by default, before it is aborted.",
    type: "sec",
    since: 243,
    default: "infinity",
  },
  ProtectHostname: {
    summary: "Prevents the unit from changing the host name, or with private confines such a change to the unit.",
    type: { 0: "bool", 258: "protectHostname" },
    since: 242,
    default: "no",
    scope: "private-users",
  },
  MemoryKSM: {
    summary: "Allows the kernel to merge identical memory pages of the unit's processes to save RAM.",
    type: "tristate",
    since: 254,
  },
  PrivateBPF: {
    summary: "Mounts a separate BPF file system on /sys/fs/bpf, which hides the host's loaded programs and maps.",
    type: "privateBpf",
    since: 258,
    default: "no",
  },
  BPFDelegateCommands: {
    summary: "Lists the bpf() commands the unit may use through its own BPF file system; needs PrivateBPF=yes.",
    type: "bpfDelegateCommands",
    since: 258,
  },
  BPFDelegateMaps: {
    summary: "Lists the BPF map types the unit may create through its own BPF file system; needs PrivateBPF=yes.",
    type: "bpfDelegateMaps",
    since: 258,
  },
  BPFDelegatePrograms: {
    summary: "Lists the BPF program types the unit may load through its own BPF file system; needs PrivateBPF=yes.",
    type: "bpfDelegatePrograms",
    since: 258,
  },
  BPFDelegateAttachments: {
    summary: "Lists the hooks to which the unit may attach BPF programs; needs PrivateBPF=yes.",
    type: "bpfDelegateAttachments",
    since: 258,
  },
  DelegateNamespaces: {
    summary: "Makes the unit's user namespace own the chosen sandbox namespaces, so that the unit can administer them.",
    type: "delegateNamespaces",
    since: 258,
    default: "no",
    many: true,
  },
  UserNamespacePath: {
    summary: "Puts the unit into an existing user namespace, given as a path like /proc/PID/ns/user.",
    type: "unitPathPrintf",
    since: 259,
    scope: "system",
  },
  MemoryTHP: {
    summary: "Controls transparent huge pages for the unit: inherit, disable, only on madvise, or the system's policy.",
    type: "execMemoryThp",
    since: 260,
    default: "inherit",
  },
} as const satisfies DirectiveRows;
