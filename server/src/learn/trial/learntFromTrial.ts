import type { Unit } from "../../units/unit.ts";
import type { Learnt, LearntSetting } from "../learnt.ts";
import { LEARNT_KEYS } from "../learntFile.ts";
import { NO_NEEDS } from "../merge.ts";
import { unitDigest } from "../unitDigest.ts";
import { directiveOf, valueOfLine } from "./lines.ts";
import type { SearchResult, TrialSetting, TriedSetting } from "./trial.ts";

/** A search that is over, and what it was about. */
export interface DoneTrial {
  readonly unit: Unit;
  readonly settings: readonly TrialSetting[];
  readonly result: SearchResult;
  /** The commands that exercised the service. */
  readonly exercised: readonly string[];
}

/**
 * What a trial says about a service, in the form in which learning says it: what held is proven, what broke it is refused. It goes
 * before what was learnt of the same unit, whose other settings and needs stay.
 */
export function learntFromTrial(trial: DoneTrial, before: Learnt | undefined): Learnt {
  const digest = unitDigest(trial.unit);
  const known = before?.unitDigest === digest ? before : undefined;
  const tried = trial.settings.flatMap((it, i) => learntOf(it, trial.result.settings[i], trial));
  const keys = new Set(tried.map((it) => it.key));
  const rest = known?.settings.filter((it) => it.part !== "settings" || !keys.has(it.key)) ?? [];
  return {
    version: 1,
    unit: trial.unit.path.name ?? "",
    unitDigest: digest,
    systemd: trial.unit.version,
    runs: [...(known?.runs ?? []), { calls: 0, seconds: 0, exercised: trial.exercised }],
    settings: [...tried, ...rest],
    refused: known?.refused,
    unknown: known?.unknown ?? [UNKNOWN],
    needs: known?.needs ?? NO_NEEDS,
  };
}

const UNKNOWN = "A trial shows nothing about what was not exercised.";

function learntOf(setting: TrialSetting, tried: TriedSetting | undefined, trial: DoneTrial): readonly LearntSetting[] {
  if (tried === undefined || tried.outcome === "open") return [];
  const isRefused = tried.outcome === "refused";
  const count = trial.result.setup.filter((it) => it.length > 0).length;
  const by =
    trial.exercised.length > 0 ? `exercised by ${trial.exercised.map((it) => `\`${it}\``).join(", ")}` : "started";
  const because = tried.reason === undefined ? "" : `; with ${setting.lines.join(" ")} ${tried.reason}`;
  const evidence = isRefused
    ? `in a trial ${tried.reason ?? "it broke"}`
    : `held in a trial of ${count} settings, ${by}${because}`;
  return (isRefused ? setting.lines : tried.lines)
    .filter((it) => LEARNT_KEYS.has(directiveOf(it)))
    .map((line) => ({
      key: directiveOf(line),
      value: valueOfLine(line),
      grade: isRefused ? "refused" : "proven",
      evidence: oneLine(evidence),
      sights: [],
      mayBreak: undefined,
      part: "settings",
    }));
}

const oneLine = (text: string): string => text.replace(/[\0-\x1f\x7f]+/g, " ");
