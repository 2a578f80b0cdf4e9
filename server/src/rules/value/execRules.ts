import type { ValueRules } from "../../findings/valueRule.ts";

const service = (line: string): string => `[Service]\n${line}\n`;

/** What can be wrong with a command line, and what systemd accepts there although it means something else. */
export const EXEC_RULES = {
  "value/command": {
    title: "Invalid command line",
    why: "The program must be a plain name or an absolute path, and quotes must be closed; otherwise systemd refuses the unit or, for a command with the prefix `-`, ignores the line.",
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=bin/server --fast") },
    good: { text: service("ExecStart=/usr/bin/server --fast") },
  },
  "value/shell-syntax": {
    title: "Shell syntax without a shell",
    why: "systemd starts the program without a shell: |, >, &&, $(…), ~ and * are passed to it as ordinary arguments. Run a line that needs them with /bin/sh -c '…'.",
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=/usr/bin/server --fast > /dev/null") },
    good: { text: service("ExecStart=/bin/sh -c '/usr/bin/server --fast > /dev/null'") },
  },
  "value/variable-program": {
    title: "Variable in the name of the program",
    why: "Variables are replaced in the arguments only; systemd looks for a program with the dollar sign in its name and does not find it.",
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=/opt/$FLAVOUR/server") },
    good: { text: service(`ExecStart=/usr/bin/env \${HOME_OF_SERVER}/server`) },
  },
  "value/variable": {
    title: "Variable that is not replaced",
    why: `A variable without braces is replaced only where it is the whole argument; elsewhere it is left as written, and at the start of a longer word the whole word becomes empty. Inside a word write \${NAME}.`,
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=/usr/bin/server --port=$PORT") },
    good: { text: service(`ExecStart=/usr/bin/server --port=\${PORT} $OPTIONS`) },
  },
  "value/date-format": {
    title: "Date format read as specifiers",
    why: "systemd replaces %Y, %m and similar specifiers before date sees them, so that paths and IDs end up in the result; write %% for a literal percent sign.",
    page: "systemd.unit(5)",
    bad: { text: service("ExecStart=/bin/sh -c 'tar cf /backup/home-$(date +%m).tar /home'") },
    good: { text: service("ExecStart=/bin/sh -c 'tar cf /backup/home-$(date +%%m).tar /home'") },
  },
  "value/script": {
    title: "Shell script without quotes",
    why: "A shell with -c runs the next word as its script; every word after it is a parameter. Without quotes the script is its first word alone, and the rest of the line does nothing.",
    page: "systemd.service(5)",
    bad: { text: service("ExecStart=/bin/sh -c echo ready > /run/app.ready") },
    good: { text: service("ExecStart=/bin/sh -c 'echo ready > /run/app.ready'") },
    silent: [{ text: service("ExecStart=/bin/sh -c /opt/app/run sh") }],
  },
  "value/script-variable": {
    title: "Variable of a script replaced by systemd",
    why: `systemd replaces \${NAME} before it starts the shell, also inside quotes, by what the unit sets; a variable that the script sets itself is then empty. $\${NAME} reaches the shell as \${NAME}.`,
    page: "systemd.service(5)",
    bad: { text: service(`ExecStart=/bin/sh -c 'for n in a b; do echo \${n}; done'`) },
    good: { text: service(`ExecStart=/bin/sh -c 'for n in a b; do echo $\${n}; done'`) },
    silent: [{ text: service(`ExecStart=/bin/sh -c 'PATH=\${PATH}:/opt/bin; for n in a b; do echo $n; done'`) }],
  },
  "value/escape": {
    title: "Backslash that systemd replaces",
    why: String.raw`systemd reads escapes in every word, with quotes or without: \s is a blank and \b a backspace before the program sees them, so that a regular expression means something else. A doubled backslash reaches the program as one.`,
    page: "systemd.service(5)",
    bad: { text: service(String.raw`ExecStart=/usr/bin/server --filter=^\s+ERROR`) },
    good: { text: service(String.raw`ExecStart=/usr/bin/server --filter=^\\s+ERROR`) },
    silent: [{ text: service(String.raw`ExecStart=/usr/bin/server --name=Corner\sShop`) }],
  },
  "value/trailing-comment": {
    title: "Comment after a value",
    why: "Comments are not allowed after a value: after a text they become part of it, and after a command each word becomes an argument. Put the comment on its own line.",
    page: "systemd.syntax(7)",
    bad: { text: service("ExecStart=/usr/bin/server --fast # as the network is slow") },
    good: { text: service("# as the network is slow\nExecStart=/usr/bin/server --fast") },
  },
} as const satisfies ValueRules;
