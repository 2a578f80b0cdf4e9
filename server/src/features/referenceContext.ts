import { contentsOf, type Mention } from "../units/index/contents.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import { unitMeantBy } from "../units/index/target.ts";
import type { IndexedFile, UnitIndex } from "../units/index/unitIndex.ts";
import { memo } from "../units/memo.ts";
import type { View } from "./view.ts";

/** The units as the reader of one document sees them. */
export interface ReferenceContext {
  readonly index: UnitIndex;
  /** The document's path in the index. */
  readonly path: string;
  /** The address of a path of the index. */
  readonly uriOf: (path: string) => string;
}

/** A name of a unit in a document, with the unit that it means there. */
export interface NamedUnit {
  readonly name: string;
  readonly mention: Mention;
}

/** The names of units in a document that mean one, in the order of the text. */
export function namedUnits(view: View, { path }: ReferenceContext): readonly NamedUnit[] {
  const owner = ownerOf(view, path);
  return mentionsOf(view.unit.file).flatMap((mention) => {
    const name = unitMeantBy(mention.written, owner);
    return name === undefined ? [] : [{ name, mention }];
  });
}

const mentionsOf = memo((file: View["unit"]["file"]) => contentsOf(file).mentions);

/** The name under the cursor; a cursor right after it still touches it. */
export function namedAt(view: View, offset: number, context: ReferenceContext): NamedUnit | undefined {
  return namedUnits(view, context).find(({ mention }) => mention.start <= offset && offset <= mention.end);
}

/** The unit that a document describes or extends; undefined for a drop-in of a whole kind. */
export const unitOfDocument = (view: View): string | undefined => view.unit.path.name;

/** The unit that a cursor stands for: that of the name under it, on the first line and on `[Unit]` that of the document. */
export function unitAt(view: View, offset: number, context: ReferenceContext): string | undefined {
  const named = namedAt(view, offset, context);
  if (named) return named.name;
  const header = view.unit.file.sections.find(({ header: { start, end } }) => start <= offset && offset <= end);
  return header?.name === "Unit" || view.lines.positionAt(offset).line === 0 ? unitOfDocument(view) : undefined;
}

/** What a file's own words are read for: its unit, or what the folder of a drop-in is named after. */
function ownerOf(view: View, path: string): string {
  const role = filePlaceOf(path)?.role;
  return role ? (role.kind === "unit" ? role.name : role.of) : (unitOfDocument(view) ?? "");
}

/** Where a name stands in a file of the index; the first line of a file that is a reference by being there. */
export function rangeOfMention(mention: Mention | undefined): {
  start: { line: number; character: number };
  end: { line: number; character: number };
} {
  if (!mention) return { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const { line, character, start, end } = mention;
  return { start: { line, character }, end: { line, character: character + end - start } };
}

/** The `Description=` of a unit by its files, fragment first. */
export const descriptionIn = (files: readonly IndexedFile[]): string | undefined =>
  files.findLast((it) => it.settings.Description)?.settings.Description;
