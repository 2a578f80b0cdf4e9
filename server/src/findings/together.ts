import type { TextEdit } from "../text/span.ts";

/** The edits of one fix, and the code of what it puts right. */
export interface CodedEdits {
  readonly code: string;
  readonly edits: readonly TextEdit[];
}

interface Placed {
  readonly edit: TextEdit;
  readonly of: CodedEdits;
}

/**
 * Those of some changes that can be made at once, earlier ones first: none touches another. Only at the beginning of a line
 * may changes of one rule touch, such as those that take lines out and put them into another section.
 */
export function together<Change extends CodedEdits>(text: string, changes: readonly Change[]): readonly Change[] {
  /** In the order of the text. */
  const taken: Placed[] = [];
  return changes.filter((change) => {
    const placed = change.edits.map((edit) => ({ edit, of: change }));
    if (!placed.every((it) => fits(text, taken, it))) return false;
    for (const it of placed) taken.splice(placeFor(taken, it.edit.start), 0, it);
    return true;
  });
}

/** Where what starts at an offset goes: after all that start there or before. */
function placeFor(taken: readonly Placed[], offset: number): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((taken[middle]?.edit.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is taken does not overlap, so that only its neighbours can be in the way. */
function fits(text: string, taken: readonly Placed[], it: Placed): boolean {
  const place = placeFor(taken, it.edit.start);
  for (let i = place - 1; i >= 0; i--) {
    const before = taken[i];
    if (!before || before.edit.end < it.edit.start) break;
    if (!mayMeet(text, before, it)) return false;
  }
  for (let i = place; i < taken.length; i++) {
    const after = taken[i];
    if (!after || after.edit.start > it.edit.end) break;
    if (!mayMeet(text, it, after)) return false;
  }
  return true;
}

const isInsertion = ({ start, end }: TextEdit): boolean => start === end;

/** Whether an edit may touch the one before it. */
function mayMeet(text: string, before: Placed, after: Placed): boolean {
  const at = after.edit.start;
  if (before.of.code !== after.of.code || before.edit.end > at || !/[\r\n\0]/.test(text.charAt(at - 1))) return false;
  if (!isInsertion(before.edit)) return true;
  return isInsertion(after.edit) && !addsTwice(before, after);
}

/** Whether two insertions would make the same section, or add the same lines where nothing is moved. */
function addsTwice(before: Placed, after: Placed): boolean {
  const adds = ({ of }: Placed): boolean => of.edits.every(isInsertion);
  const makesSection = ({ edit }: Placed): boolean => /^\[/m.test(edit.newText);
  if (makesSection(before) || makesSection(after)) return true;
  return before.edit.newText === after.edit.newText && adds(before) && adds(after);
}
