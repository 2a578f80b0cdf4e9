import { SPECIFIERS } from "../facts/specifiers.ts";
import { unitKindOf, unitNameIn } from "../families/checkedPath.ts";
import { specifiersOf } from "../syntax/specifiers.ts";
import { absolutePath } from "../values/path.ts";
import { resolveSpecifiers } from "../values/resolve.ts";
import { isTestInstance, type UnitName } from "../values/unitName.ts";
import type { Unit } from "./unit.ts";
import { unitNameOf } from "./where.ts";

/**
 * A text with what its specifiers give; what only the machine or the instance knows stays as it is written. Undefined where
 * one is unknown.
 */
export function expandSpecifiers(unit: Unit, text: string): string | undefined {
  if (!text.includes("%")) return text;
  let kept = "";
  let at = 0;
  for (const { letter, from, to } of specifiersOf(text)) {
    kept += `${text.slice(at, from)}${SPECIFIERS.get(letter)?.from === "machine" ? `%%${letter}` : text.slice(from, to)}`;
    at = to;
  }
  return resolveSpecifiers(kept + text.slice(at), expandedName(unit), unit.path.scope, unit.version);
}

/** An absolute path that a unit writes out, as systemd reads it; undefined where it is none. */
export function expandPath(unit: Unit, text: string): string | undefined {
  const path = expandSpecifiers(unit, text);
  return path === undefined ? undefined : absolutePath(path);
}

/** The name of the unit; of a template, with `%i` instead of its instance. */
function expandedName(unit: Unit): UnitName {
  const name = unitNameOf(unitNameIn(unit.path), unitKindOf(unit.path));
  if (!isTestInstance(name)) return name;
  const stem = `${name.prefix}@%i`;
  return { ...name, instance: "%i", stem, full: `${stem}.${name.kind}` };
}

/** The name that systemd knows the unit by, such as in /run/credentials. */
export const fullName = (unit: Unit): string => expandedName(unit).full;
