import { addNames } from "./byDirective.ts";
import { memo } from "./memo.ts";
import { askedOf, type Unit } from "./unit.ts";

/** Whether a unit or a drop-in of it has a line for a directive, in whichever section: for most that are asked for it has none. */
export const hasLine = (unit: Unit, name: string): boolean => namesOf(unit).has(name);

const namesOf = memo((unit: Unit): ReadonlySet<string> => {
  // Versions that one unit stands for have the same names.
  const { file, dropIns } = askedOf(unit)?.version ?? unit;
  const names = new Set<string>();
  for (const { sections } of [file, ...dropIns]) for (const it of sections) addNames(it, names);
  return names;
});
