import type { PositionMap } from "../text/positionMap.ts";
import type { Family } from "./family.ts";
import type { UnitPath } from "./unitFiles/unitPath.ts";
import { UNIT_FAMILY } from "./unitFiles.ts";

/** A file as it is judged: a text, its family, and where the text stands in what the reader edits. */
export interface FamilyDocument<Path extends { readonly kind: string } = UnitPath> {
  readonly family: Family<Path>;
  readonly path: Path;
  /** What the family's parser reads. */
  readonly text: string;
  /** What the reader edits, and how the text maps to it; missing where both are the same. */
  readonly source?: { readonly text: string; readonly positions: PositionMap };
}

/** A unit file or drop-in that is judged just as it is edited. */
export const unitDocument = (path: UnitPath, text: string): FamilyDocument => ({ family: UNIT_FAMILY, path, text });
