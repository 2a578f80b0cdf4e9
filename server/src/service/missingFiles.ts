import type { ProgramFiles } from "../program/files.ts";
import type { Unit } from "../units/unit.ts";
import { foldersAbove } from "../values/path.ts";
import { hasOwnFiles } from "./effective.ts";
import { isPlainPath } from "./environmentFiles.ts";
import { textOf } from "./settings.ts";

/**
 * Whether a file is surely not there on the machine of a unit: the last folder above it that is there can be read. Of what is
 * made at boot, and where a condition asks for the file, nothing is said.
 */
export function isMissing(unit: Unit, files: ProgramFiles, path: string): boolean {
  if (!isPlainPath(path) || MADE_AT_BOOT.test(path) || hasOwnFiles(unit) || isAskedFor(unit, path)) return false;
  if (files.look(path)) return false;
  const above = [...foldersAbove(path)].sort((a, b) => b.length - a.length).find((it) => files.look(it));
  return above !== undefined && files.list(above).length > 0 && !files.list(above).includes(nextName(path, above));
}

/** The name in a folder that leads on to a path. */
const nextName = (path: string, above: string): string =>
  path.slice(above === "/" ? 1 : above.length + 1).replace(/\/.*$/s, "");

const MADE_AT_BOOT = /^\/(?:run|var\/run|tmp|var\/tmp|proc|sys|dev)\//;

const CONDITIONS = ["ConditionPathExists", "AssertPathExists", "ConditionFileNotEmpty"] as const;
const isAskedFor = (unit: Unit, path: string): boolean => CONDITIONS.some((it) => textOf(unit, it) === path);
