import type { Grammar, Term } from "../grammar.ts";
import { integer } from "../grammars/numbers/integers.ts";
import { type AmountWord, INFINITY, orWord, type Quantity, within } from "../grammars/numbers/quantity.ts";
import { size } from "../grammars/numbers/sizes.ts";
import { timeSpan } from "../grammars/numbers/times.ts";
import { oneOf } from "../oneOf.ts";
import { noValue } from "../wording.ts";
import { amount } from "./general/quantities.ts";
import { routineName } from "./wordSet.ts";

/** What an empty value does; `invalid` where missing. */
type Empty = Grammar["empty"];
/** Words that may stand instead, with what each means. */
type Words = Readonly<Record<string, string>>;

/** Whole numbers: from, to, what an empty value does, words. */
export type NumberRow = readonly [low: number, high: number, empty?: Empty, words?: Words];
/** Numbers with K, M and G: their base, from, to (as far as 64 bits go where missing), what an empty value does. */
export type SizeRow = readonly [base: 1000 | 1024, low?: number, high?: number | undefined, empty?: Empty];
/** Time spans in nanoseconds: what a bare number counts, from, to (`infinity` counts where missing), what an empty value does. */
export type SpanRow = readonly [bare: "s" | "ns", low?: number, high?: number | undefined, empty?: Empty];

const amountWords = (words: Words): readonly AmountWord[] =>
  Object.entries(words).map(([text, summary]) => ({ text, summary, amount: 0n }));

/** A whole number between two bounds, or a word instead. */
export function range([low, high, , words = {}]: NumberRow): Quantity {
  const names = Object.keys(words).map((it) => ` or \`${it}\``);
  const form = `a whole number from ${low} to ${high}${names.join("")}`;
  const number = integer({ low: BigInt(low), high: BigInt(high), form });
  return names.length === 0 ? number : orWord(number, ...amountWords(words));
}

/** Makes the value types of rows, each named after its routine. */
const each = <Row>(
  rows: Readonly<Record<string, Row>>,
  make: (routine: string, row: Row) => Grammar,
): Readonly<Record<string, Grammar>> =>
  Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, make(routineName(name), row)]));

/** Value types of whole numbers. Follows safe_atou() and similar functions, and the bounds that each routine sets. */
export const numberTypes = (rows: Readonly<Record<string, NumberRow>>): Readonly<Record<string, Grammar>> =>
  each(rows, (routine, row) => amount(routine, range(row), row[2]));

/** Value types of sizes and rates. Follows parse_size(), and the bounds that each routine sets. */
export const sizeTypes = (rows: Readonly<Record<string, SizeRow>>): Readonly<Record<string, Grammar>> =>
  each(rows, (routine, [base, low = 0, high, empty]) => {
    const bounds = high === undefined ? "" : ` from ${low} to ${high}`;
    const form = `a number${bounds}, also with K, M or G to the base of ${base}`;
    const quantity = size({ base, form, ...(base === 1000 && { topic: count }) });
    return amount(routine, bounded(quantity, low, high, "value/size"), empty, "value/size");
  });

const count = (number: bigint) => ({ kind: "prose", title: `\`${number}\``, text: `The number ${number}.` }) as const;

/** Value types of time spans. Follows parse_sec() and parse_nsec(), and the bounds that each routine sets. */
export const spanTypes = (rows: Readonly<Record<string, SpanRow>>): Readonly<Record<string, Grammar>> =>
  each(rows, (routine, [bare, low = 0, high, empty]) => {
    const unit = bare === "s" ? "seconds" : "nanoseconds";
    const span = timeSpan(`a time span in ${unit} or with units, such as \`100ms\``, bare);
    const endless = { ...INFINITY, summary: "A time span that never ends." };
    const quantity = high === undefined ? orWord(span, endless) : span;
    return amount(routine, bounded(quantity, low, high, "value/time-span"), empty, "value/time-span");
  });

function bounded(quantity: Quantity, low: number, high: number | undefined, code: "value/size" | "value/time-span") {
  if (high === undefined && low === 0) return quantity;
  return within(quantity, { low: BigInt(low), ...(high !== undefined && { high: BigInt(high) }) }, code, (piece) =>
    noValue(piece, code === "value/size" ? quantity.form : "a shorter time span, and none of 0"),
  );
}

/** One of some words, each of which says for itself what it means or nothing. */
export const describedWord = (what: string, words: readonly string[], summaries: Words = {}): Term =>
  oneOf(
    words.map((text) => ({ text, ...(summaries[text] !== undefined && { summary: summaries[text] }) })),
    { code: "value/enumeration", what, form: `${what} such as \`${words[0] ?? ""}\`` },
  );

/** Value types that stand for several names of routines alike. */
export const alike = (names: readonly string[], row: NumberRow): Readonly<Record<string, NumberRow>> =>
  Object.fromEntries(names.map((it) => [it, row]));

/** The largest number of 32 bits. */
export const MAX32 = 4_294_967_295;
