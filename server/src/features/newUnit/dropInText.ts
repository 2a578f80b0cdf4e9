import type { UnitKind } from "../../facts/unitKinds.ts";
import { settingsSection } from "../../families/unitFiles/kinds.ts";
import type { NewFile } from "./wanted.ts";

/** The file of a drop-in that takes up what people add to a unit; `systemctl edit` names it so. */
export const OVERRIDE = "override.conf";

/** A drop-in of a unit without settings yet; its name has the folder in front. */
export function newDropIn(unit: string, kind: UnitKind): NewFile {
  const text = `# Drop-in of ${unit}: lists are added to; an empty assignment clears a list first\n\n[${settingsSection(kind)}]\n`;
  return { name: `${unit}.d/${OVERRIDE}`, text, look: { start: text.length, end: text.length } };
}
