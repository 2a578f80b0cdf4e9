import { placeOf } from "../service/settingGroups.ts";
import type { Unit } from "../units/unit.ts";
import type { LearntSetting } from "./learnt.ts";
import { chosenSettings, type LearntAddition, type LearntParts, learntAddition } from "./learntUnit.ts";
import { directiveOf, valueOfLine } from "./trial/lines.ts";
import type { SearchResult, TrialSetting } from "./trial/trial.ts";

/** Learnt settings as they are tried together: one for each directive, those worth a try though refused among them. */
export function settingsToProve(settings: readonly LearntSetting[], parts: LearntParts): readonly TrialSetting[] {
  const hopeful = settings.map((it) => (it.worthTrying ? { ...it, grade: "seen" as const } : it));
  const byKey = new Map<string, string[]>();
  for (const { key, value } of chosenSettings(hopeful, parts))
    byKey.set(key, [...(byKey.get(key) ?? []), `${key}=${value}`]);
  return [...byKey].map(([name, lines]) => ({ name, group: placeOf(name).heading, lines, weaker: [] }));
}

/** The text that sets what a proof asks for. */
export function proofAddition(unit: Unit, lines: readonly string[]): LearntAddition {
  return learntAddition(unit, lines.map(asSetting), { user: true, root: true });
}

const asSetting = (line: string): LearntSetting => ({
  key: directiveOf(line),
  value: valueOfLine(line),
  grade: "seen",
  evidence: "",
  sights: [],
  mayBreak: undefined,
  part: "settings",
});

/** The settings with what a proof found: what held is proven, what did not is refused for what failed. */
export function proven(
  settings: readonly LearntSetting[],
  tried: readonly TrialSetting[],
  { settings: results }: SearchResult,
): readonly LearntSetting[] {
  const graded = settings.map((it): LearntSetting => {
    const at = tried.findIndex(({ name, lines }) => name === it.key && lines.includes(`${it.key}=${it.value}`));
    const result = results[at];
    if (!result) return it;
    const { worthTrying, ...rest } = it;
    if (result.lines.includes(`${it.key}=${it.value}`)) {
      const evidence = worthTrying ? `a second run went on without it, though ${it.evidence}` : it.evidence;
      return { ...rest, grade: "proven", evidence };
    }
    if (it.grade === "refused" || result.outcome === "open") return it;
    return {
      ...rest,
      grade: "refused",
      evidence: `a second run failed under it: ${result.reason ?? "it did not start"}`,
    };
  });
  const added = results.flatMap(({ lines, reason }, i) =>
    lines
      .filter((line) => !tried[i]?.lines.includes(line))
      .map((line): LearntSetting => {
        const evidence = `loosened in a second run, where ${reason ?? "something failed"}`;
        return { ...asSetting(line), grade: "proven", evidence };
      }),
  );
  return [...graded, ...added];
}
