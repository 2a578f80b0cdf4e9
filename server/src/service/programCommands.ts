import type { ProgramCommand } from "../program/command.ts";
import type { ProgramFiles } from "../program/files.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import type { Unit } from "../units/unit.ts";
import { hasEmptyRoot, hasOtherRoot, hasOwnFiles } from "./effective.ts";
import { setVariables } from "./environmentFiles.ts";
import type { Program } from "./program.ts";
import { textOf } from "./settings.ts";

/** Commands of a service as its machine runs them: specifiers written out, with its variables and its folder; the paths of some may stay open. */
export function programCommands(
  unit: Unit,
  programs: readonly Program[],
  files: ProgramFiles,
): readonly ProgramCommand[] {
  const environment = Object.fromEntries(setVariables(unit, files));
  const folder = expanded(unit, textOf(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "/");
  return programs.map(
    ({ path, args, names }): ProgramCommand => ({
      path: expanded(unit, path),
      args: args.map((it) => expanded(unit, it)),
      environment,
      names,
      ...(isWrittenOut(folder) ? { folder } : {}),
    }),
  );
}

/** Whether its programs may be others than those of the machine under the same paths; an empty root has them bound in. */
export const hasForeignPrograms = (unit: Unit): boolean =>
  hasOtherRoot(unit) || (hasOwnFiles(unit) && !hasEmptyRoot(unit));

/** A text with what its specifiers give, as far as the unit shows it. */
const expanded = (unit: Unit, text: string): string => expandSpecifiers(unit, text) ?? text;

/** Whether a path is absolute and no variable or specifier leaves it open. */
export const isWrittenOut = (path: string): boolean => /^\/[^%$]*$/.test(path);
