import type { Found, LineRule, Rule } from "../findings/rule.ts";
import { addNames } from "../units/byDirective.ts";
import { withOldName } from "../units/oldNames.ts";
import type { Unit } from "../units/unit.ts";
import { judgesOf, type LineJudges } from "./walk.ts";

/** A rule to ask: one about a whole unit, or without `check` one about single lines, which were judged before. */
export interface RuleCheck {
  readonly code: string;
  readonly check: Rule["check"] | undefined;
}

/** What says which of some rules may find anything in a unit. */
export interface RuleChoice {
  readonly judges: LineJudges;
  /** All of them in their order; of those that share a function the first one. */
  readonly all: readonly RuleCheck[];
  /** The places of those that any unit is asked, and by a directive of those that need it. */
  readonly always: readonly number[];
  readonly byName: ReadonlyMap<string, readonly number[]>;
  /** The places of those about lines, by their codes. */
  readonly byCode: ReadonlyMap<string, number>;
}

/** Prepares the choice among some rules: few of them have anything to do with what a unit sets. */
export function choiceAmong(rules: readonly (Rule | LineRule)[]): RuleChoice {
  const seen = new Set<Rule["check"]>();
  const distinct = rules.filter((it) => "line" in it || (!seen.has(it.check) && seen.add(it.check)));
  const byName = new Map<string, number[]>();
  const always: number[] = [];
  for (const [place, rule] of distinct.entries()) {
    if ("line" in rule) continue;
    if (!rule.needs) always.push(place);
    for (const name of rule.needs?.flatMap(withOldName) ?? []) {
      const known = byName.get(name);
      if (known) known.push(place);
      else byName.set(name, [place]);
    }
  }
  return {
    judges: judgesOf(distinct.filter((it) => "line" in it)),
    // Of one shape, as they are asked for every unit.
    all: distinct.map((it) => ({ code: it.code, check: "line" in it ? undefined : it.check })),
    always,
    byName,
    byCode: new Map(distinct.flatMap((it, place) => ("line" in it ? [[it.code, place]] : []))),
  };
}

/** The rules that may find something in a unit, and those that did in its lines, in their order. */
export function chosen(
  { all, always, byName, byCode }: RuleChoice,
  unit: Unit,
  inLines: ReadonlyMap<string, readonly Found[]>,
): readonly RuleCheck[] {
  const wanted = new Uint8Array(all.length);
  for (const place of always) wanted[place] = 1;
  for (const code of inLines.keys()) {
    const place = byCode.get(code);
    if (place !== undefined) wanted[place] = 1;
  }
  const names = new Set<string>();
  for (const { sections } of filesOf(unit)) {
    for (const section of sections) addNames(section, names);
  }
  for (const name of names) for (const place of byName.get(name) ?? NONE) wanted[place] = 1;
  const some: RuleCheck[] = [];
  for (let place = wanted.indexOf(1); place >= 0; place = wanted.indexOf(1, place + 1))
    some.push(all[place] as RuleCheck);
  return some;
}

const NONE: readonly never[] = [];

/** All files of the unit that one of them is seen from. */
function filesOf({ file, dropIns, main }: Unit): readonly Unit["file"][] {
  if (main) return [file, main.unit.file, ...main.unit.dropIns];
  return dropIns.length === 0 ? [file] : [file, ...dropIns];
}
