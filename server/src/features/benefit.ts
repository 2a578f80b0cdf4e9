import { containerSection } from "../dialects/quadlets/hardening/containerPlan.ts";
import type { Fix } from "../findings/finding.ts";
import type { TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { exposureChange, gainOf, hasExposure } from "./exposure.ts";
import { afterEdits } from "./gain.ts";
import { payloadReport } from "./payload.ts";
import { protectionWords } from "./protectionWords.ts";

/**
 * What edits that make some assignments buy: the change in numbers, or in words what they protect from where there is none;
 * of a container in how many more respects it is confined. Undefined where nothing is known.
 */
export function benefitOf(unit: Unit, sets: readonly string[], edits: readonly TextEdit[]): string | undefined {
  if (containerSection(unit)) return confinedIn(unit, edits);
  const change = hasExposure(unit) ? exposureChange(unit, sets, edits) : undefined;
  if (!change) return undefined;
  return change.before === change.after ? protectionWords(sets) : gainOf(unit, sets, edits);
}

/** What edits do to a container is read as a whole for each; in a longer file than anybody writes that takes seconds. */
const LONGEST_CONTAINER = 1 << 16;

/** Such as "confined in 7 → 12 of 17 respects". */
function confinedIn(unit: Unit, edits: readonly TextEdit[]): string | undefined {
  if (unit.file.text.length > LONGEST_CONTAINER) return undefined;
  const good = (of: Unit): number => payloadReport(of)?.rows.filter((it) => it.verdict === "good").length ?? 0;
  const [before, after] = [good(unit), good(afterEdits(unit, edits))];
  return after > before
    ? `confined in ${before} → ${after} of ${payloadReport(unit)?.rows.length} respects`
    : undefined;
}

/** The title of a fix; of one that sets something in a service or container, with what it buys. */
export function titleWithGain(unit: Unit, fix: Fix, title = fix.title): string {
  const benefit = fix.sets && benefitOf(unit, fix.sets, fix.edits());
  return benefit === undefined ? title : `${title} (${benefit})`;
}
