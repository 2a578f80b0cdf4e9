import type { Enumeration } from "../valueType.ts";
import { DESCRIPTOR_NAME, FILE } from "./suffixes.ts";

/** Where a unit's processes read and write, and how their messages are marked. */
export const LOG_ENUMERATIONS = {
  execInput: {
    kind: "enumeration",
    routine: "config_parse_exec_input",
    members: [
      { value: "null", summary: "Reads nothing, the end of the file at once." },
      { value: "socket", summary: "Reads from the connection that started the service, as under inetd." },
      { value: "file", summary: "Reads from a file, or from a stream socket at that path.", suffix: FILE },
      { value: "data", summary: "Reads what StandardInputText= and StandardInputData= say." },
      {
        value: "fd",
        summary: "Reads from a descriptor that a socket unit holds under a name.",
        suffix: DESCRIPTOR_NAME,
      },
      { value: "tty", summary: "Reads from the terminal of TTYPath=, and waits until it is free." },
      { value: "tty-force", summary: "Reads from the terminal of TTYPath=, and takes it from others." },
      { value: "tty-fail", summary: "Reads from the terminal of TTYPath=, and fails if others have it." },
    ],
    empty: "invalid",
    invalid: "dropped",
  },

  execOutput: {
    kind: "enumeration",
    routine: "config_parse_exec_output",
    members: [
      { value: "journal", summary: "Writes to the journal." },
      { value: "null", summary: "Writes to nowhere." },
      { value: "append", summary: "Writes to a file, after what it holds.", suffix: FILE },
      { value: "truncate", summary: "Writes to a file, which is emptied first.", suffix: FILE },
      { value: "file", summary: "Writes to a file, over what it holds.", suffix: FILE },
      {
        value: "inherit",
        summary: "Writes where the process reads from; standard error goes where standard output goes.",
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
      { value: "daemon", summary: "Files messages under services in the background.", number: 3 },
      { value: "local0", summary: "Files messages under the first facility for local use.", number: 16 },
      { value: "local1", summary: "Files messages under the second facility for local use.", number: 17 },
      { value: "local2", summary: "Files messages under the third facility for local use.", number: 18 },
      { value: "local3", summary: "Files messages under the fourth facility for local use.", number: 19 },
      { value: "local4", summary: "Files messages under the fifth facility for local use.", number: 20 },
      { value: "local5", summary: "Files messages under the sixth facility for local use.", number: 21 },
      { value: "local6", summary: "Files messages under the seventh facility for local use.", number: 22 },
      { value: "local7", summary: "Files messages under the last facility for local use.", number: 23 },
      { value: "user", summary: "Files messages under ordinary programs.", number: 1 },
      { value: "auth", summary: "Files messages under logins and permissions.", number: 4 },
      {
        value: "authpriv",
        summary: "Files messages under logins and permissions that not everyone may read.",
        number: 10,
      },
      { value: "cron", summary: "Files messages under scheduled jobs.", number: 9 },
      { value: "mail", summary: "Files messages under mail.", number: 2 },
      { value: "ftp", summary: "Files messages under file transfer.", number: 11 },
      { value: "lpr", summary: "Files messages under printing.", number: 6 },
      { value: "news", summary: "Files messages under network news.", number: 7 },
      { value: "uucp", summary: "Files messages under UUCP.", number: 8 },
      { value: "syslog", summary: "Files messages under the log daemon itself.", number: 5 },
      { value: "kern", summary: "Files messages under the kernel.", number: 0 },
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
      { value: "info", summary: "Stands for news of regular work.", number: 6 },
      { value: "notice", summary: "Stands for events that are in order but worth a look.", number: 5 },
      { value: "warning", summary: "Stands for what may become a problem.", number: 4 },
      { value: "err", summary: "Stands for what went wrong.", number: 3 },
      { value: "debug", summary: "Stands for details that help to find a bug.", number: 7 },
      { value: "crit", summary: "Stands for failures that threaten the service as a whole.", number: 2 },
      { value: "alert", summary: "Stands for what somebody has to mend right now.", number: 1 },
      { value: "emerg", summary: "Stands for a machine that is no longer usable.", number: 0 },
    ],
    numbers: [{ low: 0, high: 7 }],
    empty: "invalid",
    invalid: "dropped",
  },
} as const satisfies Record<string, Enumeration>;
