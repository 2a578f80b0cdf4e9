import { effective } from "../security/effective.ts";
import { type Cause, causeText } from "../security/world/cause.ts";
import { type ServiceWorld, serviceWorld, spotAt } from "../security/world/world.ts";
import type { Unit } from "../units/unit.ts";
import { hasOwnFiles } from "./view.ts";

/**
 * The world of a system service in which something is made read-only; undefined where nothing is, or where a root of its
 * own makes it another question.
 */
export function groundsOf(unit: Unit): ServiceWorld | undefined {
  if (unit.path.kind !== "service" || unit.path.scope !== "system" || hasOwnFiles(unit)) return undefined;
  const { protectSystem, present } = effective(unit).settings;
  return protectSystem === "no" && !present.has("ReadOnlyPaths") ? undefined : serviceWorld(unit);
}

/** What makes a path read-only, as a message names it; undefined where it can be written, as far as mounts decide. */
export function readOnlyBy(grounds: ServiceWorld, path: string): string | undefined {
  const { state, writable, by } = spotAt(grounds, path);
  const isThere = state === "read-only" || state === "bound" || state === "empty";
  return isThere && writable === false && by ? nameOf(by) : undefined;
}

const nameOf = (by: Cause): string => (/^Protect/.test(by.directive) ? causeText(by) : `${by.directive}=`);
