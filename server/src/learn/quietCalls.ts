/**
 * System calls that strace leaves out of a log: `@system-service` allows all of them, they name no path, socket or right that a
 * setting could take away, and there are so many of them that a service would slow down.
 */
export const QUIET_CALLS: readonly string[] = `
  read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range fstat poll
  ppoll select pselect6 epoll_wait epoll_pwait epoll_pwait2 epoll_ctl epoll_create epoll_create1 recvfrom
  recvmsg recvmmsg futex futex_waitv nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time
  getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid
  rt_sigprocmask rt_sigaction rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigpending sigaltstack pause brk
  munmap madvise mremap sched_yield sched_getaffinity set_robust_list get_robust_list rseq
  set_tid_address restart_syscall getrandom uname sysinfo getdents getdents64 fsync fdatasync sync_file_range
  fadvise64 ftruncate fallocate dup dup2 dup3 pipe pipe2 eventfd eventfd2 timerfd_settime timerfd_gettime
  signalfd4 wait4 waitid getrusage times getsockname getpeername shutdown listen membarrier alarm getitimer
  setitimer timer_settime timer_gettime timer_delete sendfile splice tee copy_file_range flock arch_prctl msync
  getcwd fstatfs sched_getparam sched_getscheduler getpriority inotify_rm_watch io_submit io_getevents
  setsid setpgid accept accept4 io_uring_enter io_pgetevents semop semtimedop msgsnd msgrcv mq_timedsend
  mq_timedreceive
`
  .trim()
  .split(/\s+/);
