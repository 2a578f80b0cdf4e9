import type { Lifetime } from "./version.ts";

/**
 * The groups of system calls: names of calls, and of groups that a group includes, split at blanks. Each group has all
 * that it holds in some version; what it does not hold in all of them stands in MEMBER_CHANGES.
 */
export const CALL_GROUPS = {
  "@default":
    "@sandbox arch_prctl brk cacheflush clock_getres clock_getres_time64 clock_gettime clock_gettime64 " +
    "clock_nanosleep clock_nanosleep_time64 execve exit exit_group futex futex_time64 futex_waitv get_robust_list " +
    "get_thread_area getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getpgid getpgrp " +
    "getpid getppid getrandom getresgid getresgid32 getresuid getresuid32 getrlimit getsid gettid gettimeofday " +
    "getuid getuid32 lsm_get_self_attr lsm_list_modules membarrier mmap mmap2 mprotect mseal munmap nanosleep " +
    "pause prlimit64 restart_syscall riscv_flush_icache riscv_hwprobe rseq rt_sigreturn sched_getaffinity " +
    "sched_yield set_robust_list set_thread_area set_tid_address set_tls sigreturn time ugetrlimit uretprobe",
  "@aio":
    "io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit io_uring_enter " +
    "io_uring_register io_uring_setup",
  "@basic-io":
    "_llseek close close_range dup dup2 dup3 llseek lseek pread64 preadv preadv2 pwrite64 pwritev pwritev2 read " +
    "readv write writev",
  "@chown": "chown chown32 fchown fchown32 fchownat lchown lchown32",
  "@clock": "adjtimex clock_adjtime clock_adjtime64 clock_settime clock_settime64 settimeofday stime",
  "@cpu-emulation": "modify_ldt subpage_prot switch_endian vm86 vm86old",
  "@debug":
    "lookup_dcookie perf_event_open pidfd_getfd process_vm_readv process_vm_writev ptrace rtas " +
    "s390_runtime_instr sys_debug_setcontext",
  "@file-system":
    "access chdir chmod close creat faccessat faccessat2 fallocate fchdir fchmod fchmodat fchmodat2 fcntl " +
    "fcntl64 fgetxattr file_getattr file_setattr flistxattr fremovexattr fsetxattr fstat fstat64 fstatat " +
    "fstatat64 fstatfs fstatfs64 ftruncate ftruncate64 futimesat getcwd getdents getdents64 getxattr " +
    "getxattrat inotify_add_watch inotify_init inotify_init1 inotify_rm_watch lgetxattr link linkat listmount " +
    "listxattr listxattrat llistxattr lremovexattr lsetxattr lstat lstat64 mkdir mkdirat mknod mknodat mmap " +
    "mmap2 munmap newfstat newfstatat oldfstat oldlstat oldstat open open_tree openat openat2 readlink " +
    "readlinkat removexattr removexattrat rename renameat renameat2 rmdir setxattr setxattrat stat stat64 " +
    "statfs statfs64 statmount statx symlink symlinkat truncate truncate64 unlink unlinkat utime utimensat " +
    "utimensat_time64 utimes",
  "@io-event":
    "_newselect epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait " +
    "epoll_wait_old eventfd eventfd2 poll ppoll ppoll_time64 pselect6 pselect6_time64 select",
  "@ipc":
    "ipc memfd_create mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend " +
    "mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd pipe pipe2 process_madvise process_vm_readv " +
    "process_vm_writev semctl semget semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget",
  "@keyring": "add_key keyctl request_key",
  "@memlock": "mlock mlock2 mlockall munlock munlockall",
  "@module": "delete_module finit_module init_module",
  "@mount":
    "chroot fsconfig fsmount fsopen fspick mount mount_setattr move_mount open_tree open_tree_attr " +
    "pivot_root umount umount2",
  "@network-io":
    "accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmmsg_time64 " +
    "recvmsg send sendmmsg sendmsg sendto setsockopt shutdown socket socketcall socketpair",
  "@obsolete":
    "_sysctl afs_syscall bdflush break create_module ftime get_kernel_syms getpmsg gtty idle lock mpx prof profil " +
    "putpmsg query_module security sgetmask ssetmask stime stty sysfs tuxcall ulimit uselib ustat vserver",
  "@pkey": "pkey_alloc pkey_free pkey_mprotect",
  "@privileged":
    "@chown @clock @module @raw-io @reboot @swap _sysctl acct bpf capset chroot fanotify_init fanotify_mark " +
    "nfsservctl open_by_handle_at pivot_root quotactl quotactl_fd setdomainname setfsuid setfsuid32 setgroups " +
    "setgroups32 sethostname setresuid setresuid32 setreuid setreuid32 setuid setuid32 vhangup",
  "@process":
    "arch_prctl capget clone clone3 execveat fork getrusage kill pidfd_open pidfd_send_signal prctl " +
    "rt_sigqueueinfo rt_tgsigqueueinfo setns swapcontext tgkill times tkill unshare vfork wait4 waitid " +
    "waitpid",
  "@raw-io": "ioperm iopl pciconfig_iobase pciconfig_read pciconfig_write s390_pci_mmio_read s390_pci_mmio_write",
  "@reboot": "kexec_file_load kexec_load reboot",
  "@resources":
    "ioprio_set mbind migrate_pages move_pages nice sched_setaffinity sched_setattr sched_setparam " +
    "sched_setscheduler set_mempolicy set_mempolicy_home_node setpriority setrlimit",
  "@sandbox": "landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp",
  "@setuid":
    "setgid setgid32 setgroups setgroups32 setregid setregid32 setresgid setresgid32 setresuid setresuid32 " +
    "setreuid setreuid32 setuid setuid32",
  "@signal":
    "rt_sigaction rt_sigpending rt_sigprocmask rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 sigaction " +
    "sigaltstack signal signalfd signalfd4 sigpending sigprocmask sigsuspend",
  "@swap": "swapoff swapon",
  "@sync": "fdatasync fsync msync sync sync_file_range sync_file_range2 syncfs",
  "@system-service":
    "@aio @basic-io @chown @default @file-system @io-event @ipc @keyring @memlock @network-io @process " +
    "@resources @setuid @signal @sync @timer arm_fadvise64_64 brk capget capset copy_file_range fadvise64 " +
    "fadvise64_64 flock get_mempolicy getcpu getpriority getrandom ioctl ioprio_get kcmp madvise mincore " +
    "mprotect mremap name_to_handle_at oldolduname olduname personality readahead readdir remap_file_pages " +
    "sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam " +
    "sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64 sched_yield sendfile sendfile64 " +
    "setfsgid setfsgid32 setfsuid setfsuid32 setpgid setsid splice sysinfo tee umask uname userfaultfd " +
    "vmsplice",
  "@timer":
    "alarm getitimer setitimer timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 " +
    "timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime " +
    "timerfd_settime64 times",
} as const;

