import { grammarIn } from "../catalog/catalog.ts";
import { isConfigPath } from "../families/checkedPath.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { Assignment } from "../syntax/tree.ts";
import { nearest } from "../text/nearest.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import { VALUE_CODES } from "../values/codes.ts";
import type { Effect, ReportedIssue } from "../values/grammar.ts";
import { issuesOf } from "../values/read.ts";
import type { ValueType } from "../values/valueType.ts";
import { allowedEnd, valueSentence } from "../values/wording.ts";
import { withoutInstance } from "./emptyInstance.ts";
import type { Fix } from "./finding.ts";
import { otherVersions } from "./otherVersions.ts";
import type { Found, LineRule, ReadLine } from "./rule.ts";

/** What the message says of the consequence. */
const CONSEQUENCES: Readonly<Record<Effect, string>> = {
  assignment: "systemd ignores this line",
  word: "systemd ignores this word",
  rest: "systemd ignores the rest of this line",
  refused: "systemd refuses the unit",
  complains: "systemd accepts it, but warns",
  silent: "",
};

/** The same where the file is no unit: a mistake costs all of it, or what comes after it. */
const FILE_REFUSED = "systemd refuses the whole file";
const REST_REFUSED = "systemd does not read on after this line";

/** Longer values are not read again for each version. */
const MAX_COMPARED = 4096;

/** Nobody goes through the fixes of more mistakes in one file, and each costs a look at all words that could be meant. */
const MAX_FIXED = 1000;

/** The mistakes in values of a file so far. */
const countIn = memo((_: Unit) => ({ problems: 0 }));

/** All mistakes in the value of a line. */
function* judgeValue({ directive, node }: ReadLine, unit: Unit): Iterable<Found> {
  if (!directive) return;
  const where = whereOf(unit);
  const type = grammarIn(directive, unit.version);
  const before = countIn(unit);
  const problems = issuesOf(type, node.text, where, before.problems < MAX_FIXED ? undefined : "brief");
  if (problems.length === 0) return;
  before.problems += problems.length;
  const remarkOn =
    node.text.length < MAX_COMPARED && problems.some(isLoud) ? otherVersions(directive, node.text, where) : undefined;
  const cure = commentFix(unit, node, type);
  const instance = withoutInstance(unit, node.text);
  const cause = instance === undefined ? "" : `; %i is empty, as ${instance} is no template`;
  for (const problem of problems)
    yield found(
      unit,
      node,
      problem,
      isLoud(problem) ? cause || (remarkOn?.(problem) ?? "") : "",
      cure ?? fixesOf(node, problem),
    );
}

/** The rules of one family, such as `value`, about all mistakes that grammars find. */
export const valueRules = (family: string): LineRule[] =>
  VALUE_CODES.filter((it) => it.startsWith(`${family}/`)).map((code) => ({ code, line: judgeValue }));

const isLoud = ({ effect }: ReportedIssue): boolean => effect !== "complains" && effect !== "silent";

function refusal({ path }: Unit): string {
  if (!isConfigPath(path)) return CONSEQUENCES.refused;
  return path.config.endsWith(".conf") ? REST_REFUSED : FILE_REFUSED;
}

/** `remark` is what the message says of other versions. */
function found(unit: Unit, node: Assignment, problem: ReportedIssue, remark: string, fixes: readonly Fix[]): Found {
  const { from, to, effect, code } = problem;
  const consequence = problem.consequence ?? (effect === "refused" ? refusal(unit) : CONSEQUENCES[effect]);
  const isPart = from > 0 || to < node.text.length;
  const meant = remark === "" && fixes.length > 0 ? meantBy(node.text, problem) : undefined;
  const message = valueSentence(node.key, problem, { isPart, remark, meant, consequence });
  const allowed = allowedEnd(problem, message);
  return {
    ...(node.text === "" ? node.keySpan : sourceSpan(node.value, from, to)),
    code,
    severity: isLoud(problem) ? "error" : "warning",
    message: message + allowed,
    ending: { consequence, allowed },
    directive: node.key,
    fixes,
    ...(effect === "refused" ? { stopsReading: true } : {}),
    ...(code === "value/deprecated" ? { tag: "deprecated" } : {}),
  };
}

/** What a fix puts in the place of a wrong word: the only one, or the nearest. Where systemd takes the word, or a variable is right elsewhere, nobody asks. */
function meantBy(written: string, { code, from, to, word, effect, fixes = [] }: ReportedIssue): string | undefined {
  if (word === undefined || effect === "complains" || code === "value/self-reference") return undefined;
  const texts = fixes.filter((it) => it.from === from && it.to === to && it.text !== "").map((it) => it.text);
  return texts.length === 1 ? texts[0] : nearest(written.slice(from, to), texts)[0];
}

function fixesOf(node: Assignment, { fixes = [] }: ReportedIssue): Fix[] {
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
  const value = text.slice(0, trailing.index).trimEnd();
  // A backslash at the end would join the next line.
  if (value === "" || value.endsWith("\\") || issuesOf(type, value, whereOf(unit)).length > 0) return undefined;
  const edits = () => [{ ...sourceSpan(node.value, value.length, text.length), newText: "" }];
  return [{ title: "Remove the comment: comments are not allowed after a value", safe: false, edits }];
}
