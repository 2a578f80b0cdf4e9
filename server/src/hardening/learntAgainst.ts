import { contradictions } from "../learn/contradictions.ts";
import { evidenceText } from "../learn/evidenceText.ts";
import type { Learnt, LearntSetting } from "../learn/learnt.ts";
import { withServiceLines } from "../learn/withServiceLines.ts";
import type { Unit } from "../units/unit.ts";
import { heldLearnt } from "./heldLearnt.ts";
import { impliesValue } from "./strictness.ts";

/** What an observed run says against settings that would be added, by the directive: the end of a sentence each. */
export function learntAgainst(unit: Unit, lines: () => readonly string[]): ReadonlyMap<string, string> {
  const learnt = heldLearnt(unit);
  if (!learnt) return NONE;
  const wanted = lines();
  return new Map([...contradicting(learnt, unit, wanted), ...refusals(learnt, wanted)]);
}

/** What a run says against one line of a directive, the end of a sentence; undefined where it says nothing. */
export function contradictionOf(unit: Unit, directive: string, line: string): string | undefined {
  const learnt = heldLearnt(unit);
  return learnt && new Map(contradicting(learnt, unit, [line])).get(directive);
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Settings that were refused; of those of which another value was learnt only what is as strict as what was refused. */
function* refusals({ settings }: Learnt, lines: readonly string[]): Iterable<readonly [string, string]> {
  const own = settings.filter((it) => it.part === "settings");
  const held = new Set(own.filter((it) => it.grade !== "refused").map((it) => it.key));
  const isAsStrict = ({ key, value }: LearntSetting): boolean =>
    lines.some((it) => it.startsWith(`${key}=`) && impliesValue(key, [it.slice(key.length + 1)], value));
  for (const it of own)
    if (it.grade === "refused" && (!held.has(it.key) || isAsStrict(it)))
      yield [it.key, it.known ? it.evidence : `what was learnt speaks against it: ${evidenceText(it)}`];
}

function* contradicting(learnt: Learnt, unit: Unit, lines: readonly string[]): Iterable<readonly [string, string]> {
  if (lines.length === 0) return;
  for (const { cause, message } of contradictions(learnt, withServiceLines(unit, lines)))
    yield [cause.directive, `what was learnt speaks against it: ${message}`];
}
