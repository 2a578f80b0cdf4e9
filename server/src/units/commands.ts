import { type CommandLine, parseExec } from "../syntax/exec.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Unit } from "./unit.ts";

const LINES = new WeakMap<Unit, Map<Assignment, CommandLine>>();

/** The commands of an Exec*= assignment of a unit or of its drop-ins, split once for all who ask. */
export function commandLineOf(unit: Unit, node: Assignment): CommandLine {
  let lines = LINES.get(unit);
  if (!lines) {
    lines = new Map();
    LINES.set(unit, lines);
  }
  const known = lines.get(node);
  if (known) return known;
  const line = parseExec(node.value.text);
  lines.set(node, line);
  return line;
}
