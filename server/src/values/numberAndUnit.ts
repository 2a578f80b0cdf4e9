/** A number with the unit after it, such as `5min` or `10M`; offsets count in the text, `unit` is empty where none is written. */
export interface NumberAndUnit {
  readonly from: number;
  readonly to: number;
  readonly unit: { readonly from: number; readonly to: number };
}

const BLANKS = /[ \t\n\r]*/y;

/** Where the next character that is no blank stands. */
export function behindBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(text)?.[0].length ?? 0);
}

/** Where what is no unit ends: at a blank or the next number. */
export function wrongUnitEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && !/[\s0-9]/.test(text.charAt(end))) end++;
  return end;
}

/** Where the unit starts that makes what stands at an offset wrong: a longer word than any unit; undefined where a number is missing there. */
export function wrongUnitStart(last: NumberAndUnit, at: number): number | undefined {
  const { from, to } = last.unit;
  if (from === to) return at;
  return to === at ? from : undefined;
}

/** The number that digits stand for; `beyond` where they are more than `most`. */
export function digitsValue(digits: string, most: number, beyond: bigint): bigint {
  const significant = digits.replace(/^0+(?=.)/, "");
  return significant.length > most ? beyond : BigInt(significant);
}
