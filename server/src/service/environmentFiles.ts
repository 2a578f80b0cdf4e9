import { type FileVariable, readEnvironmentFile } from "../program/environmentFile.ts";
import type { ProgramFiles } from "../program/files.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { Unit } from "../units/unit.ts";
import { valuesOf, words } from "./settings.ts";

/** An environment file of a unit whose text is at hand. */
export interface EnvironmentFile {
  /** As EnvironmentFile= has it, with the `-`. */
  readonly word: string;
  readonly path: string;
  readonly variables: readonly FileVariable[];
}

/** The files that can be read for a unit: those of its machine, or of the tree that it lies in. */
export const readableFiles = ({ defaults }: Unit): ProgramFiles | undefined => defaults?.files ?? defaults?.tree;

/** The environment files of a unit that can be read; patterns and specifiers are left out. */
export const environmentFiles = (unit: Unit, files: ProgramFiles): readonly EnvironmentFile[] =>
  valuesOf(unit, "EnvironmentFile").flatMap((word) => {
    const path = word.replace(/^-/, "");
    const bytes = isPlainPath(path) ? files.read(path, 0, MAX_ENVIRONMENT) : undefined;
    return bytes ? [{ word, path, variables: readEnvironmentFile(decodeUtf8(bytes)) }] : [];
  });

/** Whether a path stands for one file. */
export const isPlainPath = (path: string): boolean => /^\/[^%*?[]*$/.test(path);

/** More than anyone gives a service by a file. */
const MAX_ENVIRONMENT = 100_000;

/** The variables that a unit and its files at hand set, the files last, as systemd reads them. */
export function setVariables(unit: Unit, files: ProgramFiles | undefined): ReadonlyMap<string, string> {
  const own = words(unit, "Environment").flatMap((it) => {
    const [, name, value = ""] = /^(\w+)=(.*)$/s.exec(it) ?? [];
    return name === undefined ? [] : [[name, value] as const];
  });
  const read = files ? environmentFiles(unit, files).flatMap((it) => it.variables) : [];
  return new Map([
    ...own,
    ...read.filter(({ name }) => /^[A-Za-z_]\w*$/.test(name)).map((it) => [it.name, it.value] as const),
  ]);
}
