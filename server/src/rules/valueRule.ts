import { typeIn } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { sourceSpan } from "../syntax/cooked.ts";
import type { Assignment } from "../syntax/tree.ts";
import { once } from "../units/once.ts";
import type { Unit } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import type { ValueCode } from "../values/codes.ts";
import type { Effect, Problem } from "../values/grammar.ts";
import { problemsOf } from "../values/read.ts";
import type { ValueType } from "../values/valueType.ts";
import { valueType } from "../values/valueTypes.ts";
import { otherVersions } from "./otherVersions.ts";
import type { Found, Rule } from "./rule.ts";
import { settingsToJudge } from "./walk.ts";

/** What the message says of the consequence. */
const CONSEQUENCES: Readonly<Record<Effect, string>> = {
  assignment: ": systemd ignores this line",
  word: ": systemd ignores this word",
  rest: ": systemd ignores the rest of this line",
  refused: ": systemd refuses the unit",
  complains: ": systemd accepts it, but warns",
  silent: "",
};

/** Longer values are not read again for each version. */
const LONG = 4096;

interface Mistake {
  readonly node: Assignment;
  readonly problem: Problem;
  /** What the message says of other versions. */
  readonly remark: string;
  /** What helps against all mistakes of the value at once. */
  readonly cure: readonly Fix[] | undefined;
}

/** The mistakes in all values of a unit, by the code of their rule. */
const mistakes = once((unit: Unit): ReadonlyMap<string, readonly Mistake[]> => {
  const where = whereOf(unit);
  const byCode = new Map<string, Mistake[]>();
  for (const { directive, node } of settingsToJudge(unit)) {
    const type = valueType(typeIn(directive, unit.version));
    const problems = problemsOf(type, node.text, where);
    const remarkOn =
      node.text.length < LONG && problems.some(isLoud) ? otherVersions(directive, node.text, where) : undefined;
    const cure = problems.length > 0 ? commentFix(unit, node, type) : undefined;
    for (const problem of problems) {
      const mistake = { node, problem, remark: isLoud(problem) ? (remarkOn?.(problem) ?? "") : "", cure };
      const list = byCode.get(problem.code);
      if (list) list.push(mistake);
      else byCode.set(problem.code, [mistake]);
    }
  }
  return byCode;
});

type About = Omit<Rule, "code" | "check">;

/** What some rules about values say, by the code that a grammar gives. */
export type ValueRules = { readonly [code in ValueCode]?: About };

/** The rules about all mistakes that grammars find. */
export function valueRules(about: Required<ValueRules>): Rule[] {
  return Object.entries(about).map(([code, it]) => ({
    ...it,
    code,
    *check(unit) {
      for (const mistake of mistakes(unit).get(code) ?? []) yield found(mistake);
    },
  }));
}

const isLoud = ({ effect }: Problem): boolean => effect !== "complains" && effect !== "silent";

function found({ node, problem, remark, cure }: Mistake): Found {
  const { from, to, says, effect, code } = problem;
  return {
    ...(node.text === "" ? node.keySpan : sourceSpan(node.value, from, to)),
    severity: isLoud(problem) ? "error" : "warning",
    message: `${node.key}= ${says}${remark}${CONSEQUENCES[effect]}`,
    directive: node.key,
    fixes: cure ?? fixesOf(node, problem),
    ...(effect === "refused" ? { stopsReading: true } : {}),
    ...(code === "value/deprecated" ? { tag: "deprecated" } : {}),
  };
}

function fixesOf(node: Assignment, { fixes = [] }: Problem): Fix[] {
  return fixes.map(({ title, from, to, text, safe = false }) => ({
    title,
    safe,
    edits: () => [{ ...sourceSpan(node.value, from, to), newText: text }],
  }));
}

/** Where a value is right but for a comment after it, what helps is to remove that. */
function commentFix(unit: Unit, node: Assignment, type: ValueType): Fix[] | undefined {
  const { text } = node;
  const trailing = /\s[#;]/.exec(text);
  if (!trailing) return undefined;
  const left = text.slice(0, trailing.index).trimEnd();
  if (left === "" || problemsOf(type, left, whereOf(unit)).length > 0) return undefined;
  const edits = () => [{ ...sourceSpan(node.value, left.length, text.length), newText: "" }];
  return [{ title: "Remove the comment: comments are not allowed after a value", safe: false, edits }];
}
