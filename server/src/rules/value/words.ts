import type { ValueRules } from "../valueRule.ts";

/** What can be wrong with a value that is one word of a fixed set, and with what all values share. */
export const WORD_RULES = {
  "value/boolean": {
    title: "Value that is no boolean",
    why: "Only 1, yes, y, true, t, on and 0, no, n, false, f, off count, in any letter case; systemd drops anything else, for DynamicUser= with the whole unit.",
    page: "systemd.syntax(7)",
    bad: { text: "[Service]\nExecStart=/bin/true\nNoNewPrivileges=enabled\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nNoNewPrivileges=yes\n" },
  },
  "value/enumeration": {
    title: "Value that is none of the fixed ones",
    why: "The directive takes one word of a fixed set, letter case counting; systemd drops anything else and keeps what was set before.",
    page: "systemd.directives(7)",
    bad: { text: "[Service]\nExecStart=/bin/true\nRestart=onfailure\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nRestart=on-failure\n" },
  },
  "value/deprecated": {
    title: "Value on its way out",
    why: "systemd takes the value, but says in the log that it is obsolete or unsafe and to be replaced.",
    page: "systemd.directives(7)",
    bad: { text: "[Service]\nExecStart=/bin/true\nStandardOutput=syslog\n" },
    good: { text: "[Service]\nExecStart=/bin/true\nStandardOutput=journal\n" },
  },
  "value/quoting": {
    title: "Broken quotes or escapes",
    why: "A quote lacks its partner or a backslash starts no escape sequence, so that systemd cannot tell where the words end.",
    page: "systemd.syntax(7)",
    bad: {
      text: '[Service]\nExecStart=/bin/true\nSystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX "AF_INET\n',
    },
    good: {
      text: '[Service]\nExecStart=/bin/true\nSystemCallArchitectures=native\nRestrictAddressFamilies=AF_UNIX "AF_INET"\n',
    },
  },
} as const satisfies ValueRules;
