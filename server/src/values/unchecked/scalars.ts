import { unchecked } from "./unchecked.ts";

/** Numbers, times, sizes, texts and single names or paths that several kinds of units share. */
export const UNCHECKED_SCALARS = {
  int: unchecked("int", "a whole number"),
  long: unchecked("long", "a whole number"),
  unsigned: unchecked("unsigned", "a whole number of 0 or more"),
  concurrencyMax: unchecked("concurrency_max", "a whole number, or `infinity`"),
  exitStatus: unchecked("exit_status", "an exit code from 0 to 255"),
  ttySize: unchecked("tty_size", "a whole number of 0 or more"),
  swapPriority: unchecked("swap_priority", "a number from -1 to 32767"),
  mode: unchecked("mode", "a file mode in octal digits, such as `0750`"),

  sec: unchecked("sec", "a time span in seconds or with units, such as `1min 30s`, or `infinity`"),
  secFix0: unchecked("sec_fix_0", "a time span in seconds or with units; `0` and `infinity` are both without a limit"),
  secDefInfinity: unchecked("sec_def_infinity", "a time span in seconds or with units"),
  nsec: unchecked("nsec", "a time span in nanoseconds or with units"),
  jobTimeoutSec: unchecked("job_timeout_sec", "a time span in seconds or with units; `0` is without a limit"),
  jobRunningTimeoutSec: unchecked(
    "job_running_timeout_sec",
    "a time span in seconds or with units; `0` is without a limit",
  ),
  serviceTimeout: unchecked("service_timeout", "a time span in seconds or with units; `0` is without a limit"),
  serviceTimeoutAbort: unchecked(
    "service_timeout_abort",
    "a time span in seconds or with units, or nothing to go by TimeoutStopSec=",
  ),

  iecSize: unchecked("iec_size", "a size in bytes, or with K, M, G, T, P or E to the base of 1024"),
  iecSizeLong: unchecked("iec_size_long", "a size in bytes, or with K, M, G, T, P or E to the base of 1024"),

  string: unchecked("string", "any text"),
  unitStringPrintf: unchecked("unit_string_printf", "any text, with specifiers"),
  documentation: unchecked(
    "documentation",
    "a list of URIs that begin with `http://`, `https://`, `file:`, `info:` or `man:`",
  ),
  rebootParameter: unchecked("reboot_parameter", "ASCII text of up to 255 bytes"),
  busName: unchecked("bus_name", "a D-Bus name of two or more parts, such as `org.example.Daemon`"),
  fdname: unchecked("fdname", "ASCII text of up to 255 bytes without a colon"),
  signal: unchecked("signal", "a signal such as `SIGTERM` or `RTMIN+3`, or its number"),
  setStatus: unchecked("set_status", "a list of exit codes, names of exit codes, and signals"),
  userGroupCompat: unchecked("user_group_compat", "the name or number of a user or group"),
  userGroupStrvCompat: unchecked("user_group_strv_compat", "a list of names or numbers of groups"),

  unitPathPrintf: unchecked("unit_path_printf", "an absolute path"),
  unitPathPrintfFatal: unchecked("unit_path_printf", "an absolute path; the unit does not start on anything else"),
  unitPathStrvPrintf: unchecked("unit_path_strv_printf", "a list of absolute paths"),
  colonSeparatedPaths: unchecked("colon_separated_paths", "absolute paths with colons in between"),
  pidFile: unchecked("pid_file", "a path, below /run unless absolute"),
  workingDirectory: unchecked("working_directory", "an absolute path, or `~`; after `-` it may be missing"),

  warnCompat: unchecked("warn_compat", "anything, as systemd no longer reads it"),
};
