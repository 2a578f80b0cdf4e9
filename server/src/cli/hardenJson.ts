import type { LeftOut } from "../hardening/leftOut.ts";
import type { OpenQuestion } from "../hardening/openQuestions.ts";
import type { HardenedLine } from "../hardening/profileLayout.ts";
import { assess } from "../security/exposure.ts";
import type { LoadedFiles } from "../units/loadedFiles.ts";
import type { Unit } from "../units/unit.ts";
import { loadedJson } from "./loadedUnit.ts";

/** What hardening makes of one unit. */
export interface HardenedPlan {
  /** The file that changes: the unit file or the drop-in. */
  readonly path: string;
  readonly text: string;
  readonly settings: readonly HardenedLine[];
  readonly unit: Unit;
  readonly hardened: Unit;
  /** How systemd loads the unit, where it lies in a load path. */
  readonly loaded?: LoadedFiles | undefined;
}

/** One service as JSON: each setting that is added, and each that is not, with its grade and the reason; exposures in tenths. */
export function hardenedJson(
  path: string,
  plan: HardenedPlan,
  leftOut: readonly LeftOut[],
  questions: Iterable<OpenQuestion> = [],
): string {
  const { settings, unit, hardened, text, loaded } = plan;
  return JSON.stringify({
    path,
    target: plan.path,
    ...loadedJson(loaded),
    exposure: { before: assess(unit).exposure ?? null, after: assess(hardened).exposure ?? null },
    settings: settings.map(({ line, grade = "proven", reason, breaks, replaces }) => ({
      line,
      grade,
      reason,
      breaks,
      replaces,
    })),
    left: leftOut.map(({ line, kind, reason }) =>
      kind === "likely" ? { line, kind, grade: kind, reason } : { line, kind, reason },
    ),
    questions: [...questions].map(({ question: { id, text: question }, needs, adds }) => ({
      id,
      question,
      needs,
      adds,
    })),
    text,
  });
}
