import { managerOfPlace } from "../families/checkedPath.ts";
import { reasonFor, type WantedScope } from "./scope.ts";
import type { Unit } from "./unit.ts";

/**
 * The same unit for the manager that reads it. Its folder decides, then the reader, then what is in its main file; `path` is
 * where it lies, undefined for a text without a place.
 */
export function forOwnManager(unit: Unit, path: string | undefined, wanted: WantedScope): Unit {
  if (path !== undefined && managerOfPlace(path) !== undefined) return unit;
  const main = unit.main?.unit;
  const reason = reasonFor((main ?? unit).file, wanted);
  const place = { scope: reason.scope, scopeReason: reason };
  // Copies with one thing more would each have a shape of their own, and all rules read them.
  const inScope = (it: Unit): Unit => ({ ...it, path: Object.assign({}, it.path, place) });
  const scoped = inScope(unit);
  return unit.main && main ? { ...scoped, main: { ...unit.main, unit: inScope(main) } } : scoped;
}
