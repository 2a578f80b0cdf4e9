import type { Finding, Fix } from "../../server/src/findings/finding.ts";
import { check, type Selection } from "../../server/src/rules/check.ts";
import { fixAllEdits } from "../../server/src/rules/fixAll.ts";
import { effective } from "../../server/src/security/effective.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** Of so many findings not all get fixes in as many rounds as there are. */
const MANY = 100;

const SELECTION: Selection = { profile: "off" };

/** Makes the unit of a text. */
export type ReadText = (text: string) => Unit;

/** What is known of a text. */
interface Judged {
  readonly text: string;
  readonly found: readonly Finding[];
  readonly refused: boolean;
}

/**
 * The laws of fixes that a text breaks: all of them together come to rest; each one takes its finding away, and the next does
 * not undo it; the safe ones add no error and do not change whether systemd loads the unit.
 */
export function brokenFixLaws(read: ReadText, text: string): string[] {
  const known = new Map<string, Judged>();
  const judge = (it: string): Judged => {
    const judged = known.get(it) ?? judgedText(read, it);
    known.set(it, judged);
    return judged;
  };
  const before = judge(text);
  if (before.found.length > MANY) return [];
  const broken = before.found.flatMap((finding) => finding.fixes.flatMap((fix) => single(judge, before, finding, fix)));
  return [...broken, ...atRest(read, judge, text)];
}

function judgedText(read: ReadText, text: string): Judged {
  const unit = read(text);
  return {
    text,
    found: check(unit, SELECTION),
    refused: effective(unit.main?.unit ?? unit).refusal !== undefined,
  };
}

function atRest(read: ReadText, judge: (text: string) => Judged, text: string): string[] {
  const broken: string[] = [];
  for (const which of ["safe", "all"] as const) {
    const fixed = (it: string): string => applyEdits(it, fixAllEdits(read, it, SELECTION, which));
    const once = fixed(text);
    if (judge(once).found.length > MANY) continue;
    const twice = fixed(once);
    if (twice !== once) broken.push(`${which} fixes never end: ${JSON.stringify([once, twice])}`);
    if (which === "all") continue;
    const [before, after] = [judge(text), judge(once)];
    if (before.refused !== after.refused)
      broken.push(`safe fixes: the unit is ${after.refused ? "refused" : "loaded"} now`);
    broken.push(...newErrors(before, after).map((it) => `safe fixes: new error ${it}`));
  }
  return broken;
}

function single(judge: (text: string) => Judged, before: Judged, finding: Finding, fix: Fix): string[] {
  if (fix.rename !== undefined) return [];
  const name = `${finding.code} "${fix.title}"`;
  const after = judge(applyEdits(before.text, fix.edits()));
  if (after.text === before.text) return [`${name}: changes nothing`];
  const broken: string[] = [];
  if (isLeft(before, after, finding)) broken.push(`${name}: leaves ${finding.message}`);
  // What is done unasked leaves such a fix out.
  const turned = before.refused !== after.refused;
  if (fix.safe && !turned) broken.push(...newErrors(before, after).map((it) => `${name}: new error ${it}`));
  const known = new Set(before.found.map(keyOf));
  for (const next of after.found.filter((it) => !known.has(keyOf(it)))) {
    for (const undo of next.fixes)
      if (applyEdits(after.text, undo.edits()) === before.text)
        broken.push(`${name}: undone by ${next.code} "${undo.title}"`);
  }
  return broken;
}

const keyOf = ({ code, message }: Finding): string => `${code}: ${message}`;

/** Whether a finding is there as often as before; what changes how lines are read may stand again below. */
function isLeft(before: Judged, after: Judged, finding: Finding): boolean {
  const same = (it: Finding): boolean => keyOf(it) === keyOf(finding);
  if (finding.stopsReading || finding.code.startsWith("syntax/"))
    return after.found.some((it) => same(it) && it.start === finding.start);
  return after.found.filter(same).length >= before.found.filter(same).length;
}

/** Errors that were not there before, but for the next mistakes of what had others; where reading stopped before, nobody knows. */
function newErrors(before: Judged, after: Judged): string[] {
  if (before.found.some((it) => it.stopsReading)) return [];
  const gone = withoutEqual(before.found, after.found);
  return withoutEqual(after.found, before.found)
    .filter((it) => !gone.some((one) => kindOf(one) === kindOf(it) || one.directive === it.directive))
    .map(keyOf);
}

/** The code; a unit may be refused for another reason. */
const kindOf = ({ code }: Finding): string => (code.startsWith("unit/") ? "unit" : code);

/** The errors of some findings without as many equal ones of others. */
function withoutEqual(findings: readonly Finding[], others: readonly Finding[]): Finding[] {
  const left = others.map(keyOf);
  return findings.filter((it) => {
    if (it.severity !== "error") return false;
    const at = left.indexOf(keyOf(it));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
