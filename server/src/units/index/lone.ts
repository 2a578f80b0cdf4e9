import { bootOrder, bootReach } from "./bootOrder.ts";
import { loadUnit } from "./load.ts";
import { filesOf } from "./numbering.ts";
import { orderOf } from "./order.ts";
import { viewFrom } from "./orderGraph.ts";
import type { UnitIndex } from "./unitIndex.ts";
import { isWhole } from "./whole.ts";

/**
 * Whether a unit certainly waits for nothing that waits for it, as its folder holds no other and none of systemd's targets
 * stands on both of its sides. Many folders hold one unit, and this costs a fraction of the graph; false where it is not as
 * simple as that.
 */
export function isSurelyAcyclic(index: UnitIndex, near: string, name: string): boolean {
  const [tree, ...others] = viewFrom(index, near);
  if (!tree || others.length > 0 || isWhole(tree) || name.includes("@")) return false;
  if (tree.units.size !== 1 || tree.dropIns.size + tree.dependencies.size > 0) return false;
  const unit = loadUnit(tree, name);
  if (!unit.fragment || unit.masked || unit.id !== name || bootOrder(name, tree.scope)) return false;
  const { after, before, pulls, installs } = orderOf(unit, filesOf(index, unit), tree.scope);
  const later = new Set([...before.map((it) => it.name), ...installs]);
  if (later.size === 0) return true;
  const earlier = [...after.map((it) => it.name), ...pulls];
  return !earlier.some((it) => later.has(it) || bootReach(it, tree.scope).some((other) => later.has(other)));
}