/** Members that not all versions have; those of @known are in no other group. Follows syscall_filter_sets, systemd 239 to 262. */
export const MEMBER_CHANGES: readonly ({ readonly group: string; readonly calls: string } & Lifetime)[] = [
  { group: "@aio", calls: "io_pgetevents", since: 240 },
  { group: "@aio", calls: "io_pgetevents_time64 io_uring_enter io_uring_register io_uring_setup", since: 244 },
  { group: "@basic-io", calls: "close_range", since: 247 },
  { group: "@basic-io", calls: "llseek", since: 257 },
  { group: "@clock", calls: "stime", until: 247 },
  { group: "@clock", calls: "clock_adjtime64 clock_settime64", since: 244 },
  { group: "@debug", calls: "process_vm_readv process_vm_writev", until: 240 },
  { group: "@debug", calls: "pidfd_getfd", since: 246 },
  { group: "@default", calls: "rseq", since: 242 },
  { group: "@default", calls: "clock_getres_time64 clock_gettime64 clock_nanosleep_time64 futex_time64", since: 244 },
  { group: "@default", calls: "brk cacheflush mmap mmap2 munmap", since: 247 },
  { group: "@default", calls: "arch_prctl getrandom mprotect sched_getaffinity", since: 250, except: [249] },
  { group: "@default", calls: "riscv_flush_icache", since: 252, except: [250] },
  { group: "@default", calls: "futex_waitv riscv_hwprobe", since: 254, except: [252] },
  { group: "@default", calls: "@sandbox", since: 257, except: [254] },
  { group: "@default", calls: "mseal", since: 257 },
  { group: "@default", calls: "uretprobe", since: 257, except: [252, 254] },
  { group: "@default", calls: "lsm_get_self_attr lsm_list_modules", since: 260, except: [257] },
  { group: "@file-system", calls: "mmap mmap2 munmap", until: 247 },
  { group: "@file-system", calls: "utimensat_time64", since: 244 },
  { group: "@file-system", calls: "openat2", since: 246 },
  { group: "@file-system", calls: "faccessat2", since: 247 },
  { group: "@file-system", calls: "fchmodat2", since: 255, except: [252, 254] },
  {
    group: "@file-system",
    calls: "fstatat getxattrat listmount listxattrat newfstat removexattrat setxattrat statmount",
    since: 257,
  },
  { group: "@file-system", calls: "file_getattr file_setattr", since: 258, except: [257] },
  { group: "@file-system", calls: "open_tree", since: 258 },
  { group: "@io-event", calls: "ppoll_time64 pselect6_time64", since: 244 },
  { group: "@io-event", calls: "epoll_pwait2", since: 249 },
  { group: "@ipc", calls: "mq_timedreceive_time64 mq_timedsend_time64 semtimedop_time64", since: 244 },
  { group: "@ipc", calls: "process_madvise", since: 249 },
  { group: "@mount", calls: "fsconfig fsmount fsopen fspick move_mount", since: 244 },
  { group: "@mount", calls: "open_tree", since: 244, until: 258 },
  { group: "@mount", calls: "mount_setattr", since: 249 },
  { group: "@mount", calls: "open_tree_attr", since: 258 },
  { group: "@network-io", calls: "recvmmsg_time64", since: 244 },
  { group: "@obsolete", calls: "stime", since: 247 },
  { group: "@pkey", calls: "pkey_alloc pkey_free pkey_mprotect", since: 244 },
  { group: "@privileged", calls: "fanotify_init open_by_handle_at", since: 240 },
  { group: "@privileged", calls: "fanotify_mark", since: 244 },
  { group: "@privileged", calls: "quotactl_fd", since: 254, except: [252] },
  { group: "@process", calls: "arch_prctl", until: 250, except: [249] },
  { group: "@process", calls: "swapcontext", since: 240 },
  { group: "@process", calls: "pidfd_send_signal", since: 243 },
  { group: "@process", calls: "clone3 pidfd_open", since: 244 },
  { group: "@resources", calls: "set_mempolicy_home_node", since: 254, except: [252] },
  { group: "@sandbox", calls: "landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp", since: 254 },
  { group: "@signal", calls: "rt_sigtimedwait_time64", since: 244 },
  { group: "@sync", calls: "sync_file_range2", since: 243 },
  { group: "@system-service", calls: "getrandom mprotect sched_getaffinity", until: 250, except: [249] },
  { group: "@system-service", calls: "mincore", until: 241 },
  { group: "@system-service", calls: "brk", until: 247 },
  { group: "@system-service", calls: "sched_rr_get_interval_time64", since: 244 },
  { group: "@system-service", calls: "arm_fadvise64_64", since: 254, except: [252] },
  { group: "@timer", calls: "timer_gettime64 timer_settime64 timerfd_gettime64 timerfd_settime64", since: 244 },
  {
    group: "@known",
    calls: "futex_requeue futex_wait futex_wake map_shadow_stack memfd_secret process_mrelease",
    since: 252,
  },
  { group: "@known", calls: "cachestat", since: 254 },
  { group: "@known", calls: "breakpoint get_tls lsm_set_self_attr usr26 usr32", since: 257 },
  { group: "@known", calls: "fchroot listns rseq_slice_yield uprobe", since: 262 },
];

