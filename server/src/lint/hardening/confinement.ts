import { effective } from "../../security/effective.ts";
import type { Facts } from "./facts.ts";
import { directoriesFor } from "./fit.ts";
import { visible } from "./origin.ts";

/** The directory of the root, as the service finds it in the root itself: its own user could write it there. */
const ITSELF = "InaccessiblePaths=-+/run/confinement/%n";

/** An empty root of its own in which only bound directories are visible; the root itself is closed (seen with 257). */
export function confinementLines(facts: Facts): readonly string[] {
  const locked = effective(facts.unit).settings.protectSystem === "strict";
  return [
    "RuntimeDirectory=confinement/%n",
    "RootDirectory=/run/confinement/%n",
    `BindReadOnlyPaths=${visible(facts)}`,
    ITSELF,
    ...directoriesFor(facts),
    ...(locked ? [] : ["ProtectSystem=strict"]),
  ];
}
