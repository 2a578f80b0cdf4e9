import type { DescribedWord } from "../../../facts/word.ts";
import { grammar } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Grammar, Issue, Offer, Piece, Reader, Replacement, Term, TokenRole, Wording } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { issueAt, part, wordTopic } from "../../piece.ts";
import { about } from "../../wording.ts";

/** What is wrong with what a condition compares with. */
export interface Verdict extends Issue {
  /** Whether the condition then fails or is never true, which `!` turns round; where missing, the message says what follows. */
  readonly result?: "fails" | "never" | undefined;
}

/** The grammar of what a condition compares with. */
export interface ConditionCheck extends Pick<Term, "form"> {
  read(piece: Piece, into: Reader): Verdict | undefined;
}

/** What is wrong with a piece, under the code that all conditions share. */
export function verdict(
  piece: Piece,
  wording: Wording | string,
  result?: Verdict["result"],
  fixes?: readonly Replacement[],
): Verdict {
  return { ...issueAt(piece, "value/condition", wording, fixes), ...(result ? { result } : {}) };
}

/** What is wrong with a quantity, as a verdict of a condition that cannot be looked at then. */
export const broken = (issue: Issue | undefined): Verdict | undefined =>
  issue && { ...issue, code: "value/condition", result: "fails" };

/**
 * The grammar of a condition or an assertion that systemd looks at only when the unit starts, so that it takes any text when
 * it reads the unit. Follows config_parse_unit_condition_string(), systemd 257 to 262.
 */
export function condition(check: ConditionCheck): Grammar {
  return grammar(
    "unit_condition_string",
    `${check.form}, after an optional \`|\` and \`!\``,
    "reset",
    (value, into) => {
      const [all = "", pipe = "", gap = "", bang = ""] = PREFIX.exec(value.text) ?? [];
      const rest = part(value, all.length);
      const [or, not] = [
        part(value, 0, pipe.length),
        part(value, pipe.length + gap.length, pipe.length + gap.length + bang.length),
      ];
      into.slot(or.from, or.to, () => [OR, ...(pipe === "" ? [NOT] : [])]);
      if (pipe !== "") {
        into.slot(not.from, not.to, () => [NOT]);
        into.token(or.from, or.to, "operator", wordTopic("|", OR.summary));
      }
      if (bang !== "") into.token(not.from, not.to, "operator", wordTopic("!", NOT.summary));
      const resolved = expand(rest, "full", into);
      if (isIssue(resolved)) return resolved;
      const compared = check.read(resolved, into);
      const wrong = prefixVerdict(resolved, not) ?? compared;
      if (wrong && resolved.certain && value.text !== "") into.problem(toldWith(wrong, bang !== ""), "silent");
      return undefined;
    },
  );
}

const PREFIX = /^(\|?)([ \t\n\r]*)(!?)[ \t\n\r]*/;

/** The prefixes of conditions. */
export const OR = {
  text: "|",
  summary: "At least one of the conditions with this prefix must hold, and all those without it.",
  role: "operator",
} as const satisfies Offer;

export const NOT = {
  text: "!",
  summary: "Negates the check: it must not hold.",
  role: "operator",
} as const satisfies Offer;

/** What stands after the signs is compared, also a second `!` or a `|` that comes too late. */
function prefixVerdict(piece: Piece, not: Piece): Verdict | undefined {
  const { text, from } = piece;
  const negated = not.text !== "";
  if (text === "") return negated ? verdict(piece, "needs a value after the !") : undefined;
  if (negated && text.startsWith("|")) {
    // A second | would be part of the value all the same.
    const isMendable = piece.exact && not.to === from && !text.startsWith("||");
    const fixes = isMendable ? [{ title: "Put the | first", from: from - 1, to: from + 1, text: "|!" }] : [];
    return verdict(part(piece, 0, 1), about("|", "stands after !, which makes it part of the value"), undefined, fixes);
  }
  if (negated && /^!(?!\$?=)/.test(text))
    return verdict(part(piece, 0, 1), about("!", "stands here twice, and the second becomes part of the value"));
  return undefined;
}

function toldWith({ result, ...issue }: Verdict, negated: boolean): Issue {
  if (result === undefined) return issue;
  const consequence =
    result === "fails" ? "the check fails" : negated ? "the check always succeeds" : "the check never succeeds";
  return { ...issue, consequence };
}

/** One word of a set, with a slot, a token with its summary, and words like it where it is none. */
export function word(piece: Piece, into: Reader, words: readonly DescribedWord[], role: TokenRole = "word"): boolean {
  const { from, to, text } = piece;
  into.slot(from, to, () => words.map((it) => ({ ...it, role })));
  const known = words.find((it) => it.text === text);
  if (known) into.token(from, to, role, wordTopic(text, known.summary));
  return known !== undefined;
}

/** The place of the cursor where it stands between words or in an empty value, to offer another word there. */
export function gapAtCursor(piece: Piece, words: readonly Span[], { cursor }: Reader): Piece | undefined {
  if (cursor === undefined || words.some((it) => piece.from + it.from <= cursor && cursor <= piece.from + it.to))
    return undefined;
  return { ...piece, text: "", from: cursor, to: cursor };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Fixes for a word that is not one of a set: what it is called elsewhere, or what looks like it. */
export function renamed(
  piece: Piece,
  words: readonly DescribedWord[],
  elsewhere: Readonly<Record<string, string>> = {},
) {
  if (!piece.exact) return [];
  const known = Object.hasOwn(elsewhere, piece.text.toLowerCase()) ? elsewhere[piece.text.toLowerCase()] : undefined;
  const { from, to } = piece;
  if (known !== undefined) return [{ title: `Change to ${known}`, from, to, text: known }];
  return meant(piece, words);
}
