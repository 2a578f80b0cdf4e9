import { type DirectiveName, directive, grammarIn } from "../../catalog/catalog.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { memberOf } from "../../values/enumeration.ts";

/** The setting that makes something in the world of a service what it is. */
export interface Cause {
  readonly directive: DirectiveName;
  /** Its value, of a list the one word: `strict`, `/srv/data`. */
  readonly value: string;
  /** The line that says so, in the file or a drop-in; undefined where it holds without a line. */
  readonly node: Assignment | undefined;
}

/** A cause as a reader writes it: `ProtectSystem=strict`. */
export const causeText = ({ directive: name, value }: Cause): string => `${name}=${value}`;

/** A directive of [Service] with one value that is in force, and the last line that systemd accepts for it. */
export function causeOf(unit: Unit, name: DirectiveName, value: string): Cause {
  return { directive: name, value, node: lastTaken(unit, name, value) };
}

/** The cause of a value that DynamicUser= may have brought: the setting itself where its own line says the same. */
export function causeOrDynamic(unit: Unit, name: DirectiveName, value: string, dynamic: boolean): Cause {
  const own = causeOf(unit, name, value);
  return own.node || !dynamic ? own : causeOf(unit, "DynamicUser", "yes");
}

function lastTaken(unit: Unit, name: DirectiveName, value: string): Assignment | undefined {
  const all = mergedAssignments(unit, "Service", name);
  const row = directive("Service", name);
  const type = row && grammarIn(row, unit.version);
  if (type?.kind !== "enumeration") return all.findLast(({ text }) => text !== "");
  const last = all.findLast(({ text }) => memberOf(type, text, unit.version) !== undefined);
  return last && memberOf(type, last.text, unit.version)?.value === value ? last : undefined;
}
