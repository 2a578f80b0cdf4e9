import { GROUPS } from "../service/settingGroups.ts";
import type { Learnt, LearntSetting } from "./learnt.ts";
import { aLine, lineDigests, oneWord, orMissing, runShape, sightShape } from "./learntShapes.ts";
import { NO_NEEDS } from "./merge.ts";
import { withEvidence } from "./needsFile.ts";
import { needsFromJson } from "./needsJson.ts";
import { prettyJson } from "./prettyJson.ts";
import { anInteger, anObject, aText, listOf, type Parse, parsed } from "./shape.ts";

export { LEARNT_SUFFIX } from "../units/learntText.ts";

/** What a file holds, or in one sentence without a full stop why it cannot be used. */
export type ReadLearnt =
  | {
      readonly learnt: Learnt;
      /** Why the file of the needs next to it cannot be used, where there is one. */
      readonly needsProblem?: string;
    }
  | { readonly problem: string };

/** Longer files are not ours. */
const MAX_LENGTH = 16 * 1024 * 1024;

/**
 * Reads the text of a file, which anybody may have written: what is read is complete, and sets nothing but a sandbox. The needs
 * come from the file next to it, or from the file itself where an older version wrote it.
 */
export function readLearnt(source: string, needs?: string): ReadLearnt {
  if (source.length > MAX_LENGTH) return { problem: "The file is too long for what was learnt about one service" };
  const read = parsed(source, learntOf);
  if ("problem" in read) return { problem: `The file cannot be used: ${read.problem}` };
  const learnt = read.value;
  if (!learnt.isWithoutNeeds || needs === undefined) return { learnt };
  if (needs.length > MAX_LENGTH) return { learnt, needsProblem: "The file is too long for the needs of one service" };
  const whole = withEvidence(learnt, needs);
  return "problem" in whole ? { learnt, needsProblem: `The file cannot be used: ${whole.problem}` } : whole;
}

/** The text of the file for reviewers: the same as long as the service does the same, however often and when it does it. */
export function writeLearnt({
  unit,
  observed,
  systemd,
  runs,
  settings,
  trusted,
  refused,
  unexercised = [],
  unknown,
}: Learnt): string {
  const exercised = [...new Set(runs.flatMap((it) => it.exercised))].sort();
  return prettyJson({
    ...{ version: 2, unit, observed, systemd, exercised },
    settings: settings.map(({ key, value, grade, evidence, mayBreak, part, isShown, known }) => ({
      ...{ key, value, grade, evidence, mayBreak },
      ...(part !== "settings" && { part }),
      ...(grade === "refused" && isShown && { shown: true }),
      ...(known && { known }),
    })),
    ...(trusted && { trusted }),
    refused,
    ...(unexercised.length > 0 && { unexercised }),
    unknown,
  });
}

/** The settings that learning may give, and no other: a file must not bring commands. */
export const LEARNT_KEYS: ReadonlySet<string> = new Set([
  ...GROUPS.flatMap((it) => it.directives).filter((it) => it !== "LoadCredential"),
  ...["User", "Group", "KeyringMode", "RuntimeDirectoryPreserve"],
  ...["StateDirectoryMode", "CacheDirectoryMode", "LogsDirectoryMode", "RuntimeDirectoryMode"],
]);

const learntOf: Parse<Learnt> = (value, where) => {
  const all = anObject(value, where);
  if (all.version === 1) return firstVersion(all);
  if (all.version !== 2) throw new TypeError(`version ${JSON.stringify(all.version) ?? "none"} is not 1 or 2`);
  const exercised = listOf(aText)(all.exercised, "exercised");
  return {
    ...commonPart(all),
    observed: lineDigests(all.observed, "observed"),
    runs: [{ calls: 0, seconds: 0, exercised }],
    needs: NO_NEEDS,
    isWithoutNeeds: true,
  };
};

/** What version 1 of the file held, with counts, times and the needs. */
function firstVersion(all: Readonly<Record<string, unknown>>): Learnt {
  const read = needsFromJson(JSON.stringify(all.needs ?? {}));
  if ("problem" in read) throw new TypeError(read.problem);
  const { needs } = read;
  const common = commonPart(all);
  const isShown = ({ key, sights }: LearntSetting): boolean =>
    sights.length > 0 && (key !== "MemoryDenyWriteExecute" || needs.marks["writable-executable"] !== undefined);
  return {
    ...common,
    observed: aLine(all.unitDigest, "unitDigest"),
    runs: listOf(runShape)(all.runs, "runs"),
    settings: common.settings.map((it) => ({
      ...it,
      evidence: withoutSight(it),
      ...(it.grade === "refused" && isShown(it) && { isShown: true }),
    })),
    needs,
  };
}

/** The evidence of version 1 without the line at its end, which its sights have. */
const withoutSight = ({ evidence, sights: [first] }: LearntSetting): string =>
  first && evidence.endsWith(`: ${first.at}`) ? evidence.slice(0, -`: ${first.at}`.length) : evidence;

const commonPart = (all: Readonly<Record<string, unknown>>) => ({
  unit: aLine(all.unit, "unit"),
  systemd: orMissing(anInteger)(all.systemd, "systemd"),
  settings: listOf(settingOf)(all.settings, "settings"),
  ...(all.trusted === true ? { trusted: true as const } : {}),
  refused: orMissing(aLine)(all.refused, "refused"),
  ...(all.unexercised === undefined ? {} : { unexercised: listOf(aLine)(all.unexercised, "unexercised") }),
  unknown: listOf(aLine)(all.unknown, "unknown"),
});

const settingOf: Parse<LearntSetting> = (value, where) => {
  const all = anObject(value, where);
  const key = aLine(all.key, `${where}.key`);
  if (!LEARNT_KEYS.has(key)) throw new TypeError(`${where}.key is not a setting that is learnt`);
  return {
    key,
    value: aLine(all.value, `${where}.value`),
    grade: oneWord("proven", "seen", "refused")(all.grade, `${where}.grade`),
    evidence: aLine(all.evidence, `${where}.evidence`),
    ...(all.shown === true ? { isShown: true } : {}),
    ...(all.known === true ? { known: true } : {}),
    sights: orMissing(listOf(sightShape))(all.sights, `${where}.sights`) ?? [],
    mayBreak: orMissing(aLine)(all.mayBreak, `${where}.mayBreak`),
    part: orMissing(oneWord("settings", "user", "root"))(all.part, `${where}.part`) ?? "settings",
  };
};
