import type { Lifetime } from "./version.ts";

/** An exit status with a name. */
export interface ExitStatus extends Lifetime {
  readonly number: number;
  readonly name: string;
  /** Who gave it the name; `systemd` uses its own ones where a service could not even be started. */
  readonly class: "libc" | "LSB" | "BSD" | "systemd";
  /** What a program means by it, one clause without a full stop. */
  readonly summary: string;
}

const of =
  (origin: ExitStatus["class"]) =>
  (number: number, name: string, summary: string, since?: number): ExitStatus => ({
    number,
    name,
    class: origin,
    summary,
    ...(since === undefined ? {} : { since }),
  });

const libc = of("libc");
const lsb = of("LSB");
const bsd = of("BSD");
const systemd = of("systemd");

/** The names that exit_status_from_string() knows, by number (systemd 257 to 262). */
export const EXIT_STATUSES: readonly ExitStatus[] = [
  libc(0, "SUCCESS", "All went well"),
  libc(1, "FAILURE", "Something went wrong, whatever it was"),
  lsb(2, "INVALIDARGUMENT", "The arguments are wrong or too many"),
  lsb(3, "NOTIMPLEMENTED", "The program cannot do what was asked for"),
  lsb(4, "NOPERMISSION", "The user may not do this"),
  lsb(5, "NOTINSTALLED", "A program that is needed is not there"),
  lsb(6, "NOTCONFIGURED", "There is no configuration yet"),
  lsb(7, "NOTRUNNING", "The program does not run"),
  bsd(64, "USAGE", "The command line is wrong"),
  bsd(65, "DATAERR", "The data to work on are wrong"),
  bsd(66, "NOINPUT", "A file to read is missing or not readable"),
  bsd(67, "NOUSER", "There is no such user"),
  bsd(68, "NOHOST", "There is no such host"),
  bsd(69, "UNAVAILABLE", "A service or file that is needed cannot be used"),
  bsd(70, "SOFTWARE", "The program found a mistake in itself"),
  bsd(71, "OSERR", "The system refused something, such as another process"),
  bsd(72, "OSFILE", "A file of the system is missing or broken"),
  bsd(73, "CANTCREAT", "A file cannot be created"),
  bsd(74, "IOERR", "Reading or writing failed"),
  bsd(75, "TEMPFAIL", "It failed this time and may work later"),
  bsd(76, "PROTOCOL", "The other side said something that makes no sense"),
  bsd(77, "NOPERM", "A right is missing"),
  bsd(78, "CONFIG", "The configuration is wrong"),
  systemd(200, "CHDIR", "The directory of WorkingDirectory= could not be entered"),
  systemd(201, "NICE", "The level of Nice= could not be set"),
  systemd(202, "FDS", "Files could not be closed or handed over"),
  systemd(203, "EXEC", "The program is missing or cannot be run"),
  systemd(204, "MEMORY", "There was not enough memory"),
  systemd(205, "LIMITS", "A limit of Limit…= could not be set"),
  systemd(206, "OOM_ADJUST", "The value of OOMScoreAdjust= could not be set"),
  systemd(207, "SIGNAL_MASK", "The signals could not be blocked or freed"),
  systemd(208, "STDIN", "The standard input could not be opened"),
  systemd(209, "STDOUT", "The standard output could not be opened"),
  systemd(210, "CHROOT", "The root of RootDirectory= or RootImage= could not be entered"),
  systemd(211, "IOPRIO", "The priority of IOSchedulingPriority= could not be set"),
  systemd(212, "TIMERSLACK", "The precision of TimerSlackNSec= could not be set"),
  systemd(213, "SECUREBITS", "The flags of SecureBits= could not be set"),
  systemd(214, "SETSCHEDULER", "The scheduling of CPUSchedulingPolicy= could not be set"),
  systemd(215, "CPUAFFINITY", "The processors of CPUAffinity= could not be chosen"),
  systemd(216, "GROUP", "The group of Group= or SupplementaryGroups= is unknown or could not be taken on"),
  systemd(217, "USER", "The user of User= is unknown or could not be taken on, or there is no user namespace"),
  systemd(218, "CAPABILITIES", "The capabilities could not be dropped or kept"),
  systemd(219, "CGROUP", "The control group could not be set up"),
  systemd(220, "SETSID", "No session of its own could be made"),
  systemd(221, "CONFIRM", "The question whether to start it was answered with no"),
  systemd(222, "STDERR", "The standard error could not be opened"),
  systemd(224, "PAM", "The session of PAMName= could not be opened"),
  systemd(225, "NETWORK", "The network namespace could not be set up"),
  systemd(226, "NAMESPACE", "The view of the file system could not be set up, often because a path is missing"),
  systemd(227, "NO_NEW_PRIVILEGES", "New privileges could not be ruled out"),
  systemd(228, "SECCOMP", "The filter for system calls could not be set"),
  systemd(229, "SELINUX_CONTEXT", "The context of SELinuxContext= could not be taken on"),
  systemd(230, "PERSONALITY", "The architecture of Personality= could not be taken on"),
  systemd(231, "APPARMOR", "The profile of AppArmorProfile= could not be taken on"),
  systemd(232, "ADDRESS_FAMILIES", "The address families could not be restricted"),
  systemd(233, "RUNTIME_DIRECTORY", "The directory of RuntimeDirectory= could not be made"),
  systemd(235, "CHOWN", "A socket of the unit could not be given to its owner"),
  systemd(236, "SMACK_PROCESS_LABEL", "The label of SmackProcessLabel= could not be taken on"),
  systemd(237, "KEYRING", "The keyring of the kernel could not be set up"),
  systemd(238, "STATE_DIRECTORY", "The directory of StateDirectory= could not be made"),
  systemd(239, "CACHE_DIRECTORY", "The directory of CacheDirectory= could not be made"),
  systemd(240, "LOGS_DIRECTORY", "The directory of LogsDirectory= could not be made"),
  systemd(241, "CONFIGURATION_DIRECTORY", "The directory of ConfigurationDirectory= could not be made"),
  systemd(242, "NUMA_POLICY", "The policy of NUMAPolicy= could not be set"),
  systemd(243, "CREDENTIALS", "A credential could not be read or handed over"),
  systemd(244, "BPF", "A restriction by BPF could not be set"),
  systemd(245, "KSM", "The sharing of equal memory by MemoryKSM= could not be set"),
  systemd(246, "MEMORY_THP", "The huge pages of MemoryTHP= could not be set", 260),
  systemd(255, "EXCEPTION", "The program died of a mistake that it did not handle"),
];