/** Since when there is a group of all calls. */
export const KNOWN_GROUP: Lifetime = { since: 247 };

/** The calls that are in @known alone, in some version at least. */
export const OTHERS =
  "arc_gettls arc_settls arc_usr_cmpxchg arm_fadvise64_64 atomic_barrier atomic_cmpxchg_32 breakpoint " +
  "cachectl cachestat dipc exec_with_loader execv fchroot futex_requeue futex_wait futex_wake get_tls " +
  "getdomainname getdtablesize gethostname getpagesize getxgid getxpid getxuid kern_features " +
  "landlock_add_rule landlock_create_ruleset landlock_restrict_self listns lsm_set_self_attr " +
  "map_shadow_stack memfd_secret memory_ordering mincore multiplexer old_adjtimex oldumount or1k_atomic " +
  "osf_fstat osf_fstatfs osf_fstatfs64 osf_getdirentries osf_getdomainname osf_getitimer osf_getrusage " +
  "osf_getsysinfo osf_gettimeofday osf_lstat osf_mount osf_proplist_syscall osf_select " +
  "osf_set_program_attributes osf_setitimer osf_setsysinfo osf_settimeofday osf_shmat osf_sigprocmask " +
  "osf_sigstack osf_stat osf_statfs osf_statfs64 osf_swapon osf_syscall osf_sysinfo osf_usleep_thread " +
  "osf_utimes osf_utsname osf_wait4 perfctr process_mrelease rseq_slice_yield s390_guarded_storage " +
  "s390_sthyi sched_get_affinity sched_set_affinity seccomp sethae setpgrp spu_create spu_run syscall " +
  "syslog sysmips timerfd uprobe usr26 usr32 utrap_install";

