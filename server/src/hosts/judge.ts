import type { SystemdVersion } from "../facts/version.ts";
import type { Finding } from "../findings/finding.ts";
import { adviceRules } from "../hardening/suggestions/advice.ts";
import { check, type Selection } from "../rules/check.ts";
import type { Span } from "../text/span.ts";
import { readUnit, type Unit } from "../units/unit.ts";
import { type HostedText, hostedText } from "./hostedText.ts";
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

/** What was found in units by all that decides about it: before an edit, and in this text, for those who judge a file again and again. */
export interface JudgedTexts {
  readonly before: ReadonlyMap<string, readonly Finding[]>;
  readonly now: Map<string, readonly Finding[]>;
}

/** Reads a unit of a host and judges it; what depends on a value that nobody knows is left out. */
export function judgeHosted(
  file: HostedFile,
  hosted: HostedUnit,
  version: SystemdVersion,
  selection: Selection,
  known?: JudgedTexts,
): ReadHosted {
  const written = hostedText(file, hosted, version);
  const unit = readUnit(hosted.path, written.text, version);
  const key =
    known && JSON.stringify([hosted.path, version, written.text, written.uncertain, hosted.settings.map(stateOf)]);
  const before = key === undefined ? undefined : known?.before.get(key);
  const found = before ?? findings(file, hosted, { written, unit }, selection);
  if (key !== undefined) known?.now.set(key, found);
  return { hosted, written, unit, found };
}

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
): readonly Finding[] {
  const { version } = unit;
  const severities = { ...selection.severities, ...unknownAdvice(hosted) };
  const all = check(unit, { ...selection, severities }).filter((it) => isCertain(it, hosted, written));
  let found = all;
  for (let number = 1; number < samplesOf(hosted) && found.length > 0; number++) {
    const other = hostedText(file, hosted, version, number);
    const again = check(readUnit(hosted.path, other.text, version), { ...selection, severities });
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
  const unsure = settings.filter((it) => !it.parts || it.conditional || it.parts.some((part) => !part.certain));
  const places = ["ExecPaths", "NoExecPaths", "TemporaryFileSystem", "BindReadOnlyPaths", "RootDirectory"];
  return Object.fromEntries(
    [...places, ...unsure.map((it) => it.key)].flatMap((key) => {
      const code = ADVICE.get(key);
      return code === undefined ? [] : [[code, "off" as const]];
    }),
  );
}

const ADVICE: ReadonlyMap<string, string> = new Map(adviceRules.map((it) => [it.directive, it.code]));

/** The names of settings whose values nobody knows, which can be judged all the same. */
export function judgeNames(
  file: HostedFile,
  hosted: HostedUnit,
  version: SystemdVersion,
  selection: Selection,
): ReadHosted {
  const settings = hosted.settings.filter((it) => !it.parts).map((it) => ({ ...it, parts: [] }));
  const named = { ...hosted, path: { ...hosted.path, role: "drop-in" as const }, settings, open: true };
  const written = hostedText(file, named, version);
  const unit = readUnit(named.path, written.text, version);
  const all = settings.length > 0 ? check(unit, { ...selection, profile: "off" }) : [];
  const found = all.filter((it) => it.code.startsWith("directive/")).map((it) => ({ ...it, fixes: [] }));
  return { hosted: named, written, unit, found };
}

/** A finding in the words of the host, so that those of two texts can be compared. */
function keyOf({ code, start, end, directive = "" }: Finding, { map }: HostedText): string {
  const place = map.spanInSource({ start, end });
  return `${code} ${directive} ${place?.start} ${place?.end}`;
}

/** Whether a finding stands in a line that another text does not have, about which that says nothing. */
function isOfLeftOut(finding: Finding, { lines }: HostedText, present: ReadonlySet<unknown>): boolean {
  const line = lines.find((it) => it.start <= finding.start && finding.start <= it.end);
  return line !== undefined && !present.has(line.setting) && !/^(?:unit|sandbox|hardening)\//.test(finding.code);
}

/** Whether a finding speaks of what the host shows: not of an unknown value, and of nothing that may be set elsewhere. */
function isCertain(finding: Finding, { settings }: HostedUnit, { uncertain, lines }: HostedText): boolean {
  if (OF_TEXT.test(finding.code)) return false;
  const { start, end, directive } = finding;
  if (uncertain.some((it) => it.start < Math.max(end, start + 1) && start < it.end)) return false;
  if (lines.some((it) => it.setting.given && it.start <= start && start <= it.end)) return false;
  if (finding.advice === undefined || directive === undefined) return true;
  // Of a service that does something unknown nobody can say what it bears.
  if (settings.some((it) => !it.parts && it.key.startsWith("Exec"))) return false;
  return !settings.some(
    (it) => it.key === directive && (!it.parts || it.conditional || it.parts.some((part) => !part.certain)),
  );
}

/** Findings at their places in the host, each once, in the order of the host. */
export function placed(units: readonly ReadHosted[]): readonly HostedFinding[] {
  const seen = new Set<string>();
  const all: HostedFinding[] = [];
  for (const of of units)
    for (const finding of of.found) {
      const place = of.written.map.spanInSource(finding);
      const key = `${finding.code} ${place?.start} ${place?.end} ${finding.message}`;
      if (!place || seen.has(key)) continue;
      seen.add(key);
      all.push({ finding, of, place });
    }
  return all.toSorted((a, b) => a.place.start - b.place.start || a.place.end - b.place.end);
}
