import { GROUPS } from "../service/settingGroups.ts";
import type { Learnt, LearntRun, LearntSetting } from "./learnt.ts";
import type { Sight } from "./needs.ts";
import { needsFromJson, needsToJson } from "./needsJson.ts";
import { aNumber, anInteger, anObject, aText, listOf, type Parse, parsed } from "./shape.ts";

export { LEARNT_SUFFIX } from "../units/learntText.ts";

/** What a file holds, or in one sentence without a full stop why it cannot be used. */
export type ReadLearnt = { readonly learnt: Learnt } | { readonly problem: string };

/** Longer files are none of ours. */
const MAX_LENGTH = 16 * 1024 * 1024;

/** Reads the text of a file, which anybody may have written: what is read is complete, and sets nothing but a sandbox. */
export function readLearnt(source: string): ReadLearnt {
  if (source.length > MAX_LENGTH) return { problem: "The file is too long for what was learnt about one service" };
  const read = parsed(source, learntOf);
  return "problem" in read ? { problem: `The file cannot be used: ${read.problem}` } : { learnt: read.value };
}

/** The text of the file: the same for the same content, with short objects on a line of their own. */
export function writeLearnt({ needs, ...learnt }: Learnt): string {
  return `${pretty({ ...learnt, needs: JSON.parse(needsToJson(needs)) }, "")}\n`;
}

const MAX_LINE = 160;

function pretty(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || line.length + indent.length <= MAX_LINE) return line;
  const inner = `${indent} `;
  if (Array.isArray(value)) return `[\n${value.map((it) => inner + pretty(it, inner)).join(",\n")}\n${indent}]`;
  const entries = Object.entries(value).filter(([, it]) => it !== undefined);
  const lines = entries.map(([key, it]) => `${inner}${JSON.stringify(key)}: ${pretty(it, inner)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

/** The settings that learning may give, and no other: a file must not bring commands. */
export const LEARNT_KEYS: ReadonlySet<string> = new Set([
  ...GROUPS.flatMap((it) => it.directives).filter((it) => it !== "LoadCredential"),
  ...["User", "Group", "KeyringMode", "RuntimeDirectoryPreserve"],
  ...["StateDirectoryMode", "CacheDirectoryMode", "LogsDirectoryMode", "RuntimeDirectoryMode"],
]);

const learntOf: Parse<Learnt> = (value, where) => {
  const all = anObject(value, where);
  if (all.version !== 1) throw new TypeError(`version ${JSON.stringify(all.version) ?? "none"} is not 1`);
  const needs = needsFromJson(JSON.stringify(all.needs ?? {}));
  if ("problem" in needs) throw new TypeError(needs.problem);
  return {
    version: 1,
    unit: aLine(all.unit, "unit"),
    unitDigest: aLine(all.unitDigest, "unitDigest"),
    systemd: optional(anInteger)(all.systemd, "systemd"),
    runs: listOf(run)(all.runs, "runs"),
    settings: listOf(settingOf)(all.settings, "settings"),
    refused: optional(aLine)(all.refused, "refused"),
    unknown: listOf(aLine)(all.unknown, "unknown"),
    needs: needs.needs,
  };
};

const run: Parse<LearntRun> = (value, where) => {
  const { calls, seconds, exercised } = anObject(value, where);
  return {
    calls: anInteger(calls, `${where}.calls`),
    seconds: aNumber(seconds, `${where}.seconds`),
    exercised: listOf(aText)(exercised, `${where}.exercised`),
  };
};

const settingOf: Parse<LearntSetting> = (value, where) => {
  const all = anObject(value, where);
  const key = aLine(all.key, `${where}.key`);
  if (!LEARNT_KEYS.has(key)) throw new TypeError(`${where}.key is not a setting that is learnt`);
  return {
    key,
    value: aLine(all.value, `${where}.value`),
    grade: oneWord("proven", "seen", "refused")(all.grade, `${where}.grade`),
    evidence: aLine(all.evidence, `${where}.evidence`),
    sights: listOf(sightOf)(all.sights, `${where}.sights`),
    mayBreak: optional(aLine)(all.mayBreak, `${where}.mayBreak`),
    part: oneWord("settings", "user", "root")(all.part, `${where}.part`),
  };
};

const sightOf: Parse<Sight> = (value, where) => {
  const { count, first, last, at, sample } = anObject(value, where);
  return {
    count: anInteger(count, `${where}.count`),
    first: aNumber(first, `${where}.first`),
    last: aNumber(last, `${where}.last`),
    at: aLine(at, `${where}.at`),
    sample: aText(sample, `${where}.sample`),
  };
};

/** A text that begins no other line in a unit. */
const aLine: Parse<string> = (value, where) => {
  const found = aText(value, where);
  if (/[\0-\x1f\x7f]/.test(found)) throw new TypeError(`${where} is not one line`);
  return found;
};

const optional =
  <T>(read: Parse<T>): Parse<T | undefined> =>
  (value, where) =>
    value === undefined ? undefined : read(value, where);

const oneWord =
  <Word extends string>(...words: readonly Word[]): Parse<Word> =>
  (value, where) => {
    const found = words.find((it) => it === value);
    if (found === undefined) throw new TypeError(`${where} is not one of ${words.join(", ")}`);
    return found;
  };
