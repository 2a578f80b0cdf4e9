import type { DirectiveName } from "../catalog/catalog.ts";

/** Something that programs do and that settings can forbid. */
export interface Operation {
  /** What it is, as a noun phrase. */
  readonly what: string;
  /** The words of messages and commands that show it. */
  readonly words: RegExp;
  /** The capabilities that it needs, the usual one first. */
  readonly capabilities: readonly string[];
  /** Its system calls. */
  readonly calls: readonly string[];
  /** The switches that forbid it. */
  readonly switches: readonly DirectiveName[];
}

const operation = (what: string, words: RegExp, capabilities: string, calls: string, switches = ""): Operation => ({
  what,
  words,
  capabilities: split(capabilities).map((it) => `CAP_${it}`),
  calls: split(calls),
  switches: split(switches) as DirectiveName[],
});

const split = (words: string): string[] => words.split(" ").filter((it) => it !== "");

/** What messages about missing rights are mostly about. The switches answer with EPERM, seen with 257. */
export const OPERATIONS: readonly Operation[] = [
  operation(
    "binding a port below 1024",
    /\bbind|\blisten|\bport \d/i,
    "NET_BIND_SERVICE",
    "bind",
    "SocketBindDeny PrivateUsers",
  ),
  operation(
    "changing the owner of files",
    /\bl?chown|ownership|owner of/i,
    "CHOWN",
    "fchownat chown fchown lchown",
    "PrivateUsers",
  ),
  operation(
    "changing user",
    /\bset(?:res|re|fs)?uid|\bseteuid|change (?:of )?user|assume identity|switch(?:ing)? (?:to )?user|\bsu\b|runuser|drop\w* privileges/i,
    "SETUID SETGID",
    "setgroups setgid setresgid setuid setresuid setreuid",
    "PrivateUsers",
  ),
  operation(
    "changing group",
    /\bset(?:res|re|fs)?gid|\bsetegid|\b(?:set|init)groups|(?:set|drop)\w* (?:supplementary )?groups/i,
    "SETGID SETUID",
    "setgroups setgid setresgid setregid setuid setresuid",
    "PrivateUsers",
  ),
  operation(
    "handing mail over to the queue of the machine, for which sendmail has a set-gid or set-uid bit",
    /\bpostdrop|maildrop|\bsendmail\b|\bexim4?\b|mail queue|\/spool\/(?:postfix|exim|mqueue|clientmqueue)/i,
    "",
    "",
    "NoNewPrivileges",
  ),
  operation(
    "changing the mode of files",
    /\bf?chmod|chang\w* permissions|(?:change|set) (?:the )?mode/i,
    "FOWNER FSETID",
    "fchmodat chmod fchmod fchmodat2",
    "RestrictSUIDSGID",
  ),
  operation(
    "mounting",
    /\bu?mount(?:ing)?\b|pivot_root/i,
    "SYS_ADMIN",
    "mount umount2 fsopen fsconfig fsmount fspick move_mount open_tree mount_setattr",
    "PrivateUsers",
  ),
  operation(
    "creating namespaces",
    /\bunshare|\bsetns|\bnsenter|namespace|\bbwrap|\bCLONE_NEW/i,
    "SYS_ADMIN",
    "unshare setns",
    "RestrictNamespaces",
  ),
  operation("creating device nodes", /\bmknod/i, "MKNOD", "mknodat mknod", "PrivateDevices"),
  operation("changing the host name", /host ?name|domainname/i, "SYS_ADMIN", "sethostname", "ProtectHostname"),
  operation(
    "setting the clock",
    /\bclock_(?:set|adj)|settimeofday|adjtimex?|hwclock|set (?:the )?(?:date|time|clock)|\brtc\b/i,
    "SYS_TIME",
    "clock_settime settimeofday adjtimex clock_adjtime",
    "ProtectClock",
  ),
  operation(
    "real-time scheduling",
    /sched_?set|\bchrt\b|real.?time|SCHED_(?:FIFO|RR)|scheduler|scheduling|pthread_setsched/i,
    "SYS_NICE",
    "sched_setscheduler sched_setattr sched_setparam",
    "RestrictRealtime",
  ),
  operation("changing priorities", /\b(?:re)?nice\b|setpriority|ioprio/i, "SYS_NICE", "setpriority ioprio_set"),
  operation(
    "changing the execution domain",
    /personality|setarch|linux32|\bi386\b/i,
    "",
    "personality",
    "LockPersonality",
  ),
  operation(
    "making memory executable",
    /\bmmap|mprotect|commit_memory|executable|code ?(?:cache|heap|space)|map segment|\bJIT\b|shmat/i,
    "",
    "mprotect mmap pkey_mprotect",
    "MemoryDenyWriteExecute",
  ),
  operation("raw sockets", /raw socket|\bping\b|SOCK_RAW|\bicmp|\bpcap|capture|AF_PACKET/i, "NET_RAW", "socket"),
  operation(
    "configuring the network",
    /RTNETLINK|ioctl\(SIOC|iptables|nftables|\bnft\b|\bip link|interface|\btun\b|TUNSETIFF|ipset|route/i,
    "NET_ADMIN",
    "setsockopt",
    "PrivateUsers",
  ),
  operation("chroot", /chroot/i, "SYS_CHROOT", "chroot"),
  operation(
    "loading kernel modules",
    /modprobe|insmod|init_module|kernel module|load module|rmmod/i,
    "SYS_MODULE",
    "init_module finit_module delete_module",
    "ProtectKernelModules",
  ),
  operation(
    "reading the kernel log",
    /\bdmesg|klogctl|kernel (?:buffer|log)|\bkmsg/i,
    "SYSLOG",
    "syslog",
    "ProtectKernelLogs",
  ),
  operation("sending signals to others", /\bkill\b|send\w* signal/i, "KILL", "kill"),
  operation("tracing other processes", /ptrace|strace|\bgdb\b|process_vm/i, "SYS_PTRACE", "ptrace"),
  operation("restarting the machine", /reboot|kexec/i, "SYS_BOOT", "reboot kexec_load"),
  operation("raising limits", /rlimit|ulimit|prlimit/i, "SYS_RESOURCE", "prlimit64 setrlimit"),
  operation("locking memory", /mlock|memory lock|lock memory/i, "IPC_LOCK", "mlock mlockall mlock2"),
  operation("access to I/O ports", /\biopl|ioperm|\/dev\/(?:mem|port)/i, "SYS_RAWIO", "iopl ioperm", "PrivateDevices"),
  operation("BPF programs", /\bbpf\b|ebpf/i, "BPF", "bpf", "PrivateBPF"),
  operation("quotas", /quota/i, "SYS_ADMIN", "quotactl"),
  operation("swap", /\bswapo(?:n|ff)/i, "SYS_ADMIN", "swapon swapoff"),
];
