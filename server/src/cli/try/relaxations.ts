import type { DirectiveName } from "../../catalog/catalog.ts";
import type { CausingSetting } from "../../failures/cause.ts";
import { diagnose } from "../../failures/diagnose.ts";
import { readEvidence } from "../../failures/evidence.ts";
import type { Fix } from "../../findings/finding.ts";
import { directiveOf, valueOfLine } from "../../learn/trial/lines.ts";
import type { Relaxation, Setup, TrialSetting } from "../../learn/trial/trial.ts";
import { notTried } from "../../learn/trial/untried.ts";
import { assigned } from "../../service/settings.ts";
import { parse } from "../../syntax/parse.ts";
import { applyEdits, type TextEdit } from "../../text/span.ts";
import { readUnit } from "../../units/readUnit.ts";
import type { Unit } from "../../units/unit.ts";

/**
 * How the settings of a setup can be loosened that a failure of a unit speaks against: what is most likely and loosens least comes
 * first. What the unit says itself is never blamed: it worked with that.
 */
export function relaxationsFor(
  unit: Unit,
  settings: readonly TrialSetting[],
  setup: Setup,
  evidence: string,
): readonly Relaxation[] {
  const trial = withSetup(unit, setup);
  const found: Relaxation[] = [];
  for (const cause of diagnose(trial.unit, readEvidence(evidence))) {
    const at = trial.settingAt(cause.origin?.node.start);
    if (at === undefined) continue;
    for (const lines of loosened(cause, at, trial, settings[at]))
      if (!found.some((it) => it.at === at && isSame(it.lines, lines)))
        found.push({ at, evidence: cause.reason, lines, weight: cause.weight });
  }
  return found;
}

/** A unit with its drop-ins and a setup as one text, in which fixes are plain edits. */
interface TrialText {
  readonly unit: Unit;
  /** The lines of a setting, as they stand in the text. */
  readonly places: readonly (readonly Place[])[];
  /** The setting whose line begins at an offset. */
  readonly settingAt: (offset: number | undefined) => number | undefined;
  /** Whether the unit sets a directive without the setup. */
  readonly saysItself: (name: string) => boolean;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function withSetup(own: Unit, setup: Setup): TrialText {
  const { path, version, file, dropIns } = own;
  let text = `${[file, ...dropIns].map((it) => `${it.text}\n`).join("")}\n[Service]\n`;
  const places = setup.map((lines) =>
    lines.map((line) => {
      const start = text.length;
      text += `${line}\n`;
      return { start, end: text.length };
    }),
  );
  const settingAt = (offset: number | undefined): number | undefined => {
    const at = places.findIndex((lines) => lines.some((it) => it.start === offset));
    return at < 0 ? undefined : at;
  };
  const saysItself = (name: string): boolean => assigned(own, name as DirectiveName).length > 0;
  return { unit: readUnit(path, text, version), places, settingAt, saysItself };
}

/** What the fixes of a cause make of a setting; where they switch it off, its weaker values come before. */
function* loosened(
  cause: CausingSetting,
  at: number,
  trial: TrialText,
  setting: TrialSetting | undefined,
): Iterable<readonly string[]> {
  for (const fix of cause.fixes) {
    const lines = applied(fix, at, trial);
    if (lines === undefined || lines.some((it) => notTried(directiveOf(it)) !== undefined)) continue;
    if (!isOff(lines)) yield lines;
  }
  const weaker = setting?.weaker ?? [];
  const now = weaker.findIndex((it) => isSame(it, linesOf(trial, at)));
  yield* weaker.slice(now + 1);
  yield [];
}

/** Whether what is left is nothing, or switches off what the unit may say itself. */
const isOff = (lines: readonly string[]): boolean =>
  lines.length === 0 || lines.some((it) => /^(?:no|false|off|0|all|default)$/i.test(valueOfLine(it)));

const linesOf = ({ unit, places }: TrialText, at: number): readonly string[] =>
  (places[at] ?? []).map(({ start, end }) => unit.file.text.slice(start, end - 1));

/** The lines of a setting once a fix is applied: what it changes elsewhere comes after them. Undefined where it changes nothing. */
function applied(fix: Fix, at: number, trial: TrialText): readonly string[] | undefined {
  const edits = fix.edits();
  if (edits.length === 0) return undefined;
  const places = trial.places[at] ?? [];
  const within = ({ start, end, newText }: TextEdit, place: Place): boolean =>
    start >= place.start && end < place.end && !newText.includes("\n");
  const takesOut = (it: TextEdit, place: Place): boolean =>
    it.newText === "" && it.start <= place.start && it.end >= place.end;
  const rest = edits.filter((it) => !places.some((place) => within(it, place) || takesOut(it, place)));
  const kept = places.flatMap((place) => {
    if (edits.some((it) => takesOut(it, place))) return [];
    const own = edits
      .filter((it) => within(it, place))
      .map((it) => ({ ...it, start: it.start - place.start, end: it.end - place.start }));
    const line = trial.unit.file.text.slice(place.start, place.end - 1);
    const changed = applyEdits(line, own);
    // An empty list takes back what the unit says, also once it is no longer empty.
    const isReset = line.endsWith("=") && changed !== line && trial.saysItself(directiveOf(line));
    return isReset ? [line, changed] : [changed];
  });
  const added = rest.length > 0 ? (fix.sets ?? rest.flatMap((it) => assignmentsIn(it.newText))) : [];
  return [...kept, ...added.filter((it) => !kept.includes(it))].filter((it) => it.trim() !== "");
}

const assignmentsIn = (text: string): readonly string[] =>
  parse(text).nodes.flatMap((it) => (it.kind === "assignment" ? [`${it.key}=${it.text}`] : []));

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((it, i) => it === b[i]);
}
