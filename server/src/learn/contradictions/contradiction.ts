import type { DirectiveName } from "../../catalog/catalog.ts";
import { type Cause, causeText } from "../../security/world/cause.ts";
import { assigned } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import type { Sight } from "../needs.ts";

/** A setting against which a run speaks. */
export interface Contradiction {
  /** The setting and, where one makes it, the line. */
  readonly cause: Cause;
  /** A message about the line, without a full stop. */
  readonly message: string;
  /** Where the run shows it; unknown where only the reviewed file is there. */
  readonly sight: Sight | undefined;
}

/** One with its message: the setting, what was seen, and where; how many more things the setting takes away as well. */
export function contradiction(cause: Cause, reason: string, sights: readonly Sight[], isList = false): Contradiction[] {
  const [sight, ...more] = sights;
  if (!sight) return [];
  const name = isList ? `${cause.directive}=` : causeText(cause);
  const others = more.length > 0 ? `, and ${more.length} more like it` : "";
  return [{ cause, message: `${name} ${reason} (${sight.at})${others}`, sight }];
}

/** The last line of a setting that has a value. */
export function lastAssigned(unit: Unit, directive: DirectiveName): Cause {
  const node = assigned(unit, directive).at(-1);
  return { directive, value: node?.text ?? "", node };
}
