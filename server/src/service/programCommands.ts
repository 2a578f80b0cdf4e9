import { PROGRAM_FOLDERS } from "../facts/programFolders.ts";
import type { ProgramCommand } from "../program/command.ts";
import type { ProgramFile, ProgramFiles } from "../program/files.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import type { Unit } from "../units/unit.ts";
import { hasEmptyRoot, hasOtherRoot, hasOwnFiles } from "./effective.ts";
import { setVariables } from "./environmentFiles.ts";
import type { Program } from "./program.ts";
import { textOf, valuesOf } from "./settings.ts";

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
      path: executablePath(unit, path, files),
      args: args.map((it) => expanded(unit, it)),
      environment,
      names,
      ...(isWrittenOut(folder) ? { folder } : {}),
    }),
  );
}

/**
 * Where systemd finds a program as a command names it. A name is looked for in the folders of ExecSearchPath=, or in those of the
 * manager where that is empty; where none has it, in the last of them.
 */
export function executablePath(unit: Unit, written: string, files: ProgramFiles): string {
  const name = expanded(unit, written);
  if (!isName(name)) return name;
  const places = searchFolders(unit).map((it) => `${it}/${name}`);
  return places.find((it) => isExecutable(files.look(it))) ?? places.at(-1) ?? name;
}

function searchFolders(unit: Unit): readonly string[] {
  const own = valuesOf(unit, "ExecSearchPath").flatMap((it) => it.split(":"));
  return own.length > 0 ? own.map((it) => expanded(unit, it)) : PROGRAM_FOLDERS;
}

/** Whether it is the name of a program that systemd looks for, which no variable or specifier leaves open. */
const isName = (text: string): boolean => /^[^/%$]+$/.test(text);

const isExecutable = (file: ProgramFile | undefined): boolean => file?.kind === "file" && (file.mode & 0o111) !== 0;

/** Whether its programs may be others than those of the machine under the same paths; an empty root has them bound in. */
export const hasForeignPrograms = (unit: Unit): boolean =>
  hasOtherRoot(unit) || (hasOwnFiles(unit) && !hasEmptyRoot(unit));

/** A text with what its specifiers give, as far as the unit shows it. */
const expanded = (unit: Unit, text: string): string => expandSpecifiers(unit, text) ?? text;

/** Whether a path is absolute and no variable or specifier leaves it open. */
export const isWrittenOut = (path: string): boolean => /^\/[^%$]*$/.test(path);
