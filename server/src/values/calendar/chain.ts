import type { Replacement } from "../grammar.ts";
import { about } from "../wording.ts";
import { type Chain, type Component, LAST_YEAR, MICROSECONDS } from "./event.ts";
import { fail, type Mistake, peek, type Scan, stretch, take, takeMatch } from "./scan.ts";

/** A number as it is written; `value` is in microseconds for seconds. */
interface Figure {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

interface Element {
  readonly start: Figure;
  readonly stop?: Figure;
  readonly repeat?: Figure;
}

/** A list of values before it is known what they count; no elements stand for `*`. */
export interface Written {
  readonly from: number;
  readonly to: number;
  readonly elements: readonly Element[];
}

/** What the values of a list count, and their bounds. */
interface Counted {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

export const YEAR: Counted = { name: "year", low: 1970, high: LAST_YEAR };
export const MONTH: Counted = { name: "month", low: 1, high: 12 };
export const DAY: Counted = { name: "day", low: 1, high: 31 };
/** Days that count from the end of a month, which none may leave at its other end. */
export const DAY_FROM_END: Counted = { name: "day", low: 1, high: 28 };
export const HOUR: Counted = { name: "hour", low: 0, high: 23 };
export const MINUTE: Counted = { name: "minute", low: 0, high: 59 };
export const SECOND: Counted = { name: "second", low: 0, high: 60 * MICROSECONDS - 1 };

/** More elements in a list systemd refuses. */
const MOST_ELEMENTS = 241;

/** Reads a list of values; `start` is what a step after `*` could start from. Follows parse_chain(), systemd 257 to 262. */
export function readChain(scan: Scan, start: number, seconds = false): Written | undefined {
  const from = scan.at;
  if (peek(scan) === "*") {
    take(scan, 1, "operator");
    return /[/,.\d*]/.test(peek(scan)) ? misusedStar(scan, from, start) : { from, to: scan.at, elements: [] };
  }
  const elements: Element[] = [];
  for (;;) {
    const element = readElement(scan, seconds);
    if (!element) return undefined;
    elements.push(element);
    if (peek(scan) !== ",") return { from, to: scan.at, elements };
    take(scan, 1, "operator");
    const { from: next, to } = stretch(scan);
    if (elements.length === MOST_ELEMENTS)
      return fail(scan, { from: next, to, message: `has a list of more than ${MOST_ELEMENTS} numbers` });
    if (peek(scan) === "*") return misusedStar(scan, from, start);
  }
}

function misusedStar(scan: Scan, from: number, start: number): undefined {
  const rest = /^[^\s:~-]+/.exec(scan.text.slice(from, from + 1000))?.[0] ?? "*";
  const to = from + rest.length;
  const step = /^\*\/(\d+)$/.exec(rest)?.[1];
  const meant = step === undefined ? (rest.includes("/") || rest.includes("..") ? undefined : "*") : `${start}/${step}`;
  const wording = about(
    rest,
    rest.startsWith("*/") ? "is a step without a number to start from" : "has a * that is not on its own",
  );
  const fixes =
    meant === undefined ? [] : [{ title: `Change to ${meant}`, from, to, text: meant, safe: true as const }];
  return fail(scan, { from, to, ...wording, fixes });
}

/** Follows prepend_component(), systemd 257 to 262. */
function readElement(scan: Scan, seconds: boolean): Element | undefined {
  const start = readFigure(scan, seconds);
  if (!start) return undefined;
  let stop: Figure | undefined;
  let repeat: Figure | undefined;
  if (peek(scan) === "." && peek(scan, 1) === ".") {
    take(scan, 2, "operator");
    stop = readFigure(scan, seconds);
    if (!stop) return undefined;
  }
  if (peek(scan) === "/") {
    const from = scan.at;
    take(scan, 1, "operator");
    repeat = readFigure(scan, seconds);
    if (!repeat) return undefined;
    if (repeat.value === 0) return fail(scan, stepMistake(from, repeat, "has a step of 0"));
  }
  if (!" ,-~:".includes(peek(scan))) return unexpected(scan);
  return { start, ...(stop ? { stop } : {}), ...(repeat ? { repeat } : {}) };
}

/** Follows parse_component_decimal(): six digits of a fraction count, the seventh rounds. */
function readFigure(scan: Scan, seconds: boolean): Figure | undefined {
  const from = scan.at;
  const digits = takeMatch(scan, seconds ? /\d+(?:\.(?!\.)\d*)?/y : /\d+/y, "number");
  if (digits === undefined) return noNumber(scan);
  if (digits.endsWith(".")) return noNumber(scan);
  const [whole = "", fraction = ""] = digits.split(".");
  const up = fraction.charAt(6) >= "5" ? 1 : 0;
  const value = seconds
    ? Number(whole) * MICROSECONDS + Number(fraction.slice(0, 6).padEnd(6, "0")) + up
    : Number(whole);
  return { from, to: scan.at, value };
}

function noNumber(scan: Scan): undefined {
  const { from, to, found } = stretch(scan);
  const wording = found === "" ? { message: "ends where a number is expected" } : about(found, "is no number");
  return fail(scan, { from, to, ...wording });
}

function unexpected(scan: Scan): undefined {
  const { from, to, found } = stretch(scan);
  return fail(scan, { from, to, ...about(found, "cannot follow a number"), fixes: spaceForT(scan) });
}

/** What puts the T between a date and a time right, as ISO 8601 has it. */
export function spaceForT({ text, at: from }: Scan): Replacement[] {
  const isT = /^T\d/.test(text.slice(from, from + 2));
  return isT ? [{ title: "Change T to a space", from, to: from + 1, text: " ", safe: true }] : [];
}

/** A list as calendar_spec_normalize() leaves it, or why chain_valid() refuses it. */
export function chainOf({ from, to, elements }: Written, counted: Counted): Chain | Mistake {
  const chain: Component[] = [];
  for (const element of elements) {
    const component = componentOf(element, counted);
    if ("from" in component) return component;
    chain.push(component);
  }
  chain.sort((a, b) => a.start - b.start || (a.stop ?? -1) - (b.stop ?? -1) || a.repeat - b.repeat);
  const distinct = chain.filter((it, i) => {
    const other = chain[i - 1];
    return it.start !== other?.start || it.stop !== other.stop || it.repeat !== other.repeat;
  });
  return (counted === DAY_FROM_END ? tooFar(distinct, from, to) : undefined) ?? distinct;
}

/** systemd accepts the last three days off for each number in the list, although they count for all of them: chain_valid(). */
function tooFar(chain: Chain, from: number, to: number): Mistake | undefined {
  for (const [i, { start, stop, repeat }] of chain.entries()) {
    const high = DAY_FROM_END.high - 3 * i;
    const farthest = Math.max(start, stop ?? 0);
    if (farthest > high || repeat > high - 1) {
      const message = `counts day ${farthest} from the end of the month as number ${i + 1} of a list, where systemd accepts at most ${high}`;
      return { from, to, message };
    }
  }
  return undefined;
}

function componentOf(element: Element, counted: Counted): Component | Mistake {
  const { low, high } = counted;
  const unit = counted === SECOND ? MICROSECONDS : 1;
  const numberOf = ({ value }: Figure): number => (counted === YEAR ? fullYear(value) : value);
  const start = numberOf(element.start);
  const stop = element.stop && numberOf(element.stop);
  const repeat = element.repeat?.value ?? (stop === undefined ? 0 : unit);
  for (const figure of [element.start, element.stop]) {
    if (figure && (numberOf(figure) < low || numberOf(figure) > high)) return outOfBounds(figure, counted);
  }
  if (stop !== undefined && element.stop) {
    if (stop < start) return backwards(element.start, element.stop, counted);
    if (unit > 1 && !element.repeat && start + unit > stop) return tooShort(element.start, element.stop);
    const last = stop - ((stop - start) % repeat);
    return last === start ? { start, repeat: 0 } : { start, stop: last, repeat };
  }
  const reach = counted === DAY_FROM_END ? start - low : high - start;
  if (element.repeat && repeat > reach) {
    const message = `has the step ${repeat / unit}, which goes from ${start / unit} past the ${counted === DAY_FROM_END ? "end of the month" : `last ${counted.name}`}`;
    return stepMistake(element.start.to, element.repeat, message);
  }
  return { start, repeat };
}

/** Follows fix_year(), systemd 257 to 262. */
const fullYear = (year: number): number => (year < 70 ? year + 2000 : year < 100 ? year + 1900 : year);

function outOfBounds({ from, to, value }: Figure, counted: Counted): Mistake {
  const unit = counted === SECOND ? MICROSECONDS : 1;
  const place = counted === DAY_FROM_END ? " from the end of a month" : "";
  const highest = Math.floor(counted.high / unit);
  const word = `The ${counted.name} "${value / unit}"`;
  const message = `is out of range${place}`;
  const allowed = `${counted.low} to ${highest}`;
  const midnight = counted === HOUR && value === 24;
  return {
    from,
    to,
    word,
    message,
    allowed,
    ...(midnight ? { fixes: [{ title: "Change to 00", from, to, text: "00" }] } : {}),
  };
}

function backwards(start: Figure, stop: Figure, counted: Counted): Mistake {
  const { from } = start;
  const { to } = stop;
  const unit = counted === SECOND ? MICROSECONDS : 1;
  const [first, last] = [start.value / unit, stop.value / unit];
  const wording = about(`${first}..${last}`, "runs backwards");
  if (counted !== MONTH && counted !== HOUR && counted !== MINUTE) return { from, to, ...wording };
  const run = (low: number, high: number): string => (low === high ? String(low) : `${low}..${high}`);
  const text = `${run(first, counted.high)},${run(counted.low, last)}`;
  return { from, to, ...wording, fixes: [{ title: `Change to ${text}`, from, to, text }] };
}

const tooShort = ({ from }: Figure, { to }: Figure): Mistake => ({
  from,
  to,
  message: "has a range of less than a second, which needs a step",
});

function stepMistake(from: number, { to }: Figure, message: string): Mistake {
  return { from, to, message, fixes: [{ title: "Remove the step", from, to, text: "" }] };
}
