import type { Offer, Piece, Reader } from "../../grammar.ts";
import { parseInteger, UINT_MAX } from "../../number.ts";
import { part, wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";
import { termOf } from "../numbers/quantity.ts";
import { size } from "../numbers/sizes.ts";
import { broken, type ConditionCheck, type Verdict, verdict } from "./conditionCheck.ts";

/** An operator at the front of a piece, and what stands after it. */
interface Compared {
  readonly operator: string;
  readonly behind: Piece;
}

const BY_ORDER: readonly Offer[] = [
  { text: ">=", summary: "At least that.", role: "operator" },
  { text: "<=", summary: "At most that.", role: "operator" },
  { text: ">", summary: "More than that.", role: "operator" },
  { text: "<", summary: "Less than that.", role: "operator" },
  { text: "==", summary: "Exactly that.", role: "operator" },
  { text: "<>", summary: "Anything but that.", role: "operator" },
];

const AS_TEXT: readonly Offer[] = [
  { text: "=", summary: "The same text.", role: "operator" },
  { text: "!=", summary: "A different text.", role: "operator" },
  { text: "$=", summary: "A text that matches a pattern with `*`, `?` and `[…]`.", role: "operator" },
  { text: "!$=", summary: "A text that does not match a pattern with `*`, `?` and `[…]`.", role: "operator" },
];

const AS_NUMBERS: readonly Offer[] = [
  ...BY_ORDER.slice(0, 4),
  { text: "=", summary: "Exactly that.", role: "operator" },
  { text: "!=", summary: "Anything but that.", role: "operator" },
];

const ALL: readonly Offer[] = [...BY_ORDER, ...AS_TEXT];

/** Takes an operator off a piece. Follows parse_compare_operator(), systemd 257 to 262; `texts` are those for texts as well. */
export function comparison(piece: Piece, into: Reader, texts: boolean): Compared {
  const [operator = ""] = (texts ? /^(?:!?\$=|<>|[<>]=?|==?|!=)/ : /^(?:<>|[<>]=?|==?|!=)/).exec(piece.text) ?? [];
  const sign = part(piece, 0, operator.length);
  const offers = texts ? ALL : AS_NUMBERS;
  into.slot(sign.from, piece.exact ? sign.to : sign.from, () => offers);
  if (operator !== "" && piece.exact)
    into.token(
      sign.from,
      sign.to,
      "operator",
      wordTopic(operator, offers.find(({ text }) => text === operator)?.summary ?? "Exactly that."),
    );
  return { operator, behind: part(piece, operator.length) };
}

const SIZE = termOf(size({ form: "a size such as `4G`" }));

/** Follows condition_test_memory(), systemd 257 to 262. */
export const MEMORY_CHECK: ConditionCheck = {
  form: "a size, optionally after an operator such as `>=`",
  read(piece, into) {
    const { behind } = comparison(piece, into, false);
    return broken(SIZE.read(trimmed(behind), into));
  },
};

/** Follows condition_test_cpus(), systemd 257 to 262. */
export const CPUS_CHECK: ConditionCheck = {
  form: "a number of CPUs, optionally after an operator such as `>=`",
  read(piece, into) {
    const { behind } = comparison(piece, into, false);
    const number = parseInteger(behind.text);
    if (number === undefined || number < 0n || number > UINT_MAX) return wrongNumber(behind, "a number of CPUs");
    const { from, to } = trimmed(behind);
    into.token(from, to, "number");
    return undefined;
  },
};

const wrongNumber = (behind: Piece, form: string): Verdict => {
  const it = trimmed(behind);
  return verdict(it, it.text === "" ? `needs ${form}` : noValue(it, form), "fails");
};

/** A piece without the blanks at its ends. */
export function trimmed(piece: Piece): Piece {
  const start = piece.text.length - piece.text.trimStart().length;
  return part(piece, start, start + piece.text.trim().length);
}
