/** A signal of Linux with a name. */
export interface Signal {
  /** With the prefix `SIG`. */
  readonly name: string;
  /** On x86, Arm and most other processors; MIPS, SPARC, Alpha and PA-RISC number some of them differently. */
  readonly number: number;
  /** What it is sent for and what it does by itself, one sentence without a full stop. */
  readonly summary: string;
}

const signal = (number: number, name: string, summary: string): Signal => ({ name, number, summary });

/** The signals that systemd knows by name, those to stop and reload a service first. Follows signal_from_string(), systemd 257 to 262. */
export const SIGNALS: readonly Signal[] = [
  signal(15, "SIGTERM", "The polite request to end, which a program may catch to clean up"),
  signal(9, "SIGKILL", "Ends a process at once, which it can neither catch nor ignore"),
  signal(1, "SIGHUP", "Reports that the terminal is gone; daemons use it to read their configuration again"),
  signal(2, "SIGINT", "The Ctrl+C of a terminal; ends a program unless it is caught"),
  signal(3, "SIGQUIT", "The Ctrl+\\ of a terminal; ends a program with a core dump, some servers end gracefully on it"),
  signal(6, "SIGABRT", "Ends a program with a core dump, sent by abort() and by the watchdog of systemd"),
  signal(10, "SIGUSR1", "For use by programs; kills a program that does not catch it"),
  signal(12, "SIGUSR2", "For use by programs; kills a program that does not catch it too"),
  signal(28, "SIGWINCH", "Reports that the window size changed; Apache uses it for a graceful stop"),
  signal(18, "SIGCONT", "Continues a stopped process"),
  signal(19, "SIGSTOP", "Stops a process until SIGCONT, which it can neither catch nor ignore"),
  signal(20, "SIGTSTP", "The Ctrl+Z of a terminal; stops a process until SIGCONT"),
  signal(4, "SIGILL", "Reports an invalid CPU instruction; kills with a core dump"),
  signal(5, "SIGTRAP", "A breakpoint of a debugger; kills with a core dump without one"),
  signal(7, "SIGBUS", "Reports an invalid memory access, such as beyond a mapped file; kills with a core dump"),
  signal(8, "SIGFPE", "Reports an arithmetic error such as a division by zero; kills with a core dump"),
  signal(11, "SIGSEGV", "Reports an access to invalid memory; kills with a core dump"),
  signal(13, "SIGPIPE", "Reports that the reader of a pipe or socket is gone; kills a program that does not ignore it"),
  signal(14, "SIGALRM", "The timer of alarm(); kills a program that does not catch it"),
  signal(16, "SIGSTKFLT", "Left from old coprocessors; no kernel sends it"),
  signal(17, "SIGCHLD", "Reports that a child process ended; ignored unless it is caught"),
  signal(21, "SIGTTIN", "Reports that a process in the background reads from the terminal; stops it"),
  signal(22, "SIGTTOU", "Reports that a process in the background writes to the terminal; stops it"),
  signal(23, "SIGURG", "Reports that urgent data came in on a socket; ignored unless it is caught"),
  signal(24, "SIGXCPU", "Reports that LimitCPU= is exceeded; kills with a core dump"),
  signal(25, "SIGXFSZ", "Reports that a file would grow beyond LimitFSIZE=; kills with a core dump"),
  signal(26, "SIGVTALRM", "The timer that counts only the time of the process; kills a program that does not catch it"),
  signal(27, "SIGPROF", "The timer of profilers; kills a program that does not catch it"),
  signal(29, "SIGIO", "Reports that a file descriptor can be read or written; kills a program that does not catch it"),
  signal(30, "SIGPWR", "Reports that the power fails; kills a program that does not catch it"),
  signal(31, "SIGSYS", "Reports that a system call is not allowed, as by SystemCallFilter=; kills with a core dump"),
];

/** How far `SIGRTMIN+n` and `SIGRTMAX-n` count: glibc keeps the first two of the kernel's 33 real-time signals. */
export const REALTIME = { first: 34, last: 64 } as const;
