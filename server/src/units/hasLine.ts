import type { UnitFile } from "../syntax/tree.ts";
import { addNames } from "./byDirective.ts";
import { memo } from "./memo.ts";
import { type Unit, versionsOf } from "./unit.ts";

/** Whether a unit or a drop-in of it has a line for a directive, in whichever section: for most that are asked for it has none. */
export const hasLine = (unit: Unit, name: string): boolean => namesOf(unit).has(name);

const namesOf = memo((unit: Unit): ReadonlySet<string> => {
  // Versions that one unit stands for have the same names.
  const { file, dropIns } = versionsOf(unit)?.version ?? unit;
  if (dropIns.length === 0) return namesInFile(file);
  return new Set([file, ...dropIns].flatMap((it) => [...namesInFile(it)]));
});

const namesInFile = memo(({ sections }: UnitFile): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const it of sections) addNames(it, names);
  return names;
});
