import { linesWithNumbers, place } from "./setupStatements.ts";
import type { FoundStatement } from "./statement.ts";

/** The jobs of a table of cron with a column for the user, as /etc/cron.d has them. */
export function* cronStatements(text: string): Iterable<FoundStatement> {
  for (const [line, at] of linesWithNumbers(text)) {
    const [, user = "", command = ""] =
      /^(?:@\w{1,9}|(?:[\d*/,\w-]{1,99}\s{1,9}){4}[\d*/,\w-]{1,99})\s{1,9}([\w.-]+)\s{1,9}(\S.{0,300})/.exec(line) ??
      [];
    if (command !== "") yield { kind: "job", value: command, ...(user !== "root" && { owner: user }), line: at };
  }
}

/** The names that a policy of the bus lets a user own. */
export function* busStatements(text: string): Iterable<FoundStatement> {
  let user: string | undefined;
  for (const [i, line] of text.split("\n").entries()) {
    if (/<policy\b/.test(line)) user = /\buser="([^"]{1,99})"/.exec(line)?.[1];
    const value = /<allow\s{1,9}own(?:_prefix)?="([^"]{1,255})"/.exec(line)?.[1];
    if (value !== undefined)
      yield { kind: "name", value, ...(user !== undefined && user !== "root" && { owner: user }), line: i + 1 };
  }
}

/** The groups to which rules give devices. */
export function* deviceStatements(text: string): Iterable<FoundStatement> {
  for (const [line, at] of linesWithNumbers(text)) {
    const value = /\bGROUP:?="([^"%$]{1,99})"/.exec(line)?.[1];
    if (value !== undefined) yield { kind: "device", value, line: at };
  }
}

/** The capabilities of a profile of AppArmor, and the places that it lets a program write, up to a pattern. */
export function* apparmorStatements(text: string): Iterable<FoundStatement> {
  for (const [line, at] of linesWithNumbers(text)) {
    for (const name of /^(?:allow\s{1,9})?capability\s{1,9}([\w\s]{1,500}),/.exec(line)?.[1]?.trim().split(/\s+/) ?? [])
      yield { kind: "capability", value: `CAP_${name.toUpperCase()}`, line: at };
    const [, written = "", rights = ""] = /^(?:owner\s{1,9})?(\/[^\s,]{1,300})\s{1,9}([a-zA-Z]{1,9}),/.exec(line) ?? [];
    const open = written.search(/[*?{[@]/);
    const path = open < 0 ? written : written.slice(0, written.lastIndexOf("/", open));
    if (/[wa]/.test(rights) && OWN_PLACE.test(path)) yield place(path, undefined, at);
  }
}

/** A path that is no folder of all programs. */
const OWN_PLACE = /^\/(?:run|etc|srv|opt|var\/(?:lib|log|cache|spool))\/[^/]/;