/** Members of groups that @known leaves out. */
export const UNLISTED = "fstatat newfstat nfsservctl";

/** Calls that libseccomp numbers below 0 on x86-64, because only other architectures have them. */
export const FOREIGN =
  "_llseek _newselect arm_fadvise64_64 atomic_barrier atomic_cmpxchg_32 bdflush break breakpoint cachectl " +
  "cacheflush chown32 clock_adjtime64 clock_getres_time64 clock_gettime64 clock_nanosleep_time64 " +
  "clock_settime64 fadvise64_64 fchown32 fcntl64 fstat64 fstatat64 fstatfs64 ftime ftruncate64 futex_time64 " +
  "get_tls getegid32 geteuid32 getgid32 getgroups32 getpagesize getresgid32 getresuid32 getuid32 gtty idle " +
  "io_pgetevents_time64 ipc lchown32 lock lstat64 mmap2 mpx mq_timedreceive_time64 mq_timedsend_time64 " +
  "multiplexer nice oldfstat oldlstat oldolduname oldstat olduname pciconfig_iobase pciconfig_read " +
  "pciconfig_write ppoll_time64 prof profil pselect6_time64 readdir recv recvmmsg_time64 riscv_flush_icache " +
  "riscv_hwprobe rt_sigtimedwait_time64 rtas s390_guarded_storage s390_pci_mmio_read s390_pci_mmio_write " +
  "s390_runtime_instr s390_sthyi sched_rr_get_interval_time64 semtimedop_time64 send sendfile64 set_tls " +
  "setfsgid32 setfsuid32 setgid32 setgroups32 setregid32 setresgid32 setresuid32 setreuid32 setuid32 sgetmask " +
  "sigaction signal sigpending sigprocmask sigreturn sigsuspend socketcall spu_create spu_run ssetmask stat64 " +
  "statfs64 stime stty subpage_prot swapcontext switch_endian sync_file_range2 sys_debug_setcontext syscall " +
  "sysmips timer_gettime64 timer_settime64 timerfd timerfd_gettime64 timerfd_settime64 truncate64 ugetrlimit " +
  "ulimit umount usr26 usr32 utimensat_time64 vm86 vm86old waitpid";

/** Calls of the groups that libseccomp does not know at all (2.6): systemd skips them in a filter. */
export const UNRESOLVED =
  "arc_gettls arc_settls arc_usr_cmpxchg dipc exec_with_loader execv fchroot fstatat getdomainname " +
  "getdtablesize gethostname getxgid getxpid getxuid kern_features llseek memory_ordering newfstat old_adjtimex " +
  "oldumount or1k_atomic osf_fstat osf_fstatfs osf_fstatfs64 osf_getdirentries osf_getdomainname osf_getitimer " +
  "osf_getrusage osf_getsysinfo osf_gettimeofday osf_lstat osf_mount osf_proplist_syscall osf_select " +
  "osf_set_program_attributes osf_setitimer osf_setsysinfo osf_settimeofday osf_shmat osf_sigprocmask " +
  "osf_sigstack osf_stat osf_statfs osf_statfs64 osf_swapon osf_syscall osf_sysinfo osf_usleep_thread " +
  "osf_utimes osf_utsname osf_wait4 perfctr sched_get_affinity sched_set_affinity sethae setpgrp utrap_install";

/** Calls that libseccomp knows as well since it was built for a version of systemd. */
export const RESOLVED_SINCE: Readonly<Record<number, string>> = {
  252: "cachestat fchmodat2 futex_requeue futex_wait futex_waitv futex_wake map_shadow_stack set_mempolicy_home_node",
  257:
    "atomic_barrier atomic_cmpxchg_32 getpagesize getxattrat listmount listxattrat lsm_get_self_attr lsm_list_modules " +
    "lsm_set_self_attr mseal removexattrat riscv_hwprobe setxattrat statmount uretprobe",
  262: "file_getattr file_setattr listns open_tree_attr rseq_slice_yield uprobe",
};
