import { type DirectiveName, directive, grammarIn } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { sectionFor } from "../service/settings.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, POSSIBLE } from "./cause.ts";
import { changeTo, fixes, removeLine } from "./fixes.ts";

/** The settings of a step that the unit sets: the step failed, and it is unknown which one. */
export function* settingsOfStep(unit: Unit, names: readonly DirectiveName[]): Iterable<CausingSetting> {
  const set = names.flatMap((name, i) => {
    const line = linesToBlame(unit, name).at(-1);
    return line ? [{ name, line, main: i === 0 }] : [];
  });
  for (const { name, line, main } of set) {
    const weight = set.length === 1 || main ? LIKELY : POSSIBLE;
    yield cause(unit, name, weight, `${name}= belongs to the step that failed`, fixes(wayOut(unit, name, line)), line);
  }
}

/** Settings whose value may fail with a `-` before it. */
const OPTIONAL = new Set<DirectiveName>(["SELinuxContext", "AppArmorProfile", "SmackProcessLabel"]);

/** The value that leaves the step out. */
function wayOut(unit: Unit, name: DirectiveName, line: Assignment): Fix | undefined {
  if (OPTIONAL.has(name)) return line.text.startsWith("-") ? undefined : changeTo(unit, line, `-${line.text}`);
  if (name === "KeyringMode") return changeTo(unit, line, "inherit");
  const row = directive(sectionFor(unit, name), name);
  const type = row && grammarIn(row, unit.version);
  if (type?.kind === "enumeration" && /^(?:yes|true|on|1)$/i.test(line.text)) return changeTo(unit, line, "no");
  return KEPT.test(name) ? undefined : removeLine(unit, line);
}

/** What a unit is made of, and what protects it most: no one wants to hear that it could go. */
const KEPT = /^(?:Exec|User|DynamicUser|\w+Directory$|Type$|Restart)/;
