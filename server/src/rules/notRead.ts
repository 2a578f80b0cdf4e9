import type { Finding } from "../findings/finding.ts";

/** What is said of a text in another file that becomes a unit and that nobody read; hosts/ finds it. */
export const NOT_READ_RULE = {
  code: "syntax/not-read",
  title: "Unit that was not read",
  why: "A script, a playbook or a manifest writes a unit here, in a way that does not show its text or the name of its file before it runs. Nothing in that unit was checked, so that a file without findings says nothing about it. Write the name of the file and the text of the unit out, or keep the unit in a file of its own and copy it.",
  page: "systemd.syntax(7)",
} as const;

/** What is said of a file that is longer than what is checked. */
export const TOO_LONG_RULE = {
  code: "syntax/file-size",
  title: "File larger than 1 MB",
  why: "systemd reads files of any length, and nobody writes one of this length by hand. Unit Warden checks none of it: no rule, fix or exposure holds for this file, and a unit is judged without such a drop-in. The command line ends with status 2. Of a shorter file with more than 10,000 wrong lines the rest is not checked line by line, which the same code says. Split the file, or have what generates it write less.",
  page: "systemd.syntax(7)",
} as const;

/** What is said of a file that is meant as a drop-in and lies where systemd reads none. */
export const UNREAD_DROP_IN_RULE = {
  code: "syntax/unread-drop-in",
  title: "Drop-in that systemd does not read",
  why: "Drop-ins of app.service are the files of app.service.d whose names end in .conf. systemd reads neither another file of that folder nor one of app.d, and says nothing of it. Only reported for files with a section of units; of app.d where app.service lies next to it.",
  page: "systemd.unit(5)",
} as const;

/** What is said of such a file, with the path under which it would be read. */
export const unreadDropInFinding = (
  { why, meant }: { readonly why: string; readonly meant: string },
  { start, end, key }: { readonly start: number; readonly end: number; readonly key: string },
): Finding => ({
  code: UNREAD_DROP_IN_RULE.code,
  severity: "warning",
  message: `${key}= is not read: systemd ignores this file, as ${why}; rename it to ${meant}`,
  directive: key,
  start,
  end,
  fixes: [],
});

/** Those of which no text of a unit can be an example. */
export const PLAIN_RULES = [NOT_READ_RULE, TOO_LONG_RULE, UNREAD_DROP_IN_RULE] as const;

/** What a unit says of a drop-in that is longer than what is checked, by its path. */
export const tooLongDropIn = (path: string): Finding => ({
  ...TOO_LONG_FINDING,
  message: `${path.split("/").slice(-2).join("/")} is larger than 1 MB: this unit is judged without it, although systemd reads it; split it`,
});

/** The one finding of a file that is longer than what is checked. */
export const TOO_LONG_FINDING: Finding = {
  code: TOO_LONG_RULE.code,
  severity: "info",
  message: "File larger than 1 MB: nothing in it is checked, although systemd reads it; split it to have it checked",
  start: 0,
  end: 0,
  fixes: [],
};
