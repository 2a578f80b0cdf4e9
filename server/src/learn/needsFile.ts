import type { Learnt, LearntRun, LearntSetting } from "./learnt.ts";
import { lineDigests, runShape, sightShape } from "./learntShapes.ts";
import type { Needs, Sight } from "./needs.ts";
import { needsFromJson, needsToJson } from "./needsJson.ts";
import { type ObservedLines, sameLines } from "./observedLines.ts";
import { prettyJson } from "./prettyJson.ts";
import { anObject, aText, listOf, type Parse, parsed, record } from "./shape.ts";

/** The evidence of what was learnt: all that the reviewed file is made from and further runs are merged with. */
interface Evidence {
  readonly unit: string;
  readonly observed: ObservedLines;
  readonly runs: readonly LearntRun[];
  /** The sights of each setting, by its part and line. */
  readonly sights: Readonly<Record<string, readonly Sight[]>>;
  readonly needs: Needs;
}

const VERSION = 1;

/** The text of `x.service.needs.json`, the same for the same content: which runs there were, where each setting shows, and the needs. */
export function writeNeeds({ unit, observed, runs, settings, needs }: Learnt): string {
  const sights = settings.filter((it) => it.sights.length > 0).map((it) => [settingId(it), it.sights] as const);
  const sorted = Object.fromEntries(sights.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return prettyJson({ version: VERSION, unit, observed, runs, sights: sorted, needs: JSON.parse(needsToJson(needs)) });
}

/** What was learnt with the evidence of the file next to it, or in one sentence without a full stop why that cannot be used. */
export function withEvidence(
  learnt: Learnt,
  source: string,
): { readonly learnt: Learnt } | { readonly problem: string } {
  const read = parsed(source, evidenceOf);
  if ("problem" in read) return read;
  const { unit, observed, runs, sights, needs } = read.value;
  if (unit !== learnt.unit || !sameLines(observed, learnt.observed))
    return { problem: "it was not written together with what was learnt" };
  const settings = learnt.settings.map((it) => ({
    ...it,
    sights: Object.hasOwn(sights, settingId(it)) ? (sights[settingId(it)] ?? []) : [],
  }));
  const { isWithoutNeeds: _, ...rest } = learnt;
  return { learnt: { ...rest, runs, settings, needs } };
}

const settingId = ({ part, key, value }: LearntSetting): string =>
  `${part === "settings" ? "" : `${part} `}${key}=${value}`;

const evidenceOf: Parse<Evidence> = (value, where) => {
  const all = anObject(value, where);
  if (all.version !== VERSION)
    throw new TypeError(`version ${JSON.stringify(all.version) ?? "none"} is not ${VERSION}`);
  const needs = needsFromJson(JSON.stringify(all.needs ?? {}));
  if ("problem" in needs) throw new TypeError(needs.problem);
  return {
    unit: aText(all.unit, "unit"),
    observed: lineDigests(all.observed, "observed"),
    runs: listOf(runShape)(all.runs, "runs"),
    sights: record(listOf(sightShape))(all.sights, "sights"),
    needs: needs.needs,
  };
};
