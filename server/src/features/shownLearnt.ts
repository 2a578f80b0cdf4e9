import { heldLearnt } from "../hardening/heldLearnt.ts";
import { evidenceText } from "../learn/evidenceText.ts";
import { contradictionsOf, isOutdated, readLearntOf } from "../learn/learntOf.ts";
import type { TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { runsText } from "./learntHover.ts";
import { type LearntOffer, type LearntStep, learntSteps } from "./learntOffers.ts";

/** A setting against which a run speaks. */
export interface RefusedSetting {
  readonly line: string;
  readonly evidence: string;
  /** The line of the log. */
  readonly sample?: string;
}

/** What was learnt about a service, for people. */
export interface ShownLearnt {
  /** What was observed, or why the file cannot be used. */
  readonly summary: string;
  /** Whether the unit now runs something else. */
  readonly outdated: boolean;
  /** Settings that the unit holds already. */
  readonly held: readonly string[];
  /** What adds several settings at once. */
  readonly several: readonly LearntOffer[];
  readonly single: readonly LearntOffer[];
  readonly refused: readonly RefusedSetting[];
  /** What the unit takes away although a run needed it. */
  readonly contradictions: readonly string[];
  /** What no run can show. */
  readonly unknown: readonly string[];
}

const NOTHING = { outdated: false, held: [], several: [], single: [], refused: [], contradictions: [], unknown: [] };

/** Undefined where there is no file with what was learnt. */
export function shownLearnt(unit: Unit): ShownLearnt | undefined {
  const read = readLearntOf(unit);
  if (!read) return undefined;
  if ("problem" in read) return { ...NOTHING, summary: `${read.problem}.` };
  const learnt = heldLearnt(unit) ?? read.learnt;
  const { several, single } = learntSteps(unit);
  const offered = new Set(single.flatMap((it) => it.lines));
  const own = learnt.settings.filter((it) => it.part === "settings");
  const held = own.map((it) => ({ ...it, line: `${it.key}=${it.value}` })).filter(({ line }) => !offered.has(line));
  const whole = learnt.refused === undefined ? "" : ` Nothing is derived. ${learnt.refused}.`;
  return {
    summary: `Observed in ${runsText(learnt)}.${whole}`,
    outdated: isOutdated(learnt, unit),
    held: held.filter((it) => it.grade !== "refused").map((it) => it.line),
    several: several.map(offerOf),
    single: single.map(offerOf),
    refused: learnt.settings
      .filter((it) => it.grade === "refused")
      .map((it) => {
        const sample = it.sights.find((sight) => sight.sample !== "");
        return {
          line: `${it.key}=${it.value}`,
          evidence: evidenceText(it),
          ...(sample && { sample: `${sample.at}: ${sample.sample}` }),
        };
      }),
    contradictions: contradictionsOf(unit).map((it) => it.message),
    unknown: [...(learnt.unexercised ?? []), ...learnt.unknown],
  };
}

const offerOf = ({ fix: _, blocks: __, ...offer }: LearntStep): LearntOffer => offer;

/** The edits of an offer of the report; none where the unit does not lack it any more. */
export function learntFix(unit: Unit, id: string): readonly TextEdit[] {
  const { several, single } = learntSteps(unit);
  return [...several, ...single].find((it) => it.id === id)?.fix.edits() ?? [];
}
