import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { type Splitting, splitWords } from "../../syntax/words.ts";
import type { Wording } from "../../values/grammar.ts";
import { resolveSpecifiers } from "../../values/resolve.ts";
import type { UnitName } from "../../values/unitName.ts";
import type { UnitSettings } from "../settings.ts";

/** What an assignment may depend on besides its value. */
export interface ReadingContext {
  readonly version: SystemdVersion;
  readonly scope: "system" | "user";
  readonly name: UnitName;
}

/** Why systemd gives up on a file at a value: what a message says of the mistake. */
export type Fault = Wording;

/**
 * Carries out one assignment, or ignores it as systemd does; a fault ends the reading of the file. `line` is where the value
 * stands, missing where it is only supposed.
 */
export type Assign = (
  settings: UnitSettings,
  value: string,
  context: ReadingContext,
  line?: AssignedLine,
) => Fault | undefined;

/** Directives by name. */
export type Assignments = Partial<Record<DirectiveName, Assign>>;

/** The words of a value, and whether the splitting broke off after them. */
export interface PlainWords {
  readonly words: readonly string[];
  readonly broken: boolean;
}

/** Splits a value; the usual one without quotes and backslashes is split fast. */
export function splitValue(value: string, splitting: Splitting): PlainWords {
  if (!value.includes("\\") && !value.includes('"') && !value.includes("'")) {
    return { words: plainWords(value), broken: false };
  }
  const { words, error } = splitWords(value, splitting);
  return { words: words.map((it) => it.value), broken: error !== undefined };
}

function plainWords(value: string): string[] {
  const words: string[] = [];
  let from = -1;
  for (let at = 0; at <= value.length; at++) {
    const code = at < value.length ? value.charCodeAt(at) : 32;
    if (code === 32 || code === 9 || code === 10 || code === 13) {
      if (from >= 0) words.push(value.slice(from, at));
      from = -1;
    } else if (from < 0) from = at;
  }
  return words;
}

/** A value with its specifiers replaced, undefined where one of them is unknown. */
export function withSpecifiers(value: string, { name, scope, version }: ReadingContext): string | undefined {
  return resolveSpecifiers(value, name, scope, version);
}

/** Puts a member into a set, or takes it out. */
export function changeMember<T>(set: Set<T>, member: T, how: "add" | "remove"): void {
  if (how === "add") set.add(member);
  else set.delete(member);
}
