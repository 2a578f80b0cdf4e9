import type { SystemdVersion } from "../facts/version.ts";
import { unitKindOf } from "../families/checkedPath.ts";
import { sectionsOf, settingsSection } from "../families/unitFiles/kinds.ts";
import type { Span } from "../text/span.ts";
import { type HostedMap, type HostedPiece, hostedMap, movedMap } from "./hostedMap.ts";
import type { HostedFile, HostedPart, HostedSetting, HostedUnit } from "./hostedUnit.ts";
import { isRight, sampleFor } from "./samples.ts";

/** An assignment of the text that stands for a setting of the host. */
export interface HostedLine extends Span {
  readonly setting: HostedSetting;
  readonly valueStart: number;
}

/** A unit as systemd would read it, with the places where all of it stands in the host. */
export interface HostedText {
  readonly text: string;
  readonly map: HostedMap;
  /** In the order of the text. */
  readonly lines: readonly HostedLine[];
  /** Where headers stand, by their sections. */
  readonly headers: ReadonlyMap<string, Span>;
  /** What is not certain of the text. */
  readonly uncertain: readonly Span[];
}

/**
 * Writes a unit as a text of its own, section by section. Of each number what is not known has other values: the first has
 * all that may be set, the odd ones leave out what only counts under a condition.
 */
export function hostedText(file: HostedFile, unit: HostedUnit, version: SystemdVersion, number = 0): HostedText {
  if (unit.raw) return rawText(unit.raw);
  const pieces: HostedPiece[] = [];
  const lines: HostedLine[] = [];
  const headers = new Map<string, Span>();
  const uncertain: Span[] = [];
  let text = "";
  const put = (it: string, source?: Span, exact = false): void => {
    if (source && it !== "") pieces.push({ start: text.length, end: text.length + it.length, source, exact });
    text += it;
  };
  const mark = (at: number): void => {
    for (const it of file.marks.get(at) ?? []) {
      put(file.text.slice(it.start, it.end), it, true);
      put("\n");
    }
  };
  const kind = unitKindOf(unit.path);
  const own = settingsSection(kind);
  const usual: readonly string[] = sectionsOf(kind);
  const named = [
    ...unit.settings.map((it) => it.section),
    ...[...unit.sets.keys()].filter((it) => it !== ""),
    ...(unit.open ? [] : [own]),
  ];
  const order = [...new Set(named)].toSorted((a, b) => rankOf(usual, a) - rankOf(usual, b));
  for (const section of order) {
    if (section === own) mark(unit.extent.start);
    headers.set(section, { start: text.length, end: text.length + section.length + 2 });
    // Where the cursor is on the name, its own section is meant.
    put(`[${section}]`, section === own ? unit.name : { start: unit.name.start, end: unit.name.start });
    put("\n");
    for (const setting of unit.settings) {
      if (setting.section !== section || (setting.conditional && number % 2 === 1)) continue;
      const isUnfit = number > 0 && setting.parts !== undefined && !mayBeRight(unit, setting, version);
      const sample = setting.parts && !isUnfit ? undefined : sampleFor(unit, setting, version, number);
      if (sample === undefined && (!setting.parts || isUnfit)) continue;
      if (setting.place) mark(setting.place.binding.start);
      const start = text.length;
      put(setting.key, setting.keySpan, setting.own && isPlain(setting));
      put("=");
      const valueStart = text.length;
      const made = {
        text: sample ?? "",
        source: setting.place?.value ?? setting.keySpan,
        exact: false,
        certain: false,
      };
      const parts: readonly HostedPart[] = sample === undefined ? (setting.parts ?? []) : [made];
      for (const part of parts) {
        if (!part.certain) uncertain.push({ start: text.length, end: text.length + part.text.length });
        put(part.text, part.source, part.exact && part.source.end - part.source.start === part.text.length);
      }
      if (!isUnfit) lines.push({ setting, start, valueStart, end: text.length });
      put("\n");
    }
  }
  return { text, map: hostedMap(pieces), lines, headers, uncertain };
}

/** The text of a unit that stands elsewhere than when it was written, and is otherwise the same. */
export function movedText(written: HostedText, unit: HostedUnit, by: number): HostedText {
  // Of a unit that moved the settings are made when somebody looks at them. They are known by themselves, so that each line has the one of the unit as it stands now.
  const settingOf = ({ setting }: HostedLine): HostedSetting =>
    unit.settings.find((own) => isMoved(setting, own, by)) ?? setting;
  const lines = (): readonly HostedLine[] => written.lines.map((it) => ({ ...it, setting: settingOf(it) }));
  let known: readonly HostedLine[] | undefined;
  return {
    ...written,
    map: movedMap(written.map, by),
    get lines() {
      known ??= lines();
      return known;
    },
  };
}

const isMoved = (was: HostedSetting, is: HostedSetting, by: number): boolean =>
  is.section === was.section &&
  is.key === was.key &&
  is.keySpan.start === was.keySpan.start + by &&
  (is.place?.value.start ?? 0) === (was.place ? was.place.value.start + by : 0) &&
  (is.place?.literal?.start ?? 0) === (was.place?.literal ? was.place.literal.start + by : 0);

/** The text of a unit that stands in its host as it is. */
function rawText(parts: readonly HostedPart[]): HostedText {
  const pieces: HostedPiece[] = [];
  let text = "";
  for (const it of parts) {
    pieces.push({ start: text.length, end: text.length + it.text.length, source: it.source, exact: it.exact });
    text += it.text;
  }
  const uncertain = pieces.filter((_, i) => parts[i]?.certain === false);
  return { text, map: hostedMap(pieces), lines: [], headers: new Map(), uncertain };
}

/** Whether a value is right, or certainly wrong; what stands for an unknown part of it may be wrong where that is not. */
const mayBeRight = (unit: HostedUnit, setting: HostedSetting, version: SystemdVersion): boolean =>
  (setting.parts ?? []).every((it) => it.certain) ||
  isRight(unit, setting, (setting.parts ?? []).map((it) => it.text).join(""), version);

const rankOf = (usual: readonly string[], section: string): number => {
  const at = usual.indexOf(section);
  return at < 0 ? usual.length : at;
};

/** Whether a name stands in the host without quotes. */
const isPlain = ({ key, keySpan }: HostedSetting): boolean => keySpan.end - keySpan.start === key.length;
