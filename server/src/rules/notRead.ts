import type { Finding } from "../findings/finding.ts";
import type { Described } from "../findings/rule.ts";

/** What is said of a text in another file that becomes a unit and that nobody read; hosts/ finds it. */
export const NOT_READ_RULE: Described = { code: "syntax/not-read" };

/** What is said of a file that is longer than what is checked. */
export const TOO_LONG_RULE: Described = { code: "syntax/file-size" };

/** What is said of a file that is meant as a drop-in and lies where systemd reads none. */
export const UNREAD_DROP_IN_RULE: Described = { code: "syntax/unread-drop-in" };

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
export const PLAIN_RULES: readonly Described[] = [NOT_READ_RULE, TOO_LONG_RULE, UNREAD_DROP_IN_RULE];

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
