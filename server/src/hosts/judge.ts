import { ADVICE_RULES } from "../dialects/dialects.ts";
import type { SystemdVersion } from "../facts/version.ts";
import type { Finding } from "../findings/finding.ts";
import { check, isReadToEnd, type Selection } from "../rules/check.ts";
import { LineTable } from "../syntax/lineTable.ts";
import type { Span } from "../text/span.ts";
import { spansTouching } from "../text/spanSearch.ts";
import { readUnit } from "../units/readUnit.ts";
import { isTemplate } from "../units/template/isTemplate.ts";
import type { Unit } from "../units/unit.ts";
import { type HostedLine, type HostedText, hostedText } from "./hostedText.ts";
import type { HostedFile, HostedSetting, HostedUnit } from "./hostedUnit.ts";
import { samplesOf } from "./samples.ts";

/** A unit of a host, read for one version of systemd. */
export interface ReadHosted {
  readonly hosted: HostedUnit;
  readonly written: HostedText;
  readonly unit: Unit;
  /** What is found in it, with the places of its text. */
  readonly found: readonly Finding[];
}

/** A finding at its place in the host, and as it is in the text of its unit. */
export interface HostedFinding {
  readonly finding: Finding;
  readonly of: ReadHosted;
  /** Where it stands in the host. */
  readonly place: Span;
}

/** Codes about how a text is written that no reader of the host has written. */
const OF_TEXT = /^(?:style\/|syntax\/(?!missing-equals)|section\/|unit\/file)/;

/** What was read and found by all that decides about it, before an edit and in this text, and the lines that units have in common. */
export interface JudgementMemory {
  readonly before: ReadonlyMap<string, Judgement>;
  readonly now: Map<string, Judgement>;
  readonly lines: LineTable;
}

type Judgement = Pick<ReadHosted, "unit" | "found">;

/** So many lines are known at a time: as many as the units of a big module have. */
const MOST_LINES = 4096;

/** The memory for a text, with that of the text before it, of which perhaps only some units were judged. */
export const judgementMemory = (before?: JudgementMemory, isComplete = true): JudgementMemory => ({
  before: before && !isComplete ? new Map([...before.before, ...before.now]) : (before?.now ?? new Map()),
  now: new Map(),
  lines: before?.lines ?? new LineTable(MOST_LINES),
});

/** Looks up a text, or reads and judges it. */
function once({ before, now }: JudgementMemory, key: string, judge: () => Judgement): Judgement {
  const known = now.get(key) ?? before.get(key) ?? judge();
  now.set(key, known);
  return known;
}

/** Reads a unit of a host and judges it; what depends on a value that nobody knows is left out. */
export function judgeHosted(
  file: HostedFile,
  hosted: HostedUnit,
  version: SystemdVersion,
  selection: Selection,
  known: JudgementMemory,
): ReadHosted {
  const written = hostedText(file, hosted, version);
  const { path, settings, dropIns = [] } = hosted;
  const key = JSON.stringify([path, version, written.text, written.uncertain, settings.map(stateOf), dropIns]);
  const judged = once(known, key, () => {
    const unit = readUnit(path, written.text, version, { dropIns, lines: known.lines });
    return { unit, found: findings(file, hosted, { written, unit }, selection, known.lines) };
  });
  return { hosted, written, ...judged };
}

/** A unit of a host that may be hardened, with whether there is advice for it. */
export interface AdvisedHosted extends Omit<ReadHosted, "found"> {
  readonly isAdvised: boolean;
}

/** Reads a unit of a host as one that may be hardened: where all of it is certain, what rules find does not count. */
export function adviseHosted(...query: Parameters<typeof judgeHosted>): AdvisedHosted {
  const [file, hosted, version, , known] = query;
  const written = hostedText(file, hosted, version);
  if (written.uncertain.length === 0 && samplesOf(hosted, version) === 1 && !hosted.settings.some((it) => it.given)) {
    const unit = readUnit(hosted.path, written.text, version, { dropIns: hosted.dropIns ?? [], lines: known.lines });
    if (!isTemplate(unit))
      return { hosted, written, unit, isAdvised: !swallowsNext(hosted.settings) && isReadToEnd(unit) };
  }
  const { found, ...judged } = judgeHosted(...query);
  return { ...judged, isAdvised: found.some((it) => it.advice !== undefined) };
}

/** Reads a unit of a host without its unknown values, and judges nothing. */
export const readHostedUnit = (file: HostedFile, hosted: HostedUnit, version: SystemdVersion): Unit =>
  readUnit(hosted.path, hostedText(file, hosted, version).text, version, { dropIns: hosted.dropIns ?? [] });

/** What of a setting the text of its unit does not show. */
const stateOf = ({ section, key, parts, conditional, given }: HostedSetting): readonly unknown[] => [
  ...(parts ? [] : [section, key]),
  conditional,
  given === true,
];

function findings(
  file: HostedFile,
  hosted: HostedUnit,
  { written, unit }: Pick<ReadHosted, "written" | "unit">,
  selection: Selection,
  lines: LineTable,
): readonly Finding[] {
  const { version } = unit;
  const severities = { ...selection.severities, ...unknownAdvice(hosted) };
  const all = check(unit, { ...selection, severities }).filter(certaintyIn(hosted, written));
  let found = all;
  for (let number = 1; number < samplesOf(hosted, version) && found.length > 0; number++) {
    const other = hostedText(file, hosted, version, number);
    const again = check(readUnit(hosted.path, other.text, version, { dropIns: hosted.dropIns ?? [], lines }), {
      ...selection,
      severities,
    });
    const keys = new Set(again.map((it) => keyOf(it, other)));
    const present = new Set(other.lines.map((it) => it.setting));
    found = found.filter((it) => keys.has(keyOf(it, written)) || isOfLeftOut(it, written, present));
  }
  return found;
}

