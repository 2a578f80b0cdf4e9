import { thoseIn } from "../../../facts/version.ts";
import type { HoverTopic, Issue, Piece, Reader, Replacement, Term, Wording } from "../../grammar.ts";
import type { NumberAndUnit } from "../../numberAndUnit.ts";
import { type FixedWord, meant, spellAs } from "../../oneOf.ts";
import { part, wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";

/** How much a piece stands for. */
export type Amount = bigint | "infinity";

/** A term whose piece stands for an amount. */
export interface Quantity {
  /** What may stand here, as in a term. */
  readonly form: string;
  measure(piece: Piece, into: Reader): Amount | Issue;
}

/** Whether a piece was right. */
export const isAmount = (it: Amount | Issue): it is Amount => typeof it !== "object";

/** A quantity as a term, of which the amount does not count. */
export const termOf = (quantity: Quantity): Term => ({
  form: quantity.form,
  read(piece, into) {
    const amount = quantity.measure(piece, into);
    return isAmount(amount) ? undefined : amount;
  },
});

/** What a message says where a word follows a unit. */
export const missingNumber = (piece: Piece): Wording => about(piece, "stands where a number must follow");

/** A word instead of a quantity, and what it stands for. */
export interface AmountWord extends FixedWord {
  readonly summary: string;
  readonly amount: Amount;
}

/** Its usual word for no limit. */
export const INFINITY: AmountWord = { text: "infinity", summary: "Without a limit.", amount: "infinity" };

/** A quantity, or a word instead. */
export function orWord(quantity: Quantity, ...words: readonly AmountWord[]): Quantity {
  return {
    form: quantity.form,
    measure(piece, into) {
      const known = thoseIn(words, into.where.version);
      into.slot(piece.from, piece.to, () => known.map(({ text, summary }) => ({ text, summary, role: "word" })));
      const word = known.find(({ text }) => text === piece.text);
      if (!word) return withFixes(quantity.measure(piece, into), () => meantWords(piece, known));
      into.token(piece.from, piece.to, "word", wordTopic(word.text, word.summary));
      return word.amount;
    },
  };
}

/** What a shell calls `unlimited` is `infinity` to systemd. */
const meantWords = (piece: Piece, known: readonly AmountWord[]): readonly Replacement[] =>
  piece.text === "unlimited" && known.some(({ text }) => text === INFINITY.text)
    ? [spellAs(piece, INFINITY.text)]
    : meant(piece, known);

function withFixes(it: Amount | Issue, fixes: () => readonly Replacement[]): Amount | Issue {
  return isAmount(it) ? it : { ...it, fixes: [...(it.fixes ?? []), ...fixes()] };
}

/** A quantity between two bounds, both included; `wording` is what a message says of any other. */
export function within(
  quantity: Quantity,
  { low, high }: { readonly low?: bigint; readonly high?: bigint },
  code: Issue["code"],
  wording: (piece: Piece) => Wording = (piece) => noValue(piece, quantity.form),
): Quantity {
  return {
    form: quantity.form,
    measure(piece, into) {
      const amount = quantity.measure(piece, into);
      if (!isAmount(amount)) return amount;
      const fits =
        amount === "infinity"
          ? high === undefined
          : (low === undefined || amount >= low) && (high === undefined || amount <= high);
      return fits ? amount : { from: piece.from, to: piece.to, code, ...wording(piece) };
    },
  };
}

/** Takes down numbers with their units, each with what the whole of them means. */
export function markParts(piece: Piece, parts: readonly NumberAndUnit[], into: Reader, topic?: () => HoverTopic): void {
  if (!piece.exact) {
    if (parts.length > 0) into.token(piece.from, piece.to, "number", topic);
    return;
  }
  for (const { from, to, unit } of parts) {
    into.token(piece.from + from, piece.from + to, "number", topic);
    into.token(piece.from + unit.from, piece.from + unit.to, "unit", topic);
  }
}

/** Says where units may stand: after each number, and instead of what is none. */
export function unitSlots(
  piece: Piece,
  parts: readonly NumberAndUnit[],
  into: Reader,
  offers: Parameters<Reader["slot"]>[2],
  wrong?: { readonly from: number; readonly to: number },
): void {
  if (into.cursor === undefined || !piece.exact) return;
  for (const { unit } of parts) into.slot(piece.from + unit.from, piece.from + unit.to, offers);
  if (wrong) into.slot(piece.from + wrong.from, piece.from + wrong.to, offers);
  const last = parts.at(-1);
  if (!last || wrong || last.unit.to > last.unit.from) return;
  const open = part(piece, last.to);
  if (/^[ \t]+$/.test(open.text)) into.slot(piece.to, piece.to, offers);
}
