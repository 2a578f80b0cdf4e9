import { hasOwnRoot } from "./effective.ts";
import type { Facts } from "./facts.ts";
import { directoriesFor, visible } from "./fit.ts";
import { setting } from "./settings.ts";

/** An empty root of its own in which only bound directories are visible (pitfall 109: the root itself must not stay writable). */
export function confinementLines(facts: Facts): readonly string[] {
  const locked = hasOwnRoot(facts.unit) || setting(facts.unit, "ProtectSystem")?.value === "strict";
  return [
    "RuntimeDirectory=confinement/%n",
    "RootDirectory=/run/confinement/%n",
    `BindReadOnlyPaths=${visible(facts)}`,
    ...directoriesFor(facts),
    ...(locked ? [] : ["ProtectSystem=strict"]),
  ];
}