/**
 * The codes of the advice that is none in a host: about settings that a unit may have, with whatever value, and about the places
 * of programs, which are not those of other systems.
 */
export function unknownAdvice({ settings }: HostedUnit): Readonly<Record<string, "off">> {
  const unsure = new Set([...PLACES_OF_PROGRAMS, ...settings.filter(isUnsure).map((it) => it.key)]);
  return Object.fromEntries(ADVICE_RULES.filter((it) => unsure.has(it.directive)).map(({ code }) => [code, "off"]));
}

/** Settings that name where programs are. */
const PLACES_OF_PROGRAMS = ["ExecPaths", "NoExecPaths", "TemporaryFileSystem", "BindReadOnlyPaths", "RootDirectory"];

/** The names of settings whose values nobody knows, which can be judged all the same; undefined where there are none. */
export function judgeNames(
  file: HostedFile,
  hosted: HostedUnit,
  version: SystemdVersion,
  selection: Selection,
  known: JudgementMemory,
): ReadHosted | undefined {
  const settings = hosted.settings.filter((it) => !it.parts).map((it) => ({ ...it, parts: [] }));
  if (settings.length === 0) return undefined;
  const named = { ...hosted, path: { ...hosted.path, role: "drop-in" as const }, settings, open: true };
  const written = hostedText(file, named, version);
  const judged = once(known, JSON.stringify(["names", named.path, version, written.text]), () => {
    const unit = readUnit(named.path, written.text, version, { lines: known.lines });
    const all = check(unit, { ...selection, profile: "off" });
    return { unit, found: all.filter((it) => it.code.startsWith("directive/")).map((it) => ({ ...it, fixes: [] })) };
  });
  return { hosted: named, written, ...judged };
}

/** A finding in the words of the host, so that those of two texts can be compared. */
function keyOf({ code, start, end, directive = "" }: Finding, { map }: HostedText): string {
  const place = map.spanInSource({ start, end });
  return `${code} ${directive} ${place?.start} ${place?.end}`;
}

/** Whether a finding stands in a line that another text does not have, about which that says nothing. */
function isOfLeftOut(finding: Finding, { lines }: HostedText, present: ReadonlySet<unknown>): boolean {
  const line = lineAt(lines, finding.start);
  return line !== undefined && !present.has(line.setting) && !/^(?:unit|sandbox|hardening)\//.test(finding.code);
}

/** The line that an offset is in, or at the end of. */
const lineAt = (lines: HostedText["lines"], start: number): HostedLine | undefined =>
  spansTouching(lines, { start: start - 1, end: start + 1 }).find((it) => it.start <= start);

/** Says whether a finding is about what the host shows: not of an unknown value, and of nothing that may be set elsewhere. */
function certaintyIn({ settings, raw }: HostedUnit, { uncertain, lines }: HostedText): (finding: Finding) => boolean {
  // Of a service that does something unknown nobody can say what it bears, nor of one that swallows what is written next.
  const isUnknown = swallowsNext(settings) || settings.some((it) => !it.parts && it.key.startsWith("Exec"));
  const unsure = new Set(settings.filter(isUnsure).map((it) => it.key));
  return ({ code, start, end, directive, advice }) => {
    if (!raw && OF_TEXT.test(code)) return false;
    if (spansTouching(uncertain, { start, end }).length > 0 || lineAt(lines, start)?.setting.given) return false;
    return advice === undefined || directive === undefined || (!isUnknown && !unsure.has(directive));
  };
}

/** Whether what is written behind these settings may become a part of one of them: nothing can be added to such a unit. */
export const swallowsNext = (settings: readonly HostedSetting[]): boolean => settings.some(isContinued);

/** Whether a value ends in a backslash, which makes of the line after it a part of the value, whichever that is. */
function isContinued({ parts = [] }: HostedSetting): boolean {
  const text = parts.map((it) => it.text).join("");
  let end = text.length;
  while (text[end - 1] === "\\") end--;
  return (text.length - end) % 2 === 1;
}

const isUnsure = ({ parts, conditional }: HostedSetting): boolean =>
  !parts || conditional || parts.some((it) => !it.certain);

/** Findings at their places in the host, each once, in the order of the host. */
export function placed(units: readonly ReadHosted[]): readonly HostedFinding[] {
  const all: HostedFinding[] = [];
  for (const of of units)
    for (const finding of of.found) {
      const place = of.written.map.spanInSource(finding);
      if (place) all.push({ finding, of, place });
    }
  all.sort((a, b) => a.place.start - b.place.start || a.place.end - b.place.end);
  return withoutRepeated(all);
}

/** Of what stands at one place, each once; few places have more than one finding, for which nothing need be remembered. */
function withoutRepeated(sorted: readonly HostedFinding[]): readonly HostedFinding[] {
  const keyOf = ({ finding: { code, message } }: HostedFinding): string => `${code} ${message}`;
  let before: HostedFinding | undefined;
  let reported: Set<string> | undefined;
  return sorted.filter((it) => {
    const isThere = before?.place.start === it.place.start && before.place.end === it.place.end;
    reported = isThere ? (reported ?? new Set(before && [keyOf(before)])) : undefined;
    before = it;
    const isRepeated = reported?.has(keyOf(it)) ?? false;
    reported?.add(keyOf(it));
    return !isRepeated;
  });
}
