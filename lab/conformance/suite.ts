import { readFileSync } from "node:fs";
import type { SystemdVersion } from "../../server/src/facts/version.ts";
import { effective } from "../../server/src/security/effective.ts";
import type { Node, UnitFile } from "../../server/src/syntax/tree.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** The versions that the corpus has the verdicts of. */
export const VERDICTS: readonly SystemdVersion[] = [247, 252, 254, 257, 262];

/** The versions that the corpus has the exposures of; older ones read no file of a service that is not loaded. */
export const EXPOSURES: readonly SystemdVersion[] = [252, 254, 257, 262];

/** What one comparison with systemd's answers found. */
export interface Outcome {
  readonly agree: number;
  readonly total: number;
  /** What to print instead of the two numbers. */
  readonly summary?: string;
  /** What else there is to know, a line each. */
  readonly details?: readonly string[];
  /** One line for each case that differs: its name, what systemd says, what we say. */
  readonly differences: readonly string[];
}

/** Where the answers are not there, nothing is compared. */
export const NOTHING: Outcome = { agree: 0, total: 0, summary: "skipped: the answers are not there", differences: [] };

/** One comparison with a part of the corpus, for one systemd version. */
export interface Suite {
  readonly name: string;
  /** The versions that it is about; the two that all answers are there of where missing. */
  readonly versions?: readonly SystemdVersion[];
  /** Compares with the answers below the corpus folder. */
  run(corpus: string, version: SystemdVersion): Outcome | Promise<Outcome>;
}

/** Reads a file of one JSON value a line. */
export function jsonLines<T>(path: string): T[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

/** The line that systemd would name in a message about this offset: of a continued line, the last one. */
export function systemdLine(file: UnitFile, offset: number): number {
  const node = file.nodes.find(
    (it): it is Exclude<Node, { kind: "comment" }> => it.kind !== "comment" && it.start <= offset && offset <= it.end,
  );
  return (node?.lastLine ?? -1) + 1;
}

/** The code of our finding about a unit that systemd refuses although all its lines are right. */
export function refusalCode(unit: Unit): string | undefined {
  const { refusal } = effective(unit);
  return refusal && !refusal.node ? `unit/${refusal.code}` : undefined;
}
