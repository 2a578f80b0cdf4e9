import { settingsIn } from "../../units/settingsReader.ts";
import type { Unit } from "../../units/unit.ts";
import { effective } from "../effective.ts";
import type { RootFiles } from "./build.ts";
import { type Cause, causeOf } from "./cause.ts";

/** Directories whose files come from an image or an extension, so that only the machine knows them. */
export interface UnknownPart {
  readonly paths: readonly string[];
  readonly by: Cause;
}

/** Where system extensions and configuration extensions are laid over the files, as long as nothing else is configured. */
const EXTENDED = ["/usr", "/opt", "/etc"] as const;

/** The parts of the world that cannot be known from the unit. */
export function unknownCauses(unit: Unit, root: RootFiles): readonly UnknownPart[] {
  const parts: UnknownPart[] = [];
  if (root.kind === "image") parts.push({ paths: ["/"], by: root.by });
  for (const name of ["ExtensionImages", "ExtensionDirectories"] as const) {
    const value = effective(unit).settings.present.has(name) ? settingsIn(unit, "Service").last(name)?.text : undefined;
    if (value !== undefined) parts.push({ paths: EXTENDED, by: causeOf(unit, name, value) });
  }
  return parts;
}
