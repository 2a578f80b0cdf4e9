import type { Span, TextEdit } from "../text/span.ts";
import { type HostedText, hostedText } from "./hostedText.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";
import type { UnitChange } from "./unitChange.ts";

/** Some units of a file without the others, and the way back for edits. */
export interface UnitsApart {
  readonly file: HostedFile;
  /** The same changes of the units there. */
  readonly changes: readonly UnitChange[];
  /** Edits there as edits of the whole file; undefined where one would reach over what was left out. */
  readonly inWhole: (edits: readonly TextEdit[]) => readonly TextEdit[] | undefined;
}

/** Where at least so many units are left out, to read the file without them is worth it. */
const WORTH = 8;

/**
 * The file with only those of its units that changes are about, which is read again in less time; undefined where that saves
 * little, and where these units are not the same without the others.
 */
export function unitsApart(
  host: HostLanguage,
  file: HostedFile,
  changes: readonly UnitChange[],
): UnitsApart | undefined {
  if (!host.cutsUnits) return undefined;
  const kept = new Set(changes.map((it) => it.hosted));
  const { units: all, beyond = [] } = file;
  if (all.length + beyond.length - kept.size < WORTH) return undefined;
  const cuts = cutsAround(file, kept);
  let [text, at] = ["", 0];
  for (const { start, end } of cuts) {
    text += file.text.slice(at, start);
    at = end;
  }
  const apart = host.units(text + file.text.slice(at));
  if (apart.units.length !== kept.size) return undefined;
  const units = new Map(all.filter((it) => kept.has(it)).map((it, i) => [it, apart.units[i]] as const));
  const texts = new Map<HostedUnit, HostedText>();
  const moved = changes.flatMap((it): readonly UnitChange[] => {
    const hosted = units.get(it.hosted);
    const written = hosted && (texts.get(hosted) ?? hostedText(apart, hosted, it.version));
    if (hosted && written) texts.set(hosted, written);
    return hosted && written?.text === it.written.text
      ? [{ hosted, written, edits: it.edits, version: it.version }]
      : [];
  });
  return moved.length === changes.length
    ? { file: apart, changes: moved, inWhole: (it) => uncut(it, cuts) }
    : undefined;
}

/** What the other units take, without what those that are kept need. */
function cutsAround({ units, beyond = [] }: HostedFile, kept: ReadonlySet<HostedUnit>): readonly Span[] {
  const needed = [...kept]
    .flatMap((it) => [it.extent, it.name, ...it.settings.flatMap(({ place }) => (place ? [place.binding] : []))])
    .sort((a, b) => a.start - b.start);
  const others = [...units.filter((it) => !kept.has(it)).map((it) => it.extent), ...beyond];
  const cuts: Span[] = [];
  let [past, next, reach] = [0, 0, 0];
  for (const { start, end } of others.toSorted((a, b) => a.start - b.start)) {
    for (; needed[next] && (needed[next]?.start ?? 0) < end; next++) reach = Math.max(reach, needed[next]?.end ?? 0);
    if (start < past || reach > start) continue;
    cuts.push({ start, end });
    past = end;
  }
  return cuts;
}

function uncut(edits: readonly TextEdit[], cuts: readonly Span[]): readonly TextEdit[] | undefined {
  const made: TextEdit[] = [];
  let [next, by] = [0, 0];
  for (const { start, end, newText } of edits.toSorted((a, b) => a.start - b.start)) {
    for (let cut = cuts[next]; cut && cut.start < start + by; cut = cuts[++next]) by += cut.end - cut.start;
    const after = cuts[next];
    if (after && after.start < end + by) return undefined;
    made.push({ start: start + by, end: end + by, newText });
  }
  return made;
}
