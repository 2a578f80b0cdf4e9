import type { Enumeration } from "../valueType.ts";
import { DESCRIPTOR_NAME, FILE } from "./suffixes.ts";
import { wordSet } from "./wordSet.ts";

/** Since when what names syslog is the journal; before, it was what it is called. */
const SYSLOG = { since: 246 };

/** Until when systemd refuses the unit for a wrong path or name after a colon. */
const REFUSED = { until: 247 };

/** Where a unit's processes read and write, and how their messages are marked. */
export const LOG_ENUMERATIONS = {
  execInput: wordSet(
    "exec_input",
    {
      null: "Reads end-of-file immediately.",
      socket: "Reads from the connection that started the service, as under inetd.",
      file: { summary: "Reads from a file, or from a stream socket at that path.", suffix: FILE },
      data: "Reads the data of StandardInputText= and StandardInputData=.",
      fd: { summary: "Reads from a descriptor that a socket unit holds under a name.", suffix: DESCRIPTOR_NAME },
      tty: "Reads from the terminal of TTYPath=, and waits until it is free.",
      "tty-force": "Reads from the terminal of TTYPath=, taking it from other processes.",
      "tty-fail": "Reads from the terminal of TTYPath=, and fails if another process controls it.",
    },
    { refusesSuffix: REFUSED },
  ),

  execOutput: wordSet(
    "exec_output",
    {
      journal: "Writes to the journal.",
      null: "Discards the output.",
      append: { summary: "Writes to a file, appending to its content.", suffix: FILE, since: 240 },
      truncate: { summary: "Writes to a file, which is truncated first.", suffix: FILE, since: 248 },
      file: { summary: "Writes to a file, overwriting its content from the start.", suffix: FILE },
      inherit: "Writes to the file of standard input; standard error goes where standard output goes.",
      "journal+console": "Writes to the journal and the console.",
      kmsg: "Writes to the kernel's log, which the journal keeps too.",
      "kmsg+console": "Writes to the kernel's log and the console.",
      socket: "Writes to the connection that started the service, as under inetd.",
      fd: { summary: "Writes to a descriptor that a socket unit holds under a name.", suffix: DESCRIPTOR_NAME },
      tty: "Writes to the terminal of TTYPath=.",
      syslog: { summary: "Is read as `journal`.", deprecated: SYSLOG },
      "syslog+console": { summary: "Is read as `journal+console`.", deprecated: SYSLOG },
    },
    { refusesSuffix: REFUSED },
  ),

  /** Messages stand under the facility of their unit; syslog daemons sort by it. */
  logFacility: wordSet(
    "log_facility",
    {
      daemon: { summary: "Logs messages under services in the background.", number: 3 },
      local0: { summary: "Logs messages under the first facility for local use.", number: 16 },
      local1: { summary: "Logs messages under the second facility for local use.", number: 17 },
      local2: { summary: "Logs messages under the third facility for local use.", number: 18 },
      local3: { summary: "Logs messages under the fourth facility for local use.", number: 19 },
      local4: { summary: "Logs messages under the fifth facility for local use.", number: 20 },
      local5: { summary: "Logs messages under the sixth facility for local use.", number: 21 },
      local6: { summary: "Logs messages under the seventh facility for local use.", number: 22 },
      local7: { summary: "Logs messages under the last facility for local use.", number: 23 },
      user: { summary: "Logs messages under ordinary programs.", number: 1 },
      auth: { summary: "Logs messages under logins and permissions.", number: 4 },
      authpriv: { summary: "Logs messages under logins and permissions that not everyone may read.", number: 10 },
      cron: { summary: "Logs messages under scheduled jobs.", number: 9 },
      mail: { summary: "Logs messages under mail.", number: 2 },
      ftp: { summary: "Logs messages under file transfer.", number: 11 },
      lpr: { summary: "Logs messages under printing.", number: 6 },
      news: { summary: "Logs messages under network news.", number: 7 },
      uucp: { summary: "Logs messages under UUCP.", number: 8 },
      syslog: { summary: "Logs messages under the log daemon itself.", number: 5 },
      kern: { summary: "Logs messages under the kernel.", number: 0 },
    },
    { numbers: [{ low: 0, high: 127 }] },
  ),

  /** SyslogLevel= gives messages this level; LogLevelMax= keeps those of this level and of all worse ones. */
  logLevel: wordSet(
    "log_level",
    {
      info: { summary: "Stands for messages about normal operation.", number: 6 },
      notice: { summary: "Stands for normal but significant events.", number: 5 },
      warning: { summary: "Stands for possible problems.", number: 4 },
      err: { summary: "Stands for errors.", number: 3 },
      debug: { summary: "Stands for debugging details.", number: 7 },
      crit: { summary: "Stands for critical failures of the service.", number: 2 },
      alert: { summary: "Stands for problems that need immediate action.", number: 1 },
      emerg: { summary: "Stands for an unusable system.", number: 0 },
    },
    { numbers: [{ low: 0, high: 7 }] },
  ),
} as const satisfies Record<string, Enumeration>;
