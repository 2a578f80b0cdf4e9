import { behindBlanks, digitsValue, type NumberAndUnit, wrongUnitEnd, wrongUnitStart } from "./numberAndUnit.ts";

export interface TimeSpan {
  readonly nanoseconds: bigint | "infinity";
  readonly parts: readonly NumberAndUnit[];
}

/**
 * Why a text is no time span. `unit` points at the unit that is none, `number` at the word where the next number
 * should be, `value` at what is no number, `negative` at a sign,
 * `fraction` at a point with no digits after it or a second one, `range` at the number that 64 bits do not hold.
 */
export interface TimeSpanError {
  readonly error: "unit" | "number" | "value" | "negative" | "fraction" | "range";
  readonly from: number;
  readonly to: number;
  /** What was read before; a number in front of what is no unit is the last of it. */
  readonly parts: readonly NumberAndUnit[];
}

/** What a number without a unit counts; `ns` also allows nanoseconds as a unit, and they alone are then kept. */
export type BareUnit = "s" | "us" | "ns";

const US = 1_000n;
const MS = 1_000n * US;
const SECOND = 1_000n * MS;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;
const WEEK = 7n * DAY;
const MONTH = 2_629_800n * SECOND;
const YEAR = 31_557_600n * SECOND;

const spelt = (length: bigint, ...units: string[]) => units.map((unit) => [unit, length] as const);

/** The spellings in the order in which they are tried: the first that fits is taken, so longer ones come first. */
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ...spelt(SECOND, "seconds", "second", "sec", "s"),
  ...spelt(MINUTE, "minutes", "minute", "min"),
  ...spelt(MONTH, "months", "month", "M"),
  ...spelt(MS, "msec", "ms"),
  ...spelt(MINUTE, "m"),
  ...spelt(HOUR, "hours", "hour", "hr", "h"),
  ...spelt(DAY, "days", "day", "d"),
  ...spelt(WEEK, "weeks", "week", "w"),
  ...spelt(YEAR, "years", "year", "y"),
  ...spelt(US, "usec", "us", "\u03bcs", "\u00b5s"),
]);
const FINE_UNITS: ReadonlyMap<string, bigint> = new Map([...UNITS, ...spelt(1n, "nsec", "ns")]);

/** Every spelling of a unit of time. */
export const timeUnits = (bare: BareUnit): ReadonlyMap<string, bigint> => (bare === "ns" ? FINE_UNITS : UNITS);

const UNIT = new RegExp([...UNITS.keys()].join("|"), "y");
const FINE_UNIT = new RegExp([...FINE_UNITS.keys()].join("|"), "y");
const NUMBER = /[+]?([0-9]+)(?:(\.)([0-9]*))?|(\.)([0-9]*)/y;
const INFINITY = /^[ \t\n\r]*infinity/;

/** What is read as one number at most: a 64-bit integer with its sign. */
const LARGEST_NUMBER = 2n ** 63n - 1n;
const LARGEST_SUM = 2n ** 64n - 1n;
/** More digits than a number of 64 bits has. */
const MAX_DIGITS = 19;

