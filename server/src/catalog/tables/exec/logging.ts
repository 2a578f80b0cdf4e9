import type { DirectiveRows } from "../../row.ts";

/** systemd.exec(5), Logging and standard input/output. */
export const LOGGING_ROWS = {
  StandardInput: {
    summary:
      "Connects stdin of the unit's commands to nothing, a terminal, a file, a socket or data in the unit itself.",
    type: "execInput",
    default: "null",
  },
  StandardOutput: {
    summary:
      "Sends stdout of the unit's commands to the journal, the kernel log, a terminal, a file, a socket or nowhere.",
    type: "execOutput",
    default: "journal (DefaultStandardOutput=)",
  },
  StandardError: {
    summary:
      "Sends stderr of the unit's commands to the journal, a file or elsewhere; inherit follows StandardOutput=.",
    type: "execOutput",
    default: "inherit (DefaultStandardError=)",
  },
  StandardInputText: {
    summary: "Appends a line of text to the data that the unit's commands read from stdin with StandardInput=data.",
    type: "execInputText",
    since: 236,
    many: true,
  },
  StandardInputData: {
    summary: "Appends Base64-encoded bytes to what the unit's commands read from stdin with StandardInput=data.",
    type: "execInputData",
    since: 236,
    many: true,
    anchor: "StandardInputText=",
  },
  TTYPath: {
    summary: "Names the terminal device that is used when stdin, stdout or stderr of the unit is set to tty.",
    type: "unitPathPrintf",
    default: "/dev/console",
  },
  TTYReset: {
    summary:
      "Restores sane settings on the TTYPath= terminal before the command starts and after it ends, without clearing it.",
    type: "bool",
    default: "no",
  },
  TTYVHangup: {
    summary: "Hangs up the TTYPath= terminal around each run, which cuts off every program that still has it open.",
    type: "bool",
    default: "no",
  },
  TTYVTDisallocate: {
    summary: "Clears screen and scrollback of the TTYPath= terminal around each run by releasing the virtual console.",
    type: "bool",
    default: "no",
  },
  TTYRows: {
    summary: "Sets the height of the TTYPath= terminal in text lines.",
    type: "ttySize",
    since: 250,
    anchor: "TTYColumns=",
  },
  TTYColumns: { summary: "Sets the width of the TTYPath= terminal in characters.", type: "ttySize", since: 250 },
  SyslogIdentifier: {
    summary: "Sets the tag that marks the unit's stdout and stderr lines in the journal or kernel log.",
    type: "unitStringPrintf",
    default: "name of the executed process",
  },
  SyslogFacility: {
    summary: "Sets the syslog facility, such as daemon or local0, for lines that the unit prints to stdout and stderr.",
    type: "logFacility",
    default: "daemon",
  },
  SyslogLevel: {
    summary: "Sets the severity of lines on stdout and stderr that have no level prefix.",
    type: "logLevel",
    default: "info",
  },
  SyslogLevelPrefix: {
    summary: "Interprets prefixes like <3> at the start of output lines as their severity and strips them.",
    type: "bool",
    default: "yes",
  },
  LogLevelMax: {
    summary: "Drops log messages of the unit that are less important than this level, before they reach the journal.",
    type: "logLevel",
    since: 236,
  },
  LogRateLimitIntervalSec: {
    summary:
      "Sets the time window, in seconds by default, in which at most LogRateLimitBurst= messages of the unit are kept.",
    type: "sec",
    since: 240,
    default: "30s (RateLimitIntervalSec=)",
  },
  LogRateLimitBurst: {
    summary: "Sets how many messages the unit may log per LogRateLimitIntervalSec= before the rest is dropped.",
    type: "unsigned",
    since: 240,
    default: "10000 (RateLimitBurst=)",
    anchor: "LogRateLimitIntervalSec=",
  },
  LogExtraFields: {
    summary: "Attaches additional journal fields, given as FIELD=VALUE, to every log record of the unit.",
    type: "logExtraFields",
    since: 236,
    many: true,
  },
  LogFilterPatterns: {
    summary: "Keeps only log messages that match a regular expression, or discards the matching ones with a leading ~.",
    type: "logFilterPatterns",
    since: 253,
    many: true,
  },
  LogNamespace: {
    summary: "Moves the unit's logs to a separate journal with its own daemon, readable with journalctl --namespace=.",
    type: "logNamespace",
    since: 245,
    scope: "system",
  },
} as const satisfies DirectiveRows;
