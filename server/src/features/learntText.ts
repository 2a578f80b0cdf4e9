import type { Learnt, LearntSetting } from "../learn/learnt.ts";
import { learntAddition } from "../learn/learntUnit.ts";
import { counted, listed } from "../learn/settings/sentences.ts";
import { exposureStep } from "../security/exposure.ts";
import { withLines } from "../service/executable.ts";
import type { Unit } from "../units/unit.ts";
import { runsText } from "./learntHover.ts";

/** What was learnt about a unit, in a sentence or two, with the directives that are held back. */
export function learntText(unit: Unit, learnt: Learnt, held: readonly string[] = []): string {
  const head = `${unit.path.name}: ${runsText(learnt)}.`;
  if (learnt.refused !== undefined) return `${head} Nothing is derived. ${learnt.refused}.`;
  const { lines } = learntAddition(unit, learnt.settings);
  const step = exposureStep(unit, withLines(unit, lines));
  const gain = step === undefined ? "" : `, exposure ${step}`;
  const proven = learnt.settings.filter((it) => it.grade === "proven").length;
  const refused = learnt.settings.filter((it) => it.grade === "refused").length;
  const known = held.length === 0 ? "" : ` What is known of such services counts over the run for ${listed(held)}.`;
  return `${head} ${counted(lines.length, "setting")} can be added${gain}. Proven: ${proven}, refused: ${refused}.${known}`;
}

/** The directives that get less than the run speaks for, as of such services more is known. */
export function heldBack(learnt: Learnt, trusted: Learnt): readonly string[] {
  const lineOf = ({ grade, key, value, part }: LearntSetting): string => `${grade} ${key}=${value} ${part}`;
  const held = new Set(learnt.settings.map(lineOf));
  const more = trusted.settings.filter((it) => it.grade !== "refused" && !held.has(lineOf(it)));
  return [...new Set(more.map((it) => `${it.key}=`))];
}
