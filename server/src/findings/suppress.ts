import { isStatementVerb } from "../needs/statements.ts";
import type { LogicalLine, UnitFile } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { memo } from "../units/memo.ts";
import { ownComments } from "../units/ownComments.ts";
import { meantBy, patternsOf } from "./pattern.ts";

/** A word of a comment that names a code or a family. */
export interface NamedCode extends Span {
  readonly pattern: string;
}

/** A comment for Unit Warden, such as `# unit-warden: ignore value/path -- the package brings it`. */
export interface Suppression extends Span {
  /** What it asks for: to silence findings of the line below, of the whole file, or something that we do not know. */
  readonly verb: "ignore" | "ignore-file" | "unknown";
  /** Where that stands. */
  readonly verbSpan: Span;
  readonly codes: readonly NamedCode[];
  /** The logical line that it is about: the next one, or the one that it stands in; none at the end of a file. */
  readonly target: LogicalLine | undefined;
  /** Whether it stands at the top, before everything that is no comment. */
  readonly onTop: boolean;
}

/** What the comments of a file silence. */
export interface Suppressions {
  readonly all: readonly Suppression[];
  /** The ones for the whole file, where they count. */
  readonly ofFile: readonly Suppression[];
  /** The ones for single lines, by the start of the line. */
  readonly byLine: ReadonlyMap<number, readonly Suppression[]>;
  /** The same by what they name: for the whole file, and for single lines by the start of the line. */
  readonly silencing: { readonly file: Silencers; readonly byLine: ReadonlyMap<number, Silencers> };
}

/** All words of comments about one line, or about the file, that name the same code or family. */
export interface Silencer {
  readonly words: readonly NamedCode[];
}

type Silencers = ReadonlyMap<string, Silencer>;

/** The comments of a file that are for us; undefined for the many files that have none. */
export const suppressions = memo((file: UnitFile): Suppressions | undefined => {
  const all = readAll(file);
  if (all.length === 0) return undefined;
  const byLine = new Map<number, Suppression[]>();
  for (const it of all) {
    if (it.verb !== "ignore" || !it.target) continue;
    const list = byLine.get(it.target.start);
    if (list) list.push(it);
    else byLine.set(it.target.start, [it]);
  }
  const ofFile = all.filter((it) => it.verb === "ignore-file" && it.onTop);
  const silencing = {
    file: silencersIn(ofFile),
    byLine: new Map([...byLine].map(([line, comments]) => [line, silencersIn(comments)])),
  };
  return { all, ofFile, byLine, silencing };
});

function silencersIn(comments: readonly Suppression[]): Silencers {
  const found = new Map<string, { words: NamedCode[] }>();
  for (const { codes } of comments)
    for (const word of codes) {
      const known = found.get(meantBy(word.pattern));
      if (known) known.words.push(word);
      else found.set(meantBy(word.pattern), { words: [word] });
    }
  return found;
}

/**
 * What in comments silences a finding of a code at an offset: of the file, or above the line. Hardening advice is about the
 * service, wherever a weak value stands: it is silenced above the header of the section too.
 */
export function silencers(file: UnitFile, code: string, offset: number): readonly Silencer[] {
  const comments = suppressions(file);
  if (!comments) return [];
  const { silencing } = comments;
  const found: Silencer[] = [];
  const collect = (candidates: Silencers | undefined): void => {
    for (const it of candidates ? patternsOf(code) : []) {
      const silencer = candidates?.get(it);
      if (silencer) found.push(silencer);
    }
  };
  const line = lineAt(file, offset);
  collect(silencing.file);
  if (line) collect(silencing.byLine.get(line.start));
  const header = code.startsWith("hardening/") ? file.sections[lastUpTo(file.sections, offset)] : undefined;
  if (header && header.start !== line?.start) collect(silencing.byLine.get(header.start));
  return found;
}

/**
 * The logical line that an offset belongs to: the one that it lies in, its end and the comments inside it included, or
 * the next one below where it lies in a blank line or a comment, such as the start of a file.
 */
export function lineAt(file: UnitFile, offset: number): LogicalLine | undefined {
  const lines = linesOf(file);
  const at = lastUpTo(lines, offset);
  const before = lines[at];
  return before && offset <= before.end ? before : lines[at + 1];
}

const linesOf = memo(({ nodes }: UnitFile): readonly LogicalLine[] => nodes.filter((it) => it.kind !== "comment"));

/** Which one is the last that begins at an offset or before; -1 where none does. */
function lastUpTo(sorted: readonly Span[], offset: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function readAll(file: UnitFile): Suppression[] {
  return ownComments(file).flatMap(({ start, end, verb, verbSpan, named, target, onTop }) => {
    if (isStatementVerb(verb)) return [];
    const codes = [...named.text.matchAll(/[^\s,]+/g)].map(({ 0: pattern, index }) => {
      const from = named.start + index;
      return { pattern, start: from, end: from + pattern.length };
    });
    const known = verb === "ignore" || verb === "ignore-file" ? verb : "unknown";
    return [{ start, end, verb: known, verbSpan, codes, target, onTop }];
  });
}
