import table from "../../../../data/configs/types.json" with { type: "json" };
import type { Lifetime } from "../../facts/version.ts";
import { lazy } from "../../text/tables.ts";
import { single } from "../combine.ts";
import { wordSet } from "../enumerations/wordSet.ts";
import type { Grammar } from "../grammar.ts";
import { integer } from "../grammars/numbers/integers.ts";
import { INFINITY, orWord, type Quantity, within } from "../grammars/numbers/quantity.ts";
import { size } from "../grammars/numbers/sizes.ts";
import { timeSpan } from "../grammars/numbers/times.ts";
import type { Member } from "../member.ts";
import type { ValueType } from "../valueType.ts";
import { noValue } from "../wording.ts";
import { amount } from "./general/quantities.ts";
import { meanings, wordChoice } from "./general/wordChoice.ts";

type Summaries = Readonly<Record<string, string>>;

/** A value type as the data has it: one of its first five keys says which kind it is. */
interface TypeRow {
  /** Words of an enumeration, parted by blanks or each with what it means, in the order of systemd's table. */
  readonly words?: string | Readonly<Record<string, string | Omit<Member, "value">>>;
  /** Words of a grammar, of which others may take some more. */
  readonly choice?: Summaries;
  /** Whole numbers from one to another. */
  readonly number?: string;
  /** Numbers with K, M and G from one to another, or as far as 64 bits go. */
  readonly size?: string;
  /** Time spans in nanoseconds from one to another; without an end `infinity` counts too. */
  readonly span?: string;
  /** The routine that reads the same. */
  readonly as?: string;

  /** Words that are new in a version, and those that one no longer knows. */
  readonly new?: Summaries;
  readonly gone?: Summaries;
  /** Whether parse_boolean() is asked too, or which words its answers stand for. */
  readonly boolean?: boolean | { readonly yes: string; readonly no: string };
  /** Whether an empty value stands for the default instead of being wrong. */
  readonly resets?: boolean;
  /** Words instead of a number, with what each means. */
  readonly or?: Summaries;
  /** What K stands for. */
  readonly base?: number;
  /** What a bare number counts instead of seconds. */
  readonly bare?: string;
  /** For a reader, where the words alone are too many. */
  readonly form?: string;
}

const ROWS = lazy(() => new Map(Object.entries(table.types as Readonly<Record<string, TypeRow>>)));

/** The value type of a row of data, by the name of its routine and its argument, or by the routine alone. */
export function tableType(routine: string, argument: string): ValueType | undefined {
  const row = rowOf(routine, argument);
  return row && typeOf(row, routine);
}

const rowOf = (routine: string, argument: string): TypeRow | undefined =>
  ROWS().get(`${routine}:${argument}`) ?? ROWS().get(routine);

/** The routine that reads as another one, of an older systemd or for an argument. */
export const renamedRoutine = (routine: string, argument: string): string => rowOf(routine, argument)?.as ?? routine;

function typeOf(row: TypeRow, routine: string): ValueType | undefined {
  const name = routineName(routine);
  const empty = row.resets ? "unset" : "invalid";
  if (row.words !== undefined) return enumeration(row, name, row.words);
  if (row.choice) return choice(row, name, row.choice);
  if (row.number !== undefined) return amount(name, numberIn(row.number, row.or), empty);
  if (row.size !== undefined) return amount(name, sizeIn(row.size, row.base ?? 1024), empty, "value/size");
  if (row.span !== undefined) return amount(name, spanIn(row.span, row.bare ?? "s"), empty, "value/time-span");
  return undefined;
}

