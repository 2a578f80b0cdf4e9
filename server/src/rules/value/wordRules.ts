import type { ValueRules } from "../../findings/valueRule.ts";

/** What can be wrong with a value that is one word of a fixed set, and with what all values share. */
export const WORD_RULES = {
  "value/boolean": {
    title: "Invalid boolean",
    why: "Only 1, yes, y, true, t, on and 0, no, n, false, f, off are valid, in any letter case; systemd ignores anything else, but refuses the unit for DynamicUser=.",
    page: "systemd.syntax(7)",
    bad: { text: "[Service]\nExecStart=/bin/true\nNoNewPrivileges=enabled\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nNoNewPrivileges=yes\n" },
  },
  "value/enumeration": {
    title: "Unknown value",
    why: "The directive takes one word of a fixed, case-sensitive set; systemd ignores anything else and keeps the previous value.",
    page: "systemd.directives(7)",
    bad: { text: "[Service]\nExecStart=/bin/true\nRestart=onfailure\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nRestart=on-failure\n" },
  },
  "value/deprecated": {
    title: "Deprecated value",
    why: "systemd accepts the value, but warns in the log that it is obsolete or unsafe.",
    page: "systemd.directives(7)",
    bad: { text: "[Service]\nExecStart=/bin/true\nStandardOutput=syslog\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nStandardOutput=journal\n" },
  },
  "value/quoting": {
    title: "Invalid quotes or escapes",
    why: "A quote is not closed or a backslash does not start an escape sequence, so that systemd cannot split the words.",
    page: "systemd.syntax(7)",
    bad: {
      text: '[Service]\nExecStart=/bin/true\nSystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX "AF_INET\n',
    },
    good: {
      text: '[Service]\nExecStart=/bin/true\nSystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX "AF_INET"\n',
    },
  },
} as const satisfies ValueRules;
