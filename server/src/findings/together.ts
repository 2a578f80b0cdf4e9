import type { Span, TextEdit } from "../text/span.ts";

/** The edits of one fix, and the code of what it puts right. */
export interface CodedEdits {
  readonly code: string;
  readonly edits: readonly TextEdit[];
}

/** What one edit does to a stretch of the text, or all insertions do at one place. */
interface Placed extends Span {
  readonly code: string;
  makesSection: boolean;
  /** What is inserted by changes that move nothing. */
  readonly added: Set<string>;
}

/**
 * Those of some changes that can be made at once, earlier ones first: none touches another. Only at the beginning of a line
 * may changes of one rule touch, such as those that take lines out and put them into another section.
 */
export function together<Change extends CodedEdits>(text: string, changes: readonly Change[]): readonly Change[] {
  /** In the order of the text. */
  const taken: Placed[] = [];
  return changes.filter(({ code, edits }) => {
    const moves = !edits.every(isInsertion);
    const placed = edits.map(({ start, end, newText }) => {
      const added = new Set(moves ? [] : [newText]);
      return { start, end, code, makesSection: /^\[/m.test(newText), added };
    });
    if (!placed.every((it) => fits(text, taken, it))) return false;
    for (const it of placed) take(taken, it);
    return true;
  });
}

/** Insertions at one place become one, so that many are looked at once. */
function take(taken: Placed[], it: Placed): void {
  const place = placeFor(taken, it.start);
  for (let i = place - 1; isInsertion(it) && taken[i]?.start === it.start; i--) {
    const there = taken[i];
    if (!there || !isInsertion(there)) continue;
    there.makesSection ||= it.makesSection;
    for (const text of it.added) there.added.add(text);
    return;
  }
  taken.splice(place, 0, it);
}

/** Where what starts at an offset goes: after all that start there or before. */
function placeFor(taken: readonly Placed[], offset: number): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((taken[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is taken does not overlap, so that only its neighbours can be in the way. */
function fits(text: string, taken: readonly Placed[], it: Placed): boolean {
  const place = placeFor(taken, it.start);
  for (let i = place - 1; i >= 0; i--) {
    const before = taken[i];
    if (!before || before.end < it.start) break;
    if (!mayMeet(text, before, it)) return false;
  }
  for (let i = place; i < taken.length; i++) {
    const after = taken[i];
    if (!after || after.start > it.end) break;
    if (!mayMeet(text, it, after)) return false;
  }
  return true;
}

const isInsertion = ({ start, end }: Span): boolean => start === end;

/** Whether an edit may touch the one before it. */
function mayMeet(text: string, before: Placed, after: Placed): boolean {
  const at = after.start;
  if (before.code !== after.code || before.end > at || !/[\r\n\0]/.test(text.charAt(at - 1))) return false;
  if (!isInsertion(before)) return true;
  return isInsertion(after) && !addsTwice(before, after);
}

/** Whether two insertions would make the same section, or add the same lines where nothing is moved. */
const addsTwice = (before: Placed, after: Placed): boolean =>
  before.makesSection || after.makesSection || [...after.added].some((it) => before.added.has(it));
