import type { Unit } from "../../units/unit.ts";
import type { Learnt, LearntGrade, LearntSetting } from "../learnt.ts";
import { LEARNT_KEYS } from "../learntFile.ts";
import { NO_NEEDS } from "../merge.ts";
import { changedLines, observedLines } from "../observedLines.ts";
import { directiveOf, valueOfLine } from "./lines.ts";
import type { SearchResult, TrialSetting, TriedSetting } from "./trial.ts";

/** A search that is over, and what it was about. */
export interface TrialOutcome {
  readonly unit: Unit;
  readonly settings: readonly TrialSetting[];
  readonly result: SearchResult;
  /** The commands that exercised the service. */
  readonly exercised: readonly string[];
}

/**
 * What a trial says about a service, in the form in which learning says it: what held is proven, what broke it is refused,
 * also where a weaker form holds. It goes before what was learnt of the same unit, whose other settings and needs stay.
 */
export function learntFromTrial(trial: TrialOutcome, before: Learnt | undefined): Learnt {
  const known = before && changedLines(before.observed, trial.unit).length === 0 ? before : undefined;
  const tried = trial.settings.flatMap((it, i) => learntOf(it, trial.result.settings[i], trial));
  const keys = new Set(tried.map((it) => it.key));
  const rest = known?.settings.filter((it) => it.part !== "settings" || !keys.has(it.key)) ?? [];
  return {
    unit: trial.unit.path.name ?? "",
    observed: observedLines(trial.unit),
    systemd: trial.unit.version,
    runs: [...(known?.runs ?? []), { calls: 0, seconds: 0, exercised: trial.exercised }],
    settings: [...tried, ...rest],
    refused: known?.refused,
    unknown: known?.unknown ?? [UNKNOWN],
    needs: known?.needs ?? NO_NEEDS,
    ...(known?.isWithoutNeeds && { isWithoutNeeds: true }),
  };
}

/** What the evidence of a trial begins with. */
export const BY_TRIAL = "held in a trial";

const UNKNOWN = "A trial shows nothing about what was not exercised.";

function learntOf(
  setting: TrialSetting,
  tried: TriedSetting | undefined,
  trial: TrialOutcome,
): readonly LearntSetting[] {
  if (tried === undefined || tried.outcome === "open") return [];
  const by =
    trial.exercised.length > 0 ? `exercised by ${trial.exercised.map((it) => `\`${it}\``).join(", ")}` : "started";
  const because = tried.reason === undefined ? "" : `; with ${setting.lines.join(" ")} ${tried.reason}`;
  const broke = `in a trial ${tried.reason ?? "it broke"}`;
  if (tried.outcome === "refused") return settingsOf(setting.lines, "refused", broke);
  // What starts, and is asked for nothing, shows little.
  const grade = trial.exercised.length > 0 ? "proven" : "seen";
  const held = settingsOf(tried.lines, grade, `${BY_TRIAL}, ${by}${because}`);
  return tried.outcome === "weaker" ? [...held, ...settingsOf(brokenLines(setting, tried), "refused", broke)] : held;
}

/**
 * The lines of a setting that broke before a weaker form held: forms are tried from the tightest on. Of several lines of one form
 * none is known to be what broke.
 */
function brokenLines({ name, lines, weaker }: TrialSetting, tried: TriedSetting): readonly string[] {
  const forms = [lines, ...weaker];
  const held = forms.findIndex((it) => it.join("\n") === tried.lines.join("\n"));
  const broken = forms.slice(0, Math.max(1, held)).flatMap((form) => {
    const own = form.filter((it) => directiveOf(it) === name);
    return own.length === 1 ? own : [];
  });
  return broken.filter((it) => !tried.lines.includes(it));
}

function settingsOf(lines: readonly string[], grade: LearntGrade, evidence: string): readonly LearntSetting[] {
  return lines
    .filter((it) => LEARNT_KEYS.has(directiveOf(it)))
    .map((line) => ({
      key: directiveOf(line),
      value: valueOfLine(line),
      grade,
      evidence: oneLine(evidence),
      sights: [],
      mayBreak: undefined,
      part: "settings",
    }));
}

const oneLine = (text: string): string => text.replace(/[\0-\x1f\x7f]+/g, " ");
