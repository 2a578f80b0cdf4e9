import type { UnitFile } from "../../syntax/tree.ts";
import { largest } from "../../text/extremes.ts";
import { memo } from "../memo.ts";
import type { Unit } from "../unit.ts";
import { isTemplate } from "./isTemplate.ts";

/**
 * Units that may come of a template, the one that counts where one has to first: with other values for placeholders, other
 * branches and without what may be missing. What holds for all of them holds whatever is filled in. None of a finished unit.
 */
export const variantsOf: (unit: Unit) => readonly Unit[] = memo((unit: Unit) => {
  if (!isTemplate(unit)) return [];
  const files = [unit.file, ...unit.dropIns, ...(unit.main ? [unit.main.unit.file, ...unit.main.unit.dropIns] : [])];
  const count = isLongTemplate(unit) ? 1 : largest(files.map((it) => it.template?.variants ?? 1));
  return Array.from({ length: count }, (_, number) => variantOf(unit, number));
});

/**
 * Whether a template is longer than any that a person writes: of it one unit is made, and only what is wrong with a line alone
 * is said, as each further one costs as much again.
 */
export const isLongTemplate = ({ file }: Unit): boolean =>
  file.template !== undefined && file.text.length > MOST_CHARACTERS;

/** More than twice as many as the longest unit of a distribution has (`longFile.ts`). */
const MOST_CHARACTERS = 1 << 18;

function variantOf(unit: Unit, number: number): Unit {
  const { file, dropIns, judged, main } = unit;
  const memory = unit.memory.within(`variant ${number}`);
  return {
    ...unit,
    file: fileOf(file, number),
    dropIns: dropIns.map((it) => fileOf(it, number)),
    ...(judged && { judged: fileOf(judged, number) }),
    ...(main && { main: { ...main, unit: variantOf(main.unit, number) } }),
    memory,
  };
}

const fileOf = (file: UnitFile, number: number): UnitFile => file.template?.variant(number) ?? file;
