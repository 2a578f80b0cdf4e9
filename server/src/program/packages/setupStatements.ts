import { tmpfilesLines } from "../tmpfiles.ts";
import type { FoundStatement } from "./statement.ts";

/** The lines of a text that are no comments, counted from 1. */
export const linesWithNumbers = (text: string): readonly (readonly [text: string, line: number])[] =>
  text
    .split("\n")
    .flatMap((it, i) => (/^\s{0,99}[#;]/.test(it) || it.trim() === "" ? [] : [[it.trim(), i + 1] as const]));

/** A place as it is given to somebody; root has every place, and nobody in particular has what names none. */
export const place = (value: string, owner: string | undefined, line: number): FoundStatement => ({
  kind: "place",
  value: value.replace(/^\/var\/run\//, "/run/").replace(/(?<!\/)\/+$/, ""),
  ...(owner !== undefined && /^[A-Za-z_][\w.-]*$/.test(owner) && owner !== "root" && { owner }),
  line,
});

/** The places that lines of tmpfiles.d create, or whose owner they set. */
export function* tmpfilesStatements(text: string): Iterable<FoundStatement> {
  for (const { type, path, owner, line } of tmpfilesLines(text))
    if (/[dDvqQefFpCzZ]/.test(type) && !path.includes("%")) yield place(path, owner, line);
}

/** The users that lines of sysusers.d make, with their homes, and the groups that they add them to. Follows sysusers.d(5). */
export function* usersStatements(text: string): Iterable<FoundStatement> {
  for (const [line, at] of linesWithNumbers(text)) {
    const [type = "", name = "", , , home] = line.match(/"[^"]*"|\S+/g) ?? [];
    if (type === "m" && home === undefined) {
      const [, , group = ""] = line.split(/\s+/);
      yield { kind: "member", value: group, owner: name, line: at };
    }
    if (!/^u!?$/.test(type)) continue;
    yield { kind: "user", value: name, line: at };
    if (home?.startsWith("/")) yield place(home, name, at);
  }
}

/** What is rotated, with the owner that it gets, and how the program is told of it. Follows logrotate(8). */
export function* logrotateStatements(text: string): Iterable<FoundStatement> {
  let open: (readonly [path: string, line: number])[] = [];
  let owner: string | undefined;
  let isScript = false;
  let isInside = false;
  for (const [line, at] of linesWithNumbers(text)) {
    if (/^(?:pre|post|first|last)(?:rotate|action)$/.test(line)) isScript = true;
    else if (line === "endscript") isScript = false;
    else if (isScript) yield* signalIn(line, at);
    else if (isInside && line.startsWith("}")) {
      for (const [path, where] of open) yield place(path, owner, where);
      [open, owner, isInside] = [[], undefined, false];
    } else if (isInside) owner = OWNER.exec(line)?.[1] ?? owner;
    else {
      for (const it of line.match(/\/[^\s"'{}]+/g) ?? []) open.push([it, at]);
      isInside = line.includes("{");
    }
  }
}

const OWNER = /^(?:create\s{1,9}0?\d{3}|su)\s{1,9}([\w.-]+)/;

function* signalIn(line: string, at: number): Iterable<FoundStatement> {
  const [, signal] = /\bkill\s{1,9}(?:-s\s{1,9}|-)(?:SIG)?(HUP|USR1|USR2|INT|TERM)\b/.exec(line) ?? [];
  const [, before, after] =
    /\b(?:systemctl\s{1,9}(?:--\S{1,30}\s{1,9}){0,5}((?:try-)?(?:reload|restart)\S{0,20})|invoke-rc\.d\s{1,9}(?:--\S{1,30}\s{1,9}){0,5}\S{1,50}\s{1,9}((?:try-)?(?:reload|restart|rotate)))/.exec(
      line,
    ) ?? [];
  const value = signal === undefined ? (before ?? after) : `SIG${signal}`;
  if (value !== undefined) yield { kind: "signal", value, line: at };
}
