import { fromReleases } from "./releases.ts";
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

/** The names that exit_status_from_string() knows, by number (systemd 239 to 262). */
export const EXIT_STATUSES: readonly ExitStatus[] = [
  libc(0, "SUCCESS", "Success"),
  libc(1, "FAILURE", "A general error"),
  lsb(2, "INVALIDARGUMENT", "The arguments are invalid or too many"),
  lsb(3, "NOTIMPLEMENTED", "The requested feature is not implemented"),
  lsb(4, "NOPERMISSION", "The user has no permission"),
  lsb(5, "NOTINSTALLED", "A required program is not installed"),
  lsb(6, "NOTCONFIGURED", "The program is not configured"),
  lsb(7, "NOTRUNNING", "The program is not running"),
  bsd(64, "USAGE", "The command line is invalid"),
  bsd(65, "DATAERR", "The input data are invalid"),
  bsd(66, "NOINPUT", "A file to read is missing or not readable"),
  bsd(67, "NOUSER", "There is no such user"),
  bsd(68, "NOHOST", "There is no such host"),
  bsd(69, "UNAVAILABLE", "A required service or file is not available"),
  bsd(70, "SOFTWARE", "The program detected an internal error"),
  bsd(71, "OSERR", "The system denied a request, such as another process"),
  bsd(72, "OSFILE", "A file of the system is missing or broken"),
  bsd(73, "CANTCREAT", "A file cannot be created"),
  bsd(74, "IOERR", "Reading or writing failed"),
  bsd(75, "TEMPFAIL", "It failed temporarily and may work later"),
  bsd(76, "PROTOCOL", "The peer sent something invalid"),
  bsd(77, "NOPERM", "A permission is missing"),
  bsd(78, "CONFIG", "The configuration is invalid"),
  systemd(200, "CHDIR", "The directory of WorkingDirectory= could not be entered"),
  systemd(201, "NICE", "The level of Nice= could not be set"),
  systemd(202, "FDS", "Files could not be closed or passed"),
  systemd(203, "EXEC", "The program is missing or cannot be run"),
  systemd(204, "MEMORY", "There was not enough memory"),
  systemd(205, "LIMITS", "A limit of Limit…= could not be set"),
  systemd(206, "OOM_ADJUST", "The value of OOMScoreAdjust= could not be set"),
  systemd(207, "SIGNAL_MASK", "The signals could not be blocked or unblocked"),
  systemd(208, "STDIN", "The standard input could not be opened"),
  systemd(209, "STDOUT", "The standard output could not be opened"),
  systemd(210, "CHROOT", "The root directory of RootDirectory= or RootImage= could not be entered"),
  systemd(211, "IOPRIO", "The priority of IOSchedulingPriority= could not be set"),
  systemd(212, "TIMERSLACK", "The timer slack of TimerSlackNSec= could not be set"),
  systemd(213, "SECUREBITS", "The flags of SecureBits= could not be set"),
  systemd(214, "SETSCHEDULER", "The scheduling of CPUSchedulingPolicy= could not be set"),
  systemd(215, "CPUAFFINITY", "The CPU affinity of CPUAffinity= could not be set"),
  systemd(216, "GROUP", "The group of Group= or SupplementaryGroups= is unknown or could not be set"),
  systemd(217, "USER", "The user of User= is unknown or could not be set, or there is no user namespace"),
  systemd(218, "CAPABILITIES", "The capabilities could not be dropped or kept"),
  systemd(219, "CGROUP", "The cgroup could not be set up"),
  systemd(220, "SETSID", "The session could not be created"),
  systemd(221, "CONFIRM", "The start was rejected on the console"),
  systemd(222, "STDERR", "The standard error could not be opened"),
  systemd(224, "PAM", "The session of PAMName= could not be opened"),
  systemd(225, "NETWORK", "The network namespace could not be set up"),
  systemd(226, "NAMESPACE", "The mount namespace could not be set up, often because a path is missing"),
  systemd(227, "NO_NEW_PRIVILEGES", "New privileges could not be disabled"),
  systemd(228, "SECCOMP", "The system call filter could not be set"),
  systemd(229, "SELINUX_CONTEXT", "The context of SELinuxContext= could not be set"),
  systemd(230, "PERSONALITY", "The architecture of Personality= could not be set"),
  systemd(231, "APPARMOR", "The profile of AppArmorProfile= could not be set"),
  systemd(232, "ADDRESS_FAMILIES", "The address families could not be restricted"),
  systemd(233, "RUNTIME_DIRECTORY", "The directory of RuntimeDirectory= could not be created"),
  systemd(235, "CHOWN", "The owner of a socket could not be changed"),
  systemd(236, "SMACK_PROCESS_LABEL", "The label of SmackProcessLabel= could not be set"),
  systemd(237, "KEYRING", "The kernel keyring could not be set up"),
  systemd(238, "STATE_DIRECTORY", "The directory of StateDirectory= could not be created"),
  systemd(239, "CACHE_DIRECTORY", "The directory of CacheDirectory= could not be created"),
  systemd(240, "LOGS_DIRECTORY", "The directory of LogsDirectory= could not be created"),
  systemd(241, "CONFIGURATION_DIRECTORY", "The directory of ConfigurationDirectory= could not be created"),
  systemd(242, "NUMA_POLICY", "The policy of NUMAPolicy= could not be set"),
  systemd(243, "CREDENTIALS", "A credential could not be read or passed", 247),
  systemd(244, "BPF", "A BPF restriction could not be set", 250),
  systemd(245, "KSM", "The memory deduplication of MemoryKSM= could not be set", 254),
  systemd(246, "MEMORY_THP", "The huge pages of MemoryTHP= could not be set", 260),
  ...fromReleases(
    (it) => it.exitStatuses,
    (name, { number, summary }, since) => systemd(number, name, summary, since),
  ),
  systemd(255, "EXCEPTION", "The program ended with an unhandled exception"),
];
