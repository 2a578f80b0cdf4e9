import type { AssignedLine } from "../syntax/tree.ts";
import { memo } from "./memo.ts";

/** The lines of a directive, one array for as long as none of them is touched. */
type Lines = readonly AssignedLine[];

/** What was found on one of several lines. */
export interface OnLine<T> {
  /** Which of the lines. */
  readonly at: number;
  readonly found: T;
}

/** What is made of a list of lines so that an edit of one of them makes little again. */
interface Made {
  /** Its first lines, by how many these are at most. */
  readonly first: Map<number, Lines>;
  /** What functions of a line find on it. */
  readonly found: Map<(line: AssignedLine) => readonly unknown[], readonly OnLine<unknown>[]>;
}

const madeOf = memo((_: Lines): Made => ({ first: new Map(), found: new Map() }));

/** The first lines of a list; the same array as before an edit of a later one. */
export function firstLines(lines: Lines, most: number): Lines {
  if (lines.length <= most) return lines;
  const { first } = madeOf(lines);
  const known = first.get(most) ?? lines.slice(0, most);
  first.set(most, known);
  return known;
}

/**
 * What a function finds on each line of a list. After an edit of one line only that is asked again, and as long as nothing was
 * and is found there it is the very same array, so that what is made of it can hang on it.
 */
export function onLines<T>(find: (line: AssignedLine) => readonly T[]): (lines: Lines) => readonly OnLine<T>[] {
  return (lines) => {
    const { found } = madeOf(lines);
    const known = found.get(find) ?? foundOn(lines, find);
    found.set(find, known);
    return known as readonly OnLine<T>[];
  };
}

function foundOn<T>(lines: Lines, find: (line: AssignedLine) => readonly T[]): readonly OnLine<T>[] {
  const all: OnLine<T>[] = [];
  for (const [at, line] of lines.entries()) for (const found of find(line)) all.push({ at, found });
  return all;
}

/** The list with another line in the place of one, and with what is made of the others. */
export function withLine(lines: Lines, at: number, line: AssignedLine): Lines {
  const list = lines.with(at, line);
  const { first, found } = madeOf(lines);
  const made = madeOf(list);
  for (const [most, known] of first) made.first.set(most, at < most ? withLine(known, at, line) : known);
  for (const [find, known] of found) made.found.set(find, foundAgain(known, at, find(line)));
  return list;
}

function foundAgain(
  known: readonly OnLine<unknown>[],
  at: number,
  now: readonly unknown[],
): readonly OnLine<unknown>[] {
  const start = known.findIndex((it) => it.at >= at);
  const from = start < 0 ? known.length : start;
  let to = from;
  while (known[to]?.at === at) to++;
  if (from === to && now.length === 0) return known;
  return known.toSpliced(from, to - from, ...now.map((found) => ({ at, found })));
}
