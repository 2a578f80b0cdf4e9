import { DATA_DIRECTORY_SETTINGS } from "../units/directories.ts";
import type { Unit } from "../units/unit.ts";
import type { Fit } from "./fit.ts";
import { confidenceOfRun, learntLines } from "./heldLearnt.ts";
import { KEEP_RUN } from "./locked.ts";
import { COMPANIONS, type MeasuredFit } from "./measured.ts";
import type { Profile, Row } from "./profiles.ts";

/**
 * What was learnt in place of what the kind of a program allows, as learning asked what is known of that: the same lines, and
 * how sure they are. The profile `basic` keeps its gentler values.
 */
export function learntFit(row: Row, fit: Fit, unit: Unit, profile: Profile): MeasuredFit | undefined {
  const { directive: name } = row;
  const own = learntLines(unit, name);
  const [first, ...more] = own;
  if (!first || DATA_DIRECTORY_SETTINGS.some((it) => it === name)) return undefined;
  if (profile === "basic" && (more.length > 0 || name === "ProtectSystem")) return undefined;
  if (profile === "basic" && fit.safeValue !== undefined) return undefined;
  const confidence = confidenceOfRun(own, unit);
  // Where words speak against it, the profile says so itself.
  if (confidence.grade === "likely" && !confidence.reason.startsWith("if ")) return undefined;
  const companions = (COMPANIONS[name] ?? []).flatMap((key) => learntLines(unit, key));
  const lines = [
    ...[...more, ...companions].map((it) => `${it.key}=${it.value}`),
    ...fit.lines.filter((it) => it === KEEP_RUN),
  ];
  const { against: _, doubt: __, ...others } = fit;
  return {
    fit: { ...others, value: first.value, lines, safe: true, safeValue: first.value, with: [] },
    confidence: { ...confidence, value: first.value },
  };
}
