import type { Machine } from "./machine.ts";
import { isActive, showUnit } from "./systemctl.ts";

/** An active unit that systemd stops along with another one, and restarts with it. */
export interface Companion {
  readonly name: string;
  /** The setting that ties it to the other one, as `Requires`. */
  readonly by: string;
}

/** Properties that name units which stop along, each with the setting behind it. */
const TIES = {
  RequiredBy: "Requires",
  RequisiteOf: "Requisite",
  BoundBy: "BindsTo",
  ConsistsOf: "PartOf",
  PropagatesStopTo: "PropagatesStopTo",
} as const;

/** The names of those properties. */
export const COMPANION_PROPERTIES = Object.keys(TIES) as readonly (keyof typeof TIES)[];

/** All that stop along with a unit, also by way of each other, each once; nearest first. */
export async function activeCompanions(machine: Machine, unit: string): Promise<readonly Companion[]> {
  const found = new Map<string, Companion>();
  const seen = new Set([unit]);
  for (const next of seen) {
    const shown = await showUnit(machine, next, COMPANION_PROPERTIES);
    for (const property of COMPANION_PROPERTIES)
      for (const name of shown[property].split(" ").filter(Boolean)) {
        if (seen.has(name) || !(await isActive(machine, name))) continue;
        // What is added while a set is walked is walked as well.
        seen.add(name);
        found.set(name, { name, by: TIES[property] });
      }
  }
  return [...found.values()];
}