/** Follows DEFINE_CONFIG_PARSE_ENUM and similar macros, systemd 257 and 262. */
function enumeration(row: TypeRow, name: string, words: NonNullable<TypeRow["words"]>): ValueType {
  const [since, until] = [versionsOf(row.new), versionsOf(row.gone)];
  const summaries = typeof words === "string" ? Object.fromEntries(words.split(" ").map((it) => [it, ""])) : words;
  const members = Object.entries(summaries).map(([value, it]): [string, Omit<Member, "value">] => [
    value,
    { ...(typeof it === "string" ? { summary: it } : it), ...lifetime(since.get(value), until.get(value)) },
  ]);
  const has = (word: string, other: string): string => (Object.hasOwn(summaries, word) ? word : other);
  const truth = row.boolean === true ? { yes: has("yes", "on"), no: has("no", "off") } : row.boolean;
  return wordSet(name, Object.fromEntries(members), {
    ...(truth && { boolean: truth }),
    empty: row.resets ? "unset" : "invalid",
  });
}

const lifetime = (since: number | undefined, until: number | undefined): Lifetime => ({
  ...(since !== undefined && { since }),
  ...(until !== undefined && { until }),
});

const versionsOf = (words: Summaries = {}): ReadonlyMap<string, number> =>
  new Map(Object.entries(words).flatMap(([version, list]) => list.split(" ").map((it) => [it, Number(version)])));

function choice({ form, resets }: TypeRow, name: string, words: Summaries): Grammar {
  const term = wordChoice({ words: meanings(words), ...(form !== undefined && { form }) });
  return single(name, term, resets ? { empty: "unset" } : { empty: "invalid", code: "value/enumeration" });
}

interface Bounds {
  readonly low: bigint;
  /** Missing where nothing but the size of the number bounds it. */
  readonly high?: bigint;
}

function boundsOf(text: string): Bounds {
  const [low = "", high = ""] = text.split("..");
  return { low: BigInt(low), ...(high !== "" && { high: BigInt(high) }) };
}

/** A whole number between two bounds, or a word instead. Follows safe_atou() and similar functions, and the bounds that each routine sets. */
function numberIn(range: string, words: Summaries = {}): Quantity {
  const { low, high = 0n } = boundsOf(range);
  const names = Object.keys(words).map((it) => ` or \`${it}\``);
  const number = integer({ low, high, form: `a whole number from ${low} to ${high}${names.join("")}` });
  const all = Object.entries(words).map(([text, summary]) => ({ text, summary, amount: 0n }));
  return all.length === 0 ? number : orWord(number, ...all);
}

/** Sizes and rates. Follows parse_size(), and the bounds that each routine sets. */
function sizeIn(range: string, base: number): Quantity {
  const { low, high } = boundsOf(range);
  const bounds = high === undefined ? "" : ` from ${low} to ${high}`;
  const form = `a number${bounds}, also with K, M or G to the base of ${base}`;
  const quantity = base === 1000 ? size({ base, form, topic: count }) : size({ form });
  return bounded(quantity, { low, ...(high !== undefined && { high }) }, "value/size");
}

const count = (number: bigint) => ({ kind: "prose", title: `\`${number}\``, text: `The number ${number}.` }) as const;

/** Time spans. Follows parse_sec() and parse_nsec(), and the bounds that each routine sets. */
function spanIn(range: string, bare: string): Quantity {
  const bounds = boundsOf(range);
  const unit = bare === "ns" ? "nanoseconds" : "seconds";
  const span = timeSpan(`a time span in ${unit} or with units, such as \`100ms\``, bare === "ns" ? "ns" : "s");
  const endless = { ...INFINITY, summary: "A time span that never ends." };
  return bounded(bounds.high === undefined ? orWord(span, endless) : span, bounds, "value/time-span");
}

function bounded(quantity: Quantity, bounds: Bounds, code: "value/size" | "value/time-span"): Quantity {
  if (bounds.high === undefined && bounds.low === 0n) return quantity;
  return within(quantity, bounds, code, (piece) =>
    noValue(piece, code === "value/size" ? quantity.form : "a shorter time span, and none of 0"),
  );
}

/** The name of a routine in C without `config_parse_`, which the tables have in camel case. */
const routineName = (routine: string): string => routine.replace(/[A-Z]/g, (it) => `_${it.toLowerCase()}`);
