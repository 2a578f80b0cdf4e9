import { headingOf } from "../service/settingGroups.ts";
import type { Unit } from "../units/unit.ts";
import { lastingReason } from "./lastingReason.ts";
import type { LearntSetting } from "./learnt.ts";
import { chosenSettings, type LearntAddition, type LearntParts, learntAddition } from "./learntUnit.ts";
import { withoutAddressList } from "./settings/networkSettings.ts";
import { directiveOf, valueOfLine } from "./trial/lines.ts";
import type { SearchResult, TrialSetting } from "./trial/trial.ts";
import { withSetgid } from "./userProposal.ts";

/** Learnt settings as they are tried together: one for each directive. */
export function settingsToProve(settings: readonly LearntSetting[], parts: LearntParts): readonly TrialSetting[] {
  const byKey = new Map<string, string[]>();
  for (const { key, value, part } of chosenSettings(settings, parts)) {
    // What makes an empty root holds together only.
    const name = part === "root" ? ROOT : key;
    byKey.set(name, [...(byKey.get(name) ?? []), `${key}=${value}`]);
  }
  return [...byKey].map(([name, lines]) => ({ name, group: headingOf(name).heading, lines, weaker: [] }));
}

/** The setting under whose name the lines of an empty root are tried. */
const ROOT = "RootDirectory";

/**
 * The proposal of a user as it is tried once the plain settings are proven: what holds together only comes first as one, with
 * weaker forms for daemons that set their user or groups all the same; undefined where there is none to try.
 */
export function userToProve(settings: readonly LearntSetting[]): readonly TrialSetting[] | undefined {
  const own = settings.filter((it) => it.part === "user");
  if (own.length === 0 || own.some((it) => it.grade === "refused")) return undefined;
  const linesOf = (some: readonly LearntSetting[]): readonly string[] =>
    some.filter((it) => !APART.has(it.key)).map((it) => `${it.key}=${it.value}`);
  const lines = linesOf(own);
  const filter = settings.filter(
    (it) => it.part === "settings" && it.key === "SystemCallFilter" && it.grade !== "refused",
  );
  const asBefore = [...own.filter((it) => it.key !== "SystemCallFilter"), ...filter];
  const whole: TrialSetting = {
    name: "User",
    group: "User",
    lines,
    weaker: [
      linesOf(asBefore),
      linesOf(asBefore.filter((it) => it.key !== "PrivateUsers")),
      linesOf(withSetgid(asBefore)),
    ].filter((it, i, all) => all.findIndex((other) => isSame(it, other)) === i && !isSame(it, lines)),
  };
  const rest = settingsToProve(settings, { user: true }).flatMap((it): TrialSetting[] => {
    const remaining = it.lines.filter((line) => !lines.includes(line));
    const isInWhole = it.name === "SystemCallFilter" && own.some(({ key }) => key === it.name);
    return remaining.length > 0 && !isInWhole ? [{ ...it, lines: remaining }] : [];
  });
  return [whole, ...rest];
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join("\n") === b.join("\n");

/** What of the proposal stands for itself. */
const APART: ReadonlySet<string> = new Set(["RemoveIPC"]);

/** The settings with what became of that proposal: proven as what held, or refused as a whole. */
export function provenUser(
  settings: readonly LearntSetting[],
  tried: readonly TrialSetting[],
  { settings: results }: SearchResult,
): readonly LearntSetting[] {
  const [whole] = results;
  const plain = settings.filter((it) => it.part !== "user");
  const own = settings.filter((it) => it.part === "user");
  if (!whole || whole.lines.length === 0) {
    const reason = `a second run failed under it: ${lastingReason(whole?.reason ?? "it did not start")}`;
    return [...plain, ...own.map((it) => ({ ...it, grade: "refused" as const, evidence: reason, isShown: true }))];
  }
  const held = whole.lines.map((line): LearntSetting => {
    const same = own.find((it) => `${it.key}=${it.value}` === line);
    const evidence = `a second run needed it, where ${lastingReason(whole.reason ?? "something failed")}`;
    return { ...(same ?? { ...asSetting(line), evidence }), grade: "proven", part: "user" };
  });
  const apart = own.filter((it) => APART.has(it.key));
  const graded = proven([...plain, ...apart], tried.slice(1), { settings: results.slice(1), setup: [], tries: 0 });
  // What of the proposal stands for itself goes without refusing the rest.
  return [...graded.filter((it) => it.part !== "user" || it.grade === "proven"), ...held];
}

/** The text that sets what a proof asks for. */
export function proofAddition(unit: Unit, lines: readonly string[]): LearntAddition {
  return learntAddition(unit, lines.map(asSetting), { user: true, root: true });
}

/** The same where a second run asked nothing of the service: what failed is refused, and nothing is proven that was not before. */
export function asSeen(settings: readonly LearntSetting[], before: readonly LearntSetting[]): readonly LearntSetting[] {
  const old = new Set(before.flatMap((it) => (it.grade === "proven" ? `${it.part} ${it.key}=${it.value}` : [])));
  return settings.map((it) =>
    it.grade === "proven" && !old.has(`${it.part} ${it.key}=${it.value}`) ? { ...it, grade: "seen" } : it,
  );
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
    const own = it.part === "root" ? ROOT : it.key;
    const at = tried.findIndex(({ name, lines }) => name === own && lines.includes(`${it.key}=${it.value}`));
    const result = results[at];
    if (!result) return it;
    if (result.lines.includes(`${it.key}=${it.value}`)) return it.known ? it : { ...it, grade: "proven" };
    if (it.grade === "refused" || result.outcome === "open") return it;
    return {
      ...it,
      grade: "refused",
      isShown: true,
      evidence: `a second run failed under it: ${lastingReason(result.reason ?? "it did not start")}`,
    };
  });
  const added = looseningLines(settings, tried, results);
  return withoutAddressList([...graded, ...added]);
}

/** The lines that a proof added to let more through; where those that they loosen stay seen, they alone would let less through. */
function looseningLines(
  settings: readonly LearntSetting[],
  tried: readonly TrialSetting[],
  results: SearchResult["settings"],
): readonly LearntSetting[] {
  const doubtful = new Set(settings.flatMap((it) => (it.known && it.grade !== "refused" ? it.key : [])));
  return results.flatMap(({ lines, reason }, i) =>
    lines
      .filter((line) => !tried[i]?.lines.includes(line))
      .map((line): LearntSetting => {
        const evidence = `loosened in a second run, where ${lastingReason(reason ?? "something failed")}`;
        const part = tried[i]?.name === ROOT ? "root" : "settings";
        const setting: LearntSetting = { ...asSetting(line), grade: "proven", evidence, part };
        return doubtful.has(setting.key) ? { ...setting, grade: "seen", known: true } : setting;
      }),
  );
}
