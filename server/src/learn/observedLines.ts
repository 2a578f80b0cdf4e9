import type { DirectiveName } from "../catalog/catalog.ts";
import { COMMAND_SETTINGS } from "../service/program.ts";
import { inForce } from "../service/settings.ts";
import { splitWords } from "../syntax/words.ts";
import type { Unit } from "../units/unit.ts";
import { hash, unitDigest } from "./unitDigest.ts";

/**
 * The lines of a unit that decide what its service needs, as it was observed: a digest of each directive, or one of them all in what
 * older versions wrote. They tell changes apart, and resist no attack.
 */
export type ObservedLines = Readonly<Record<string, string>> | string;

/** Settings of what runs and as whom of which the last line counts. */
const SINGLE: readonly DirectiveName[] = ["User", "Group", "DynamicUser", "PAMName", "WorkingDirectory"];

/** What runs, as whom, with what variables, files and credentials. */
const DECIDING: readonly DirectiveName[] = [
  ...COMMAND_SETTINGS,
  ...SINGLE,
  ...(["SupplementaryGroups", "Environment", "EnvironmentFile", "PassEnvironment", "UnsetEnvironment"] as const),
  ...(["LoadCredential", "LoadCredentialEncrypted", "SetCredential", "SetCredentialEncrypted"] as const),
  ...(["ImportCredential", "OpenFile", "Sockets"] as const),
];

/** Digests of the deciding lines, by directive, in one order. Neither blanks, quotes, comments and continued lines nor the sandbox count. */
export function observedLines(unit: Unit): Readonly<Record<string, string>> {
  return Object.fromEntries(
    DECIDING.flatMap((it) => {
      const all = inForce(unit, it).map(({ text }) => plainLine(it, text));
      const lines = SINGLE.includes(it) ? all.slice(-1) : all;
      return lines.length > 0 ? [[it, hash(lines.join("\n"))]] : [];
    }),
  );
}

/** The words of a line; of a command without the sign that only keeps its failure from counting. */
function plainLine(key: DirectiveName, text: string): string {
  const command = key.startsWith("Exec") ? text.replace(/^[@:+!|-]+/, (it) => it.replaceAll("-", "")) : text;
  if (key === "DynamicUser") return String(/^(?:1|y|yes|t|true|on)$/i.test(text.trim()));
  const { words, error } = splitWords(command, "quotes");
  return error ? command : words.map((it) => it.value).join("\0");
}

/** The directives whose lines are no more those that were observed; `undefined` where only the digest of all is another one. */
export function changedLines(
  observed: ObservedLines,
  unit: Unit,
  without: ReadonlySet<string> = new Set(),
): readonly (DirectiveName | undefined)[] {
  if (typeof observed === "string")
    return [unitDigest(unit), unitDigest(unit, without)].includes(observed) ? [] : [undefined];
  const now = observedLines(unit);
  return DECIDING.filter((it) => observed[it] !== now[it] && !(without.has(it) && observed[it] === undefined));
}

/** Whether two records are of the same lines. */
export const sameLines = (a: ObservedLines, b: ObservedLines): boolean =>
  typeof a === "string" || typeof b === "string" ? a === b : DECIDING.every((it) => a[it] === b[it]);
