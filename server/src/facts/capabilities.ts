/** A capability of Linux. */
interface Capability {
  readonly name: string;
  /** What a process that has it may do. */
  readonly summary: string;
}

/** The capabilities of Linux 5.9 and later in their usual spelling; the index is the number. */
export const CAPABILITY_FACTS: readonly Capability[] = [
  { name: "CAP_CHOWN", summary: "May give files to any user and group." },
  { name: "CAP_DAC_OVERRIDE", summary: "May read, write and run files regardless of their mode." },
  { name: "CAP_DAC_READ_SEARCH", summary: "May read files and search directories regardless of their mode." },
  { name: "CAP_FOWNER", summary: "May perform owner operations on files of other users, such as changing the mode." },
  { name: "CAP_FSETID", summary: "Keeps set-user-ID and set-group-ID bits of files that it changes." },
  { name: "CAP_KILL", summary: "May send signals to processes of all users." },
  { name: "CAP_SETGID", summary: "May switch to any group and set its supplementary groups." },
  { name: "CAP_SETUID", summary: "May become any user, root included." },
  { name: "CAP_SETPCAP", summary: "May drop capabilities from its bounding set and change its secure bits." },
  { name: "CAP_LINUX_IMMUTABLE", summary: "May set and clear the immutable and append-only flags of files." },
  { name: "CAP_NET_BIND_SERVICE", summary: "May listen on ports below 1024." },
  { name: "CAP_NET_BROADCAST", summary: "Has no effect: the kernel never checks it." },
  { name: "CAP_NET_ADMIN", summary: "May configure the network: interfaces, addresses, routes, firewall." },
  { name: "CAP_NET_RAW", summary: "May use raw and packet sockets, which send and see any packet." },
  { name: "CAP_IPC_LOCK", summary: "May lock any amount of memory against swapping." },
  { name: "CAP_IPC_OWNER", summary: "May use System V IPC objects of other users." },
  { name: "CAP_SYS_MODULE", summary: "May load and unload kernel modules, and so run any code in the kernel." },
  { name: "CAP_SYS_RAWIO", summary: "May access I/O ports, physical memory and raw device commands." },
  { name: "CAP_SYS_CHROOT", summary: "May change its root directory and enter other mount namespaces." },
  { name: "CAP_SYS_PTRACE", summary: "May trace any process and read or write its memory." },
  { name: "CAP_SYS_PACCT", summary: "May enable and disable process accounting." },
  {
    name: "CAP_SYS_ADMIN",
    summary: "May do most of what root may: mount, set quotas, create namespaces and much more.",
  },
  { name: "CAP_SYS_BOOT", summary: "May reboot the machine and load another kernel." },
  { name: "CAP_SYS_NICE", summary: "May raise priorities, and set scheduling and CPU affinity of any process." },
  { name: "CAP_SYS_RESOURCE", summary: "May go beyond resource limits, quotas and reserved space." },
  { name: "CAP_SYS_TIME", summary: "May set the system clock and the hardware clock." },
  { name: "CAP_SYS_TTY_CONFIG", summary: "May hang up terminals and configure virtual ones." },
  { name: "CAP_MKNOD", summary: "May create device nodes." },
  { name: "CAP_LEASE", summary: "May take leases on files of other users." },
  { name: "CAP_AUDIT_WRITE", summary: "May write records to the audit log." },
  { name: "CAP_AUDIT_CONTROL", summary: "May switch auditing on and off and change its rules." },
  { name: "CAP_SETFCAP", summary: "May give capabilities to files." },
  { name: "CAP_MAC_OVERRIDE", summary: "Is not subject to the SMACK policy." },
  { name: "CAP_MAC_ADMIN", summary: "May change the SMACK or AppArmor policy." },
  { name: "CAP_SYSLOG", summary: "May read and clear the kernel log and see kernel addresses." },
  { name: "CAP_WAKE_ALARM", summary: "May set timers that wake the machine up." },
  { name: "CAP_BLOCK_SUSPEND", summary: "May prevent the machine from suspending." },
  { name: "CAP_AUDIT_READ", summary: "May read the audit log over netlink." },
  { name: "CAP_PERFMON", summary: "May monitor the performance of the system and of other processes." },
  { name: "CAP_BPF", summary: "May load BPF programs and create BPF maps." },
  { name: "CAP_CHECKPOINT_RESTORE", summary: "May save and restore processes, choosing their process IDs." },
];

/** The names of the capabilities; the index is the number. */
export const CAPABILITIES: readonly string[] = CAPABILITY_FACTS.map(({ name }) => name);

/** The highest number that a set can hold, as systemd's 64-bit masks count (CAP_LIMIT, systemd 257 to 262). */
export const CAPABILITY_LIMIT = 62;
