import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Fix } from "../../../findings/finding.ts";
import { lastOf, ownHeader } from "../../../findings/findingPlace.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { RuleCode } from "../../../findings/ruleTexts.ts";
import { effective } from "../../../security/effective.ts";
import type { Refusal, RefusalCode } from "../../../security/refusals/refusal.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import type { Unit } from "../../../units/unit.ts";
import { withoutDropIn } from "../../../units/withoutDropIn.ts";
import { parseUnitName, pathFromStem } from "../../../values/unitName.ts";

/** The refusals that are rules of their own: values have those of their grammars. */
export type OwnRefusal = RefusalCode extends infer Code extends string
  ? Code extends Code
    ? `unit/${Code}` extends RuleCode
      ? Code
      : never
    : never
  : never;

/** One way in which systemd refuses a unit. */
export interface RefusalRule {
  readonly code: OwnRefusal;
  /** The directives that are to blame: the finding stands at the first that this file sets, else at the section. */
  readonly blame: readonly DirectiveName[];
  /** What to write for the first of them instead, if there is one way to put it right. */
  readonly instead?: { readonly title: string; readonly value: string };
  /** What helps in a drop-in in addition. */
  readonly inDropIn?: (dropIn: Unit) => readonly Fix[];
}

/** Why systemd refuses the unit of a drop-in, if it would not without the drop-in. */
function broughtBy({ main }: Unit): Refusal | undefined {
  const refusal = main && effective(main.unit).refusal;
  return refusal && !effective(withoutDropIn(main)).refusal ? refusal : undefined;
}

/** What does not go together in a unit with its drop-ins, as the engine finds it when it reads the unit as systemd does. */
export function refusalRules(rules: readonly RefusalRule[]): readonly Rule[] {
  const byCode = new Map<RefusalCode, RefusalRule>(rules.map((it) => [it.code, it]));
  const check = (unit: Unit): readonly Found[] => {
    const refusal = refusalOf(unit);
    const rule = refusal && byCode.get(refusal.code);
    return rule ? [refused(unit, refusal, rule)] : NONE;
  };
  return rules.map(({ code }): Rule => ({ code: `unit/${code}`, check }));
}

function refused(unit: Unit, refusal: Refusal, { code, blame, instead, inDropIn }: RefusalRule): Found {
  const node = lastOf(unit, blame);
  return {
    ...(node?.valueSpan ?? ownHeader(unit)),
    code: `unit/${code}`,
    severity: "error",
    message: unit.main ? `${refusal.message} with this drop-in` : refusal.message,
    ...(refusal.directive ? { directive: refusal.directive } : {}),
    fixes: [
      ...(inDropIn && unit.main ? inDropIn(unit) : []),
      ...(refusal.fileName === undefined ? [] : [renaming(refusal.fileName)]),
      ...(node && refusal.fileName !== undefined ? byName(unit, node, refusal) : []),
      ...(node && instead && node.key === blame[0] ? [fixOf(node, instead)] : []),
    ],
  };
}

// No generator: it is asked of every unit, and has nothing to say of nearly all.
const NONE: readonly never[] = [];

/** Why systemd refuses a unit, or would with this drop-in. */
const refusalOf = memo((unit: Unit): Refusal | undefined => {
  if (unit.file.text === "") return undefined;
  return unit.path.role === "unit" ? effective(unit).refusal : broughtBy(unit);
});

function fixOf(node: Assignment, { title, value }: { title: string; value: string }): Fix {
  return { title, safe: false, edits: () => [{ ...node.valueSpan, newText: value }] };
}

function renaming(name: string): Fix {
  return { title: `Rename the file to ${name}`, safe: false, edits: () => [], rename: name };
}

/** The other way to make a name and a path equal: the path that the name says. */
function byName({ path }: Unit, node: Assignment, { directive }: Refusal): readonly Fix[] {
  const name = parseUnitName(path.name ?? "");
  const suggestion = name && pathFromStem(name.stem);
  if (suggestion === undefined || node.key !== directive) return [];
  return [fixOf(node, { title: `Change to ${suggestion}`, value: suggestion.replaceAll("%", "%%") })];
}
