import type { DirectiveName } from "../../catalog/catalog.ts";
import { effective } from "../../security/effective.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { memo } from "../../units/memo.ts";
import { mergedAssignments, type Unit } from "../../units/unit.ts";
import { containerOf } from "./containerOf.ts";
import { payloadWorld } from "./payloadWorld.ts";
import { DEAD_PORT, NO_PORT, NO_START } from "./rootfulTraps.ts";
import { ROOTLESS } from "./rootlessTraps.ts";
import type { ServiceTrap } from "./trap.ts";

/** A line of [Service] that does not go with podman. */
export interface TrappedLine {
  readonly trap: ServiceTrap;
  /** The last line of the directive. */
  readonly node: Assignment;
}

/** The lines of [Service] that break podman, each with the worst that it does; none of what is no .container file. */
export const serviceTraps: (unit: Unit) => readonly TrappedLine[] = memo((unit: Unit) => {
  const quadlet = containerOf(unit);
  if (!quadlet) return [];
  const { settings } = effective(unit);
  const world = payloadWorld(quadlet);
  const traps = world.rootless ? ROOTLESS : [...NO_START, ...NO_PORT, ...DEAD_PORT];
  const found = new Map<DirectiveName, TrappedLine>();
  for (const trap of traps) {
    const { directive } = trap;
    const node = found.has(directive) ? undefined : mergedAssignments(unit, "Service", directive).at(-1);
    if (node && trap.holds({ settings, world, text: node.text })) found.set(directive, { trap, node });
  }
  return [...found.values()];
});
