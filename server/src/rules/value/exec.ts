import type { ValueRules } from "../valueRule.ts";

const service = (line: string): string => `[Service]\n${line}\n`;

/** What can be wrong with a command line, and what systemd takes there although it means something else. */
export const EXEC_RULES = {
  "value/command": {
    title: "Command line that systemd cannot read",
    why: "The program must be a plain name or an absolute path, and quotes must be closed; otherwise systemd refuses the unit, or, for a command with the prefix `-`, drops the line.",
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=bin/server --fast") },
    good: { text: service("ExecStart=/usr/bin/server --fast") },
  },
  "value/shell-syntax": {
    title: "Syntax of a shell where there is no shell",
    why: "systemd starts the program itself: |, >, &&, $(…), ~ and * reach it as ordinary arguments. A line that needs them is run by /bin/sh -c '…'.",
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=/usr/bin/server --fast > /dev/null") },
    good: { text: service("ExecStart=/bin/sh -c '/usr/bin/server --fast > /dev/null'") },
  },
  "value/variable-program": {
    title: "Variable as program",
    why: "Variables are replaced in the arguments only; systemd looks for a program with the dollar sign in its name and does not find it.",
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=/opt/$FLAVOUR/server") },
    good: { text: service(`ExecStart=/usr/bin/env \${HOME_OF_SERVER}/server`) },
  },
  "value/variable": {
    title: "Variable that is not replaced",
    why: `A variable without braces is replaced only where it is the whole argument; in other places it stays as it is, and at the start of a longer word the whole word gives nothing. Inside of a word it is written \${NAME}.`,
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=/usr/bin/server --port=$PORT") },
    good: { text: service(`ExecStart=/usr/bin/server --port=\${PORT} $OPTIONS`) },
  },
  "value/date-format": {
    title: "Format of date whose percent signs are specifiers",
    why: "systemd replaces %Y, %m and the like before date sees them, so that paths and ids end up in the result; a percent sign for the program is written %%.",
    page: "systemd.unit(5)",
    bad: { text: service("ExecStart=/bin/sh -c 'tar cf /backup/home-$(date +%m).tar /home'") },
    good: { text: service("ExecStart=/bin/sh -c 'tar cf /backup/home-$(date +%%m).tar /home'") },
  },
  "value/trailing-comment": {
    title: "Comment behind a value",
    why: "A comment needs a line of its own; behind a text it becomes part of it, and behind a command each of its words becomes an argument.",
    page: "systemd.syntax(7)",
    bad: { text: service("ExecStart=/usr/bin/server --fast # as the network is slow") },
    good: { text: service("# as the network is slow\nExecStart=/usr/bin/server --fast") },
  },
} as const satisfies ValueRules;