/** Reads a time span. Follows parse_time() and, for nanoseconds, parse_nsec(), systemd 257 and 262. */
export function parseTimeSpan(text: string, bare: BareUnit): TimeSpan | TimeSpanError {
  const infinity = INFINITY.exec(text)?.[0];
  if (infinity !== undefined) {
    const rest = behindBlanks(text, infinity.length);
    if (rest === text.length) return { nanoseconds: "infinity", parts: [] };
    return { error: "value", from: rest, to: text.length, parts: [] };
  }
  const units = timeUnits(bare);
  const unitAt = bare === "ns" ? FINE_UNIT : UNIT;
  const tick = bare === "ns" ? 1n : US;
  const parts: NumberAndUnit[] = [];
  let ticks = 0n;
  let at = behindBlanks(text, 0);
  while (at < text.length) {
    NUMBER.lastIndex = at;
    const [written, whole, point = "", digits = "", bared = "", bareDigits = ""] = NUMBER.exec(text) ?? [];
    if (written === undefined) return misread(text, at, parts);
    const to = at + written.length;
    const fraction = digits + bareDigits;
    if (point + bared !== "" && fraction === "") return { error: "fraction", from: at, to, parts };
    const behind = behindBlanks(text, to);
    unitAt.lastIndex = behind;
    const unit = unitAt.exec(text)?.[0] ?? "";
    if (unit === "" && behind === to && to < text.length) {
      if (text[to] === ".") return { error: "fraction", from: at, to: numberEnd(text, to), parts };
      parts.push({ from: at, to, unit: { from: to, to } });
      return { error: "unit", from: to, to: wrongUnitEnd(text, to), parts };
    }
    const length = (unit === "" ? bareLength(bare) : (units.get(unit) ?? tick)) / tick;
    const number = digitsValue(whole ?? "0", MAX_DIGITS, LARGEST_SUM);
    if (number > LARGEST_NUMBER || number >= LARGEST_SUM / length) return { error: "range", from: at, to, parts };
    ticks += number * length + partOf(length, fraction);
    if (ticks >= LARGEST_SUM) return { error: "range", from: at, to, parts };
    parts.push({
      from: at,
      to,
      unit: { from: unit === "" ? to : behind, to: unit === "" ? to : behind + unit.length },
    });
    at = behindBlanks(text, unit === "" ? to : behind + unit.length);
  }
  if (parts.length === 0) return { error: "value", from: 0, to: text.length, parts };
  return { nanoseconds: ticks * tick, parts };
}

/** What stands where a number should: a sign, the end of a unit that only begins like one, or anything. */
function misread(text: string, at: number, parts: readonly NumberAndUnit[]): TimeSpanError {
  if (text[at] === "-") return { error: "negative", from: at, to: text.length, parts };
  const last = parts.at(-1);
  if (!last) return { error: "value", from: at, to: text.length, parts };
  const unit = wrongUnitStart(last, at);
  const from = unit ?? at;
  return { error: unit === undefined ? "number" : "unit", from, to: wrongUnitEnd(text, from), parts };
}

function numberEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && /[.0-9]/.test(text.charAt(end))) end++;
  return end;
}

const bareLength = (bare: BareUnit): bigint => (bare === "s" ? SECOND : bare === "us" ? US : 1n);

/** A fraction of a unit; each digit is rounded down by itself. */
function partOf(length: bigint, digits: string): bigint {
  let sum = 0n;
  let weight = length / 10n;
  for (let i = 0; i < digits.length && weight > 0n; i++, weight /= 10n) sum += BigInt(digits.charAt(i)) * weight;
  return sum;
}

const SHOWN: readonly (readonly [unit: string, length: bigint])[] = [
  ["y", YEAR],
  ["month", MONTH],
  ["w", WEEK],
  ["d", DAY],
  ["h", HOUR],
  ["min", MINUTE],
  ["s", SECOND],
  ["ms", MS],
  ["us", US],
];

/** A time span as `systemd-analyze timespan` writes it; what is shorter than a microsecond is left out. Follows format_timespan(), systemd 257 and 262. */
export function formatTimeSpan(nanoseconds: bigint | number | "infinity"): string {
  if (nanoseconds === "infinity" || nanoseconds === Number.POSITIVE_INFINITY) return "infinity";
  let remaining = (typeof nanoseconds === "bigint" ? nanoseconds : BigInt(Math.round(nanoseconds))) / US;
  const words: string[] = [];
  for (const [unit, nanos] of SHOWN) {
    const length = nanos / US;
    if (remaining < length) continue;
    const rest = remaining % length;
    if (remaining < MINUTE / US && rest > 0n) {
      const places = length.toString().length - 1;
      words.push(`${remaining / length}.${rest.toString().padStart(places, "0")}${unit}`);
      return words.join(" ");
    }
    words.push(`${remaining / length}${unit}`);
    remaining = rest;
  }
  return words.length > 0 ? words.join(" ") : "0";
}
