import type { PositionMap } from "../text/positionMap.ts";
import { type CheckedFamily, checkedFamilyOf } from "./checkedFamily.ts";
import type { CheckedPath } from "./checkedPath.ts";

/** A file as it is judged: a text, its family, and where the text stands in what the reader edits. */
export interface FamilyDocument {
  readonly family: CheckedFamily;
  readonly path: CheckedPath;
  /** What the family's parser reads. */
  readonly text: string;
  /** What the reader edits, and how the text maps to it; missing where both are the same. */
  readonly source?: { readonly text: string; readonly positions: PositionMap };
}

/** A file or drop-in that is judged just as it is edited. */
export const unitDocument = (path: CheckedPath, text: string): FamilyDocument => ({
  family: checkedFamilyOf(path),
  path,
  text,
});
