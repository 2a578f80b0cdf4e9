import type { Enumeration } from "../valueType.ts";
import { DESCRIPTOR_NAME, FILE } from "./suffixes.ts";

/** Where a unit's processes read and write, and how their messages are marked. */
export const LOG_ENUMERATIONS = {
  execInput: {
    kind: "enumeration",
    routine: "config_parse_exec_input",
    members: [
      { value: "null", summary: "Reads end-of-file immediately." },
      { value: "socket", summary: "Reads from the connection that started the service, as under inetd." },
      { value: "file", summary: "Reads from a file, or from a stream socket at that path.", suffix: FILE },
      { value: "data", summary: "Reads the data of StandardInputText= and StandardInputData=." },
      {
        value: "fd",
        summary: "Reads from a descriptor that a socket unit holds under a name.",
        suffix: DESCRIPTOR_NAME,
      },
      { value: "tty", summary: "Reads from the terminal of TTYPath=, and waits until it is free." },
      { value: "tty-force", summary: "Reads from the terminal of TTYPath=, taking it from other processes." },
      { value: "tty-fail", summary: "Reads from the terminal of TTYPath=, and fails if another process controls it." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  execOutput: {
    kind: "enumeration",
    routine: "config_parse_exec_output",
    members: [
      { value: "journal", summary: "Writes to the journal." },
      { value: "null", summary: "Discards the output." },
      { value: "append", summary: "Writes to a file, appending to its content.", suffix: FILE },
      { value: "truncate", summary: "Writes to a file, which is truncated first.", suffix: FILE },
      { value: "file", summary: "Writes to a file, overwriting its content from the start.", suffix: FILE },
      {
        value: "inherit",
        summary: "Writes to the file of standard input; standard error goes where standard output goes.",
      },
      { value: "journal+console", summary: "Writes to the journal and the console." },
      { value: "kmsg", summary: "Writes to the kernel's log, which the journal keeps too." },
      { value: "kmsg+console", summary: "Writes to the kernel's log and the console." },
      { value: "socket", summary: "Writes to the connection that started the service, as under inetd." },
      {
        value: "fd",
        summary: "Writes to a descriptor that a socket unit holds under a name.",
        suffix: DESCRIPTOR_NAME,
      },
      { value: "tty", summary: "Writes to the terminal of TTYPath=." },
      { value: "syslog", summary: "Is read as `journal`.", deprecated: true },
      { value: "syslog+console", summary: "Is read as `journal+console`.", deprecated: true },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  /** Messages stand under the facility of their unit; syslog daemons sort by it. */
  logFacility: {
    kind: "enumeration",
    routine: "config_parse_log_facility",
    members: [
      { value: "daemon", summary: "Logs messages under services in the background.", number: 3 },
      { value: "local0", summary: "Logs messages under the first facility for local use.", number: 16 },
      { value: "local1", summary: "Logs messages under the second facility for local use.", number: 17 },
      { value: "local2", summary: "Logs messages under the third facility for local use.", number: 18 },
      { value: "local3", summary: "Logs messages under the fourth facility for local use.", number: 19 },
      { value: "local4", summary: "Logs messages under the fifth facility for local use.", number: 20 },
      { value: "local5", summary: "Logs messages under the sixth facility for local use.", number: 21 },
      { value: "local6", summary: "Logs messages under the seventh facility for local use.", number: 22 },
      { value: "local7", summary: "Logs messages under the last facility for local use.", number: 23 },
      { value: "user", summary: "Logs messages under ordinary programs.", number: 1 },
      { value: "auth", summary: "Logs messages under logins and permissions.", number: 4 },
      {
        value: "authpriv",
        summary: "Logs messages under logins and permissions that not everyone may read.",
        number: 10,
      },
      { value: "cron", summary: "Logs messages under scheduled jobs.", number: 9 },
      { value: "mail", summary: "Logs messages under mail.", number: 2 },
      { value: "ftp", summary: "Logs messages under file transfer.", number: 11 },
      { value: "lpr", summary: "Logs messages under printing.", number: 6 },
      { value: "news", summary: "Logs messages under network news.", number: 7 },
      { value: "uucp", summary: "Logs messages under UUCP.", number: 8 },
      { value: "syslog", summary: "Logs messages under the log daemon itself.", number: 5 },
      { value: "kern", summary: "Logs messages under the kernel.", number: 0 },
    ],
    numbers: [{ low: 0, high: 127 }],
    empty: "invalid",
    invalid: "dropped",
  },

  /** SyslogLevel= gives messages this level; LogLevelMax= keeps those of this level and of all worse ones. */
  logLevel: {
    kind: "enumeration",
    routine: "config_parse_log_level",
    members: [
      { value: "info", summary: "Stands for messages about normal operation.", number: 6 },
      { value: "notice", summary: "Stands for normal but significant events.", number: 5 },
      { value: "warning", summary: "Stands for possible problems.", number: 4 },
      { value: "err", summary: "Stands for errors.", number: 3 },
      { value: "debug", summary: "Stands for debugging details.", number: 7 },
      { value: "crit", summary: "Stands for critical failures of the service.", number: 2 },
      { value: "alert", summary: "Stands for problems that need immediate action.", number: 1 },
      { value: "emerg", summary: "Stands for an unusable system.", number: 0 },
    ],
    numbers: [{ low: 0, high: 7 }],
    empty: "invalid",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
