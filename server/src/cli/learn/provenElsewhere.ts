import { relaxationsOf } from "../../learn/blame.ts";
import type { Learnt } from "../../learn/learnt.ts";
import { failureText, newFailures } from "../../learn/newFailures.ts";
import { proofAddition, proven, settingsToProve } from "../../learn/proof.ts";
import type { TriedSetting } from "../../learn/trial/trial.ts";
import type { Unit } from "../../units/unit.ts";
import type { Machine } from "../machine.ts";
import type { ReadBundle } from "./readBundle.ts";

/** What a script elsewhere can prove of what was learnt: its lines, and the text that sets them. */
export function elsewhereToProve(
  learnt: Learnt,
  unit: Unit,
): { readonly lines: readonly string[]; readonly dropIn: string } {
  const all = settingsToProve(learnt.settings, { user: false, root: false }).flatMap((it) => it.lines);
  const { lines, dropIn } = proofAddition(unit, all);
  return { lines, dropIn };
}

/** What was learnt, with what the bundle of a run under settings shows of them: all of them hold, or those that it names do not. */
export function provenElsewhere(learnt: Learnt, { head, needs }: ReadBundle, say: Machine["say"]): Learnt {
  const { under = [], problems = [], exercised } = head;
  if (exercised.length === 0) {
    say("the run under these settings was not exercised, which proves nothing: make its script with --exercise");
    return learnt;
  }
  const tried = settingsToProve(learnt.settings, { user: false, root: false }).filter((it) =>
    it.lines.every((line) => under.includes(line)),
  );
  const failures = newFailures(learnt.needs, needs, under);
  const [failure] = failures;
  const reason = problems[0] ?? (failure && failureText(failure));
  if (reason !== undefined) say(`the run under these settings failed: ${reason}`);
  const setup = tried.map((it) => it.lines);
  const blamed = new Map(relaxationsOf(failures, tried, setup).map((it) => [it.at, it.evidence]));
  const settings = tried.map(({ lines }, at): TriedSetting => {
    if (reason === undefined) return { outcome: "held", lines, reason };
    const evidence = blamed.get(at);
    return { outcome: evidence === undefined ? "open" : "refused", lines: [], reason: evidence };
  });
  return { ...learnt, settings: proven(learnt.settings, tried, { settings, setup: [], tries: 1 }) };
}
