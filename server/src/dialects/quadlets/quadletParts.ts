import { isQuadletKind } from "../../facts/quadletKinds.ts";
import { isQuadletPath } from "../../families/checkedPath.ts";
import type { UnitFile } from "../../syntax/tree.ts";
import { memo } from "../../units/memo.ts";
import { readUnit } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";
import { nameOfPart, type QuadletPart, quadletParts, textsOfParts } from "./generator/parts.ts";

/** Of so many characters before them parts are judged: each is read with all that is before it in the file. */
const MOST_BEFORE = 4 << 20;

/** The first parts of a `.quadlets` file, as many as are judged: all of them but in a file of enormous length. */
export const judgedParts = memo((file: UnitFile): readonly QuadletPart[] => {
  let before = 0;
  return allParts(file).filter((it) => {
    before += it.start;
    return before <= MOST_BEFORE;
  });
});

/** All parts of such a file. */
export const allParts = memo(({ text }: UnitFile) => quadletParts(text));

/** The quadlets of a `.quadlets` file, each as a unit whose offsets are those of the file; undefined of any other file. */
export const unitsOfParts: (unit: Unit) => readonly Unit[] | undefined = memo((unit: Unit) => {
  const { path, file, version, podman } = unit;
  if (!isQuadletPath(path) || path.kind !== "quadlets" || path.role !== "unit") return undefined;
  const textOf = textsOfParts(file.text);
  const parts = judgedParts(file).flatMap((part, at) => {
    const kind = part.type?.extension ?? "";
    return isQuadletKind(kind) ? [{ name: nameIn(part, at), kind, text: textOf(part) }] : [];
  });
  const beside = new Map(parts.map((it) => [it.name, it.text]));
  return parts.map(({ name, kind, text }): Unit => {
    // Where nothing in the file is a placeholder, nobody looks for one in each part with all that is before it.
    const read = readUnit({ ...path, kind, name, ...(file.unmarked && { finished: true }) }, text, version);
    return { ...read, beside, ...(podman !== undefined && { podman }) };
  });
});

/** One without a name is judged all the same. */
const nameIn = (part: QuadletPart, at: number): string =>
  nameOfPart(part) ?? `part-${at + 1}.${part.type?.extension ?? ""}`;
