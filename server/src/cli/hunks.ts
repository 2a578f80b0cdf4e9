import { type ChangeObject, diffArrays, type StructuredPatchHunk } from "diff";
import { append } from "../text/append.ts";

type Change = Pick<ChangeObject<readonly string[]>, "value" | "added" | "removed">;

/** So many lines that nothing changes stand around what is changed. */
const CONTEXT = 3;

/** Comparing takes the square of this; longer changes are compared between the lines that stand once in both texts. */
const FEW_CHANGED_LINES = 300;

/** The same for what is between two of these; more becomes the old lines and the new ones. */
const MOST_CHANGED_LINES = 1000;

const NO_END = "\\ No newline at end of file";

/** What makes one text of another, in the hunks of a unified diff. */
export function hunksOf(before: string, after: string): readonly StructuredPatchHunk[] {
  const lines = changesOf(linesOf(before), linesOf(after)).flatMap(markedLines);
  const starts = startsOf(lines);
  return groupsOf(lines).map(([from, to]) => {
    const [old, made] = [starts[from] ?? NOWHERE, starts[to] ?? NOWHERE];
    return {
      oldStart: old.before + 1,
      oldLines: made.before - old.before,
      newStart: old.after + 1,
      newLines: made.after - old.after,
      lines: lines.slice(from, to).flatMap((it) => (it.endsWith("\n") ? [it.slice(0, -1)] : [it, NO_END])),
    };
  });
}

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function changesOf(before: readonly string[], after: readonly string[]): readonly Change[] {
  const few = diffArrays([...before], [...after], { maxEditLength: FEW_CHANGED_LINES });
  if (few) return few;
  const changes: Change[] = [];
  let [old, made] = [0, 0];
  for (const [oldEnd, madeEnd] of [...sharedPlaces(before, after), [before.length, after.length] as const]) {
    append(changes, partChanges(before.slice(old, oldEnd), after.slice(made, madeEnd)));
    [old, made] = [oldEnd, madeEnd];
  }
  return changes;
}

function partChanges(before: string[], after: string[]): readonly Change[] {
  const found = diffArrays(before, after, { maxEditLength: MOST_CHANGED_LINES });
  if (found) return found;
  return [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
}

/** Where lines stand that both texts have once and in the same order. */
function sharedPlaces(
  before: readonly string[],
  after: readonly string[],
): readonly (readonly [old: number, made: number])[] {
  const places = placesOfSingles(after);
  let last = -1;
  return [...placesOfSingles(before)].flatMap(([line, old]) => {
    const made = places.get(line) ?? -1;
    if (made <= last) return [];
    last = made;
    return [[old, made] as const];
  });
}

function placesOfSingles(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (places.has(line)) repeated.add(line);
    else places.set(line, at);
  }
  for (const it of repeated) places.delete(it);
  return places;
}

function markedLines({ value, added, removed }: Change): readonly string[] {
  const mark = added ? "+" : removed ? "-" : " ";
  return value.map((it) => mark + it);
}

interface Start {
  readonly before: number;
  readonly after: number;
}

const NOWHERE: Start = { before: 0, after: 0 };

/** How many lines of both texts stand before each line of a diff, and in it. */
function startsOf(lines: readonly string[]): readonly Start[] {
  let [before, after] = [0, 0];
  const starts = [NOWHERE];
  for (const it of lines) {
    if (!it.startsWith("+")) before++;
    if (!it.startsWith("-")) after++;
    starts.push({ before, after });
  }
  return starts;
}

/** From where to where each hunk reaches. */
function groupsOf(lines: readonly string[]): readonly (readonly [from: number, to: number])[] {
  const groups: [from: number, to: number][] = [];
  for (const [at, line] of lines.entries()) {
    if (line.startsWith(" ")) continue;
    const [from, to] = [Math.max(0, at - CONTEXT), Math.min(lines.length, at + 1 + CONTEXT)];
    const last = groups.at(-1);
    if (last && from <= last[1]) last[1] = to;
    else groups.push([from, to]);
  }
  return groups;
}
