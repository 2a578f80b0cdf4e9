import type { ConfigKind } from "../../../facts/configKinds.ts";
import { isConfigPath } from "../../../families/checkedPath.ts";
import type { Found } from "../../../findings/rule.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { ownFile, type Unit } from "../../../units/unit.ts";

/**
 * A finding at a line, or at the header of a section where something is missing: in the file that is judged, and where that has
 * neither, nothing, as it is said of the other file.
 */
export function* atLineOrHeader(
  unit: Unit,
  line: Assignment | undefined,
  section: string,
  message: string,
  severity: Found["severity"] = "error",
): Iterable<Found> {
  const file = ownFile(unit);
  if (line) {
    if (file.nodes.includes(line)) {
      const span = line.text === "" ? line.keySpan : line.valueSpan;
      yield { ...span, severity, message, directive: line.key };
    }
    return;
  }
  const header = file.sections.find((it) => it.name === section && it.header.closed)?.header;
  if (header) yield { start: header.start, end: header.end, severity, message };
  else if (!unit.judged) yield { start: 0, end: Math.min(1, file.text.length), severity, message };
}

/** Whether a unit is a whole file of a kind: not a drop-in whose file cannot be seen. */
export const isWholeFile = ({ path }: Unit, kind: ConfigKind): boolean =>
  isConfigPath(path) && path.kind === kind && path.role === "unit";
