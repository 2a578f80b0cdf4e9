import { pathParts } from "../../families/paths.ts";
import { type UnitPath, unitPath } from "../../families/unitFiles/unitPath.ts";
import type { Span } from "../../text/span.ts";
import type { HostedFile, HostedUnit } from "../hostedUnit.ts";
import { heredocParts } from "./heredocParts.ts";
import { type Printed, printedIn } from "./printed.ts";

/** The begin of a text in a script: `<<`, whether tabs before its lines go, and what ends it, in quotes or not. */
const BEGIN = /(?<!<)<<(?!<)(-?)[ \t]*(['"\\]?)([A-Za-z_]\w{0,99})['"]?/;
/** Where it goes: into a file, through tee, or where a Dockerfile copies it. */
const INTO = /(?:(?<![>&\d])>(?!>)[ \t]*|\btee[ \t]+|^[ \t]*COPY[ \t]+)(?:"([^"\s]+)"|'([^'\s]+)'|([^\s"'|;&<>]+))/;
/** Longer lines hold none. */
const MAX_LINE = 2000;

/** The units that a script of a shell or a Dockerfile writes: texts that go into a file with the name of a unit. */
export function shellUnits(text: string): HostedFile {
  const units: HostedUnit[] = [];
  for (let at = 0; at < text.length; ) {
    const line = { start: at, end: lineEnd(text, at) };
    const begun = line.end - at < MAX_LINE ? beginOf(text.slice(at, line.end)) : undefined;
    at = line.end + 1;
    if (!begun) {
      const printed = line.end - line.start < MAX_LINE ? printedIn(text, line) : undefined;
      if (printed) at = Math.max(at, lineEnd(text, printed.path.end) + 1);
      units.push(...(printed ? unitOf(text, printed) : []));
      continue;
    }
    const start = at;
    let ends: "text" | "quotes" | undefined;
    while (at < text.length) {
      ends = endsAt(text, at, begun);
      if (ends) break;
      at = lineEnd(text, at) + 1;
    }
    // One that has no end may end wherever its writer is.
    if (at >= text.length) break;
    const { into, plain, tabs } = begun;
    if (into && isRead(text.slice(start, at), begun, ends)) {
      const path = { start: line.start + into.at, end: line.start + into.at + into.path.length };
      const raw = heredocParts(text, { start, end: at }, { plain, tabs });
      if (raw) units.push(...unitOf(text, { raw, extent: { start: line.start, end: at }, path }));
    }
    at = lineEnd(text, at) + 1;
  }
  return { text, units, comments: [], marks: new Map() };
}

/** The lines of a script that write a unit, which say the same without all others. */
export const shellPart = ({ text }: HostedFile, { extent: { start, end } }: HostedUnit): Span => ({
  start,
  end: lineEnd(text, end) + 1,
});

/** Whether the shell leaves the text as it is that begins in a line. */
export const isPlainHeredoc = (text: string, line: number): boolean =>
  beginOf(text.slice(line, lineEnd(text, line)))?.plain === true;

/** Whether a text stands between single quotes, in which there can be no others. */
export const isQuotedHeredoc = (text: string, line: number): boolean =>
  beginOf(text.slice(line, lineEnd(text, line)))?.within === "'";

interface Begun {
  readonly word: string;
  /** What stands before the word. */
  readonly quote: string | undefined;
  /** Whether the shell leaves the text as it is. */
  readonly plain: boolean;
  /** Whether tabs at the start of lines are left out. */
  readonly tabs: boolean;
  /** Which quotes of another command it stands between, as that of `sh -c` does. */
  readonly within: "'" | '"' | undefined;
  /** Where it goes, with its place in the line. */
  readonly into: { readonly path: string; readonly at: number } | undefined;
}

function beginOf(line: string): Begun | undefined {
  const found = line.includes("<<") && !/^[ \t]*#/.test(line) ? BEGIN.exec(line) : null;
  if (!found) return undefined;
  const [all, tabs, quote, word = ""] = found;
  const rest = line.replace(all, " ".repeat(all.length));
  const into = INTO.exec(rest);
  const path = into?.[1] ?? into?.[2] ?? into?.[3];
  const place = into && path !== undefined ? { path, at: into.index + into[0].lastIndexOf(path) } : undefined;
  const within = quoteBefore(line, found.index);
  return { word, quote, plain: quote !== "", tabs: tabs === "-", within, into: place };
}

/** Whether one shell alone reads a text. Between the quotes of another command two do; only single ones leave it to the inner one. */
function isRead(body: string, { within, quote }: Begun, ends: ReturnType<typeof endsAt>): boolean {
  if (within === undefined) return ends === "text";
  return within === "'" && quote !== "'" && !body.includes("'");
}

/** The quotes that are open at an offset of a line. */
function quoteBefore(line: string, end: number): Begun["within"] {
  let open: Begun["within"];
  for (let at = 0; at < end; at++) {
    const here = line[at];
    if (here === "\\" && open !== "'") at++;
    else if (here === open) open = undefined;
    else if (!open && (here === "'" || here === '"')) open = here;
  }
  return open;
}

/** Whether a text ends in a line: there alone, or with the quotes that it stands between. */
function endsAt(text: string, at: number, { word, tabs }: Begun): "text" | "quotes" | undefined {
  let start = at;
  while (tabs && text[start] === "\t") start++;
  if (!text.startsWith(word, start)) return undefined;
  const rest = text.slice(start + word.length, start + word.length + 2);
  return /^\r?(?:\n|$)/.test(rest) ? "text" : /^["']/.test(rest) ? "quotes" : undefined;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function unitOf(text: string, { raw, extent, path: name }: Printed): readonly HostedUnit[] {
  const path = writtenPath(text.slice(name.start, name.end));
  if (!path) return [];
  // What the shell puts in may be anything, so that nothing can be called missing.
  const isWhole = path.name !== undefined && raw.every((it) => it.certain);
  const own: UnitPath = isWhole ? path : { ...path, role: "drop-in" };
  return [{ path: own, name, extent, settings: [], open: !isWhole, sets: new Map(), sectionNames: false, raw }];
}

/** The unit of a path, whose name may be known to the shell alone. */
function writtenPath(path: string): UnitPath | undefined {
  const isKnown = !/[$`*?]/.test(pathParts(path).at(-1) ?? "");
  const found = unitPath(path.replace(/\$\{[^}]{0,200}\}|\$\w+/g, "x"));
  return found && (isKnown ? found : { ...found, name: undefined });
}
