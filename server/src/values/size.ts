import { behindBlanks, digitsValue, type NumberAndUnit, wrongUnitEnd, wrongUnitStart } from "./numberAndUnit.ts";

export interface Size {
  readonly bytes: bigint;
  readonly parts: readonly NumberAndUnit[];
}

/**
 * Why a text is no size. `suffix` points at the suffix that is none, `number` at the word where the next
 * number should be, `order` at a number whose suffix is not smaller than the
 * one before, `value` at what is no number, `negative` at a sign, `range` at the number that 64 bits do not hold.
 */
export interface SizeError {
  readonly error: "suffix" | "number" | "order" | "value" | "negative" | "range";
  readonly from: number;
  readonly to: number;
  /** What was read before; a number in front of what is no suffix is the last of it. */
  readonly parts: readonly NumberAndUnit[];
}

/** The suffixes from the largest; the last is that of bytes. */
export const SIZE_SUFFIXES = ["E", "P", "T", "G", "M", "K", "B"] as const;

const NUMBER = /([+-]?)([0-9]+)(?:\.([0-9]*))?/y;
const LARGEST = 2n ** 64n - 1n;
/** More digits than a number of 64 bits has. */
const MAX_DIGITS = 20;

/** Reads a size to the base of 1000 or 1024, a sum of numbers with ever smaller suffixes. Follows parse_size(), systemd 257 and 262. */
export function parseSize(text: string, base: 1000 | 1024): Size | SizeError {
  const parts: NumberAndUnit[] = [];
  let bytes = 0n;
  let smallest = 0;
  let at = behindBlanks(text, 0);
  do {
    NUMBER.lastIndex = at;
    const [written, sign, whole = "", fraction = ""] = NUMBER.exec(text) ?? [];
    const last = parts.at(-1);
    if (written === undefined) {
      if (!last) return { error: text[at] === "-" ? "negative" : "value", from: at, to: text.length, parts };
      const suffix = wrongUnitStart(last, at);
      const from = suffix ?? at;
      return { error: suffix === undefined ? "number" : "suffix", from, to: wrongUnitEnd(text, from), parts };
    }
    const to = at + written.length;
    if (sign === "-") return { error: "negative", from: at, to, parts };
    const behind = behindBlanks(text, to);
    const found = SIZE_SUFFIXES.findIndex((suffix) => text.startsWith(suffix, behind));
    // A number without a suffix ends the list of suffixes, one of bytes leaves room for it.
    const place = found < 0 ? SIZE_SUFFIXES.length : found;
    if (place < smallest || smallest > SIZE_SUFFIXES.length)
      return { error: "order", from: at, to: found < 0 ? to : behind + 1, parts };
    const factor = BigInt(base) ** BigInt(Math.max(0, SIZE_SUFFIXES.length - 1 - place));
    const number = digitsValue(whole, MAX_DIGITS, LARGEST + 1n);
    const share = fractionOf(fraction);
    if (share === undefined || number + (share > 0 ? 1n : 0n) > LARGEST / factor)
      return { error: "range", from: at, to, parts };
    bytes += number * factor + BigInt(Math.trunc(share * Number(factor)));
    if (bytes > LARGEST) return { error: "range", from: at, to, parts };
    const unit = found < 0 ? { from: to, to } : { from: behind, to: behind + 1 };
    parts.push({ from: at, to, unit });
    smallest = place + 1;
    at = found < 0 ? behind : behind + 1;
    const next = behindBlanks(text, at);
    if (next < text.length) at = next;
  } while (at < text.length);
  return { bytes, parts };
}

/** The digits after the point as a C double; undefined where they are more than 64 bits hold. */
function fractionOf(digits: string): number | undefined {
  const number = digitsValue(digits || "0", MAX_DIGITS, LARGEST + 1n);
  if (number > LARGEST) return undefined;
  let share = Number(number);
  if (share === 0) return 0;
  for (let i = 0; i < digits.length && share > 0; i++) share /= 10;
  return share;
}

/** A size in a few characters, such as `1.5G`: to the base of 1024, one digit after the point, rounded down. Follows format_bytes(), systemd 257 and 262. */
export function formatSize(bytes: bigint | number): string {
  const whole = typeof bytes === "bigint" ? bytes : BigInt(Math.round(bytes));
  for (const [i, suffix] of SIZE_SUFFIXES.slice(0, -1).entries()) {
    const factor = 1024n ** BigInt(SIZE_SUFFIXES.length - 1 - i);
    if (whole < factor) continue;
    const tenths = (((whole * 1024n) / factor) * 10n) / 1024n;
    return tenths % 10n > 0n ? `${tenths / 10n}.${tenths % 10n}${suffix}` : `${whole / factor}${suffix}`;
  }
  return `${whole}B`;
}
