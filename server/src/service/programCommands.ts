import type { ProgramCommand } from "../program/command.ts";
import type { ProgramFiles } from "../program/files.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import type { Unit } from "../units/unit.ts";
import { hasEmptyRoot, hasOtherRoot, hasOwnFiles } from "./effective.ts";
import type { Program } from "./program.ts";
import { textOf, words } from "./settings.ts";

/** Commands of a service as its machine runs them: specifiers written out, with its variables and its folder; the paths of some may stay open. */
export function programCommands(
  unit: Unit,
  programs: readonly Program[],
  files: ProgramFiles,
): readonly ProgramCommand[] {
  const environment = environmentOf(unit, files);
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

/** A text with what its specifiers give, as far as the unit tells it. */
const expanded = (unit: Unit, text: string): string => expandSpecifiers(unit, text) ?? text;

/** Whether a path is absolute and no variable or specifier leaves it open. */
export const isWrittenOut = (path: string): boolean => /^\/[^%$]*$/.test(path);

/** The variables of a service, those of files last, as systemd reads them. */
function environmentOf(unit: Unit, files: ProgramFiles): ProgramCommand["environment"] {
  const pairs = words(unit, "Environment").flatMap((it) => {
    const [, name, value = ""] = /^(\w+)=(.*)$/s.exec(it) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
  const fromFiles = words(unit, "EnvironmentFile").flatMap((it) => {
    const path = it.replace(/^-/, "");
    const bytes = /^\/[^%*?[]*$/.test(path) ? files.read(path, 0, MAX_ENVIRONMENT) : undefined;
    const lines = bytes ? decodeUtf8(bytes).matchAll(/^[ \t]{0,9}([A-Za-z_]\w{0,99})=[ \t]{0,9}(.*)$/gm) : [];
    return [...lines].map(([, name = "", value = ""]) => [name, unquoted(value.trim())] as const);
  });
  return Object.fromEntries([...pairs, ...fromFiles]);
}

/** More than anyone gives a service by a file. */
const MAX_ENVIRONMENT = 100_000;

/** A value without the quotes around it. */
const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
