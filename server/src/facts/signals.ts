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
  signal(1, "SIGHUP", "Says that the terminal is gone; daemons use it to read their configuration again"),
  signal(2, "SIGINT", "The Ctrl+C of a terminal; ends a program unless it is caught"),
  signal(3, "SIGQUIT", "The Ctrl+\\ of a terminal; ends a program with a core dump, some servers end gracefully on it"),
  signal(6, "SIGABRT", "Ends a program with a core dump, sent by abort() and by the watchdog of systemd"),
  signal(10, "SIGUSR1", "For whatever a program wants; ends one that does not expect it"),
  signal(12, "SIGUSR2", "Another one for whatever a program wants; ends one that does not expect it"),
  signal(28, "SIGWINCH", "Says that a window has another size; Apache takes it for a graceful end"),
  signal(18, "SIGCONT", "Lets a stopped process go on"),
  signal(19, "SIGSTOP", "Stops a process until SIGCONT, which it can neither catch nor ignore"),
  signal(20, "SIGTSTP", "The Ctrl+Z of a terminal; stops a process until SIGCONT"),
  signal(4, "SIGILL", "Says that the processor met no valid instruction; ends with a core dump"),
  signal(5, "SIGTRAP", "A breakpoint of a debugger; ends with a core dump where there is none"),
  signal(7, "SIGBUS", "Says that memory cannot be accessed in this way; ends with a core dump"),
  signal(8, "SIGFPE", "Says that a calculation has no result, as in a division by zero; ends with a core dump"),
  signal(11, "SIGSEGV", "Says that memory is not the program's; ends with a core dump"),
  signal(
    13,
    "SIGPIPE",
    "Says that nobody reads from the pipe or socket any more; ends a program that does not ignore it",
  ),
  signal(14, "SIGALRM", "The alarm clock of alarm(); ends a program that does not catch it"),
  signal(16, "SIGSTKFLT", "Left from old coprocessors; no kernel sends it"),
  signal(17, "SIGCHLD", "Says that a child process ended; ignored unless it is caught"),
  signal(21, "SIGTTIN", "Says that a process in the background reads from the terminal; stops it"),
  signal(22, "SIGTTOU", "Says that a process in the background writes to the terminal; stops it"),
  signal(23, "SIGURG", "Says that urgent data came in on a socket; ignored unless it is caught"),
  signal(24, "SIGXCPU", "Says that the limit of LimitCPU= is used up; ends with a core dump"),
  signal(25, "SIGXFSZ", "Says that a file would grow beyond LimitFSIZE=; ends with a core dump"),
  signal(
    26,
    "SIGVTALRM",
    "The alarm clock that runs on the time of the process alone; ends a program that does not catch it",
  ),
  signal(27, "SIGPROF", "The alarm clock of profilers; ends a program that does not catch it"),
  signal(29, "SIGIO", "Says that a file descriptor can be read or written; ends a program that does not catch it"),
  signal(30, "SIGPWR", "Says that the power fails; ends a program that does not catch it"),
  signal(31, "SIGSYS", "Says that a system call is not allowed, as by SystemCallFilter=; ends with a core dump"),
];

/** How far `SIGRTMIN+n` and `SIGRTMAX-n` count: glibc keeps the first two of the kernel's 33 real-time signals. */
export const REALTIME = { first: 34, last: 64 } as const;
