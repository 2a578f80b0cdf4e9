import { heldLearnt } from "../hardening/heldLearnt.ts";
import type { Learnt, LearntSetting } from "../learn/learnt.ts";
import { isOutdated, readLearntOf } from "../learn/learntOf.ts";
import type { Sight } from "../learn/needs.ts";
import { bullets, code, join, type Prose, plainProse, sentence, strong } from "../reports/markup.ts";
import { onOneLine } from "../text/printable.ts";
import type { Unit } from "../units/unit.ts";
import { learntSteps } from "./learntOffers.ts";

/** How many lines of a log stand below a setting. */
const MOST_LINES = 3;

/** What a run says about a directive of a unit or of a drop-in, with the lines that show it; undefined where it says nothing. */
export function describeLearnt(unit: Unit, directive: string): Prose | undefined {
  const learnt = heldLearnt(unit);
  const own = (learnt?.settings ?? []).filter((it) => it.key === directive);
  if (!learnt || own.length === 0) return undefined;
  const stale = isOutdated(learnt, unit.main?.unit ?? unit) ? " of other commands than those of the unit now" : "";
  const head = join([strong("Learnt"), plainProse(`from ${runsText(learnt)}${stale}:`)], " ");
  return join([head, bullets(own.map(describeSetting))], "\n");
}

/** Whether a sentence stands in what a run says about a directive, so that nobody needs to read it again. */
export const isInLearnt = (unit: Unit, directive: string, text: string): boolean =>
  (heldLearnt(unit)?.settings ?? []).some(
    (it) => it.key === directive && it.evidence.includes(text.replace(/\.$/, "")),
  );

const PARTS: Readonly<Record<LearntSetting["part"], string>> = {
  settings: "",
  user: ", with User= as proposed",
  root: ", in an empty root",
};

function describeSetting(it: LearntSetting): Prose {
  const lines = it.sights.filter((sight) => sight.sample !== "").slice(0, MOST_LINES);
  return sentence(
    code(`${it.key}=${it.value}`),
    plainProse(`${it.grade}${PARTS[it.part]}: ${it.evidence}.`),
    it.mayBreak === undefined ? undefined : plainProse(it.mayBreak),
    ...lines.map(lineOf),
  );
}

const lineOf = ({ at, sample }: Sight): Prose => code(onOneLine(`${at}: ${sample}`));

/** What was learnt about a service as a whole, in a few lines; undefined where nothing was. */
export function describeAllLearnt(unit: Unit): Prose | undefined {
  const read = readLearntOf(unit);
  if (!read) return undefined;
  const head = strong("Learnt");
  if ("problem" in read) return join([head, plainProse(`: ${read.problem}.`)], "");
  const { learnt } = read;
  if (learnt.refused !== undefined)
    return sentence(head, plainProse(`from ${runsText(learnt)}: nothing is derived. ${learnt.refused}.`));
  const several = learntSteps(unit).several.map((it) => plainProse(`${it.title}: ${it.gain}`));
  const refused = [...new Set(learnt.settings.filter((it) => it.grade === "refused").map((it) => `${it.key}=`))];
  const against = refused.length > 0 ? sentence(plainProse("Refused:"), join(refused.map(code), ", ")) : undefined;
  const first = sentence(head, plainProse(`from ${runsText(learnt)}.`));
  return join([join([first, several.length > 0 ? bullets(several) : undefined], "\n"), against], "\n\n");
}

/** "2 runs, 1180 system calls in 14 s". */
export function runsText({ runs, isWithoutNeeds }: Learnt): string {
  if (isWithoutNeeds) return "observed runs";
  const sum = (of: (run: Learnt["runs"][number]) => number): number => runs.reduce((all, it) => all + of(it), 0);
  const seconds = sum((it) => it.seconds);
  const time = seconds < 600 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
  return `${runs.length === 1 ? "a run" : `${runs.length} runs`}, ${sum((it) => it.calls)} system calls in ${time}`;
}
