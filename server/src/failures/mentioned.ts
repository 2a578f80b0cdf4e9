import type { Unit } from "../units/unit.ts";
import { type CausingSetting, POSSIBLE } from "./cause.ts";
import { type Evidence, pathsIn } from "./evidence.ts";
import { hidersOf } from "./hidden.ts";
import { withoutStamp } from "./logLines.ts";
import { readOnlyOver } from "./readOnly.ts";

/** More paths than the last words of a program name. */
const MAX_PATHS = 50;

/** The program that speaks, in front of what it says. */
const SPEAKER = /^\/[^\s:]+:\s/;

/** Where a runtime stood in its own code when it failed. */
const TRACE = /^\s*(?:File "[^"]*", line \d+|at .*:\d+:\d+\)?$)/;

/** Where no line says what went wrong: what the sandbox does to the paths that the program spoke of, the last ones first. */
export function* mentionedCauses(unit: Unit, { text, statuses, signals, results }: Evidence): Iterable<CausingSetting> {
  if ([statuses, signals, results].every((it) => it.length === 0) && !text.includes("\n")) return;
  const lines = text.split("\n").map(withoutStamp);
  const paths = lines.flatMap((line) => (TRACE.test(line) ? [] : pathsIn(line.replace(SPEAKER, ""))));
  for (const path of [...new Set(paths.toReversed())].slice(0, MAX_PATHS)) {
    for (const found of [...readOnlyOver(unit, path), ...hidersOf(unit, path)])
      yield { ...found, weight: POSSIBLE, reason: `${found.reason}, and the program mentioned it` };
  }
}
