import { INT_MAX, parseInteger } from "./number.ts";

/** The signs of a percentage with how many of their units make one whole, and the digits that may stand after the point. */
const SIGNS = [
  ["%", 100, 2],
  ["\u2030", 1_000, 1],
  ["\u2031", 10_000, 0],
] as const;

/**
 * A percentage in hundredths of a percent, undefined where the text is none. Follows parse_permyriad_unbounded(), systemd 257
 * and 262: a whole number of any spelling, up to two digits after the point, and `%`; `\u2030` and `\u2031` count as well.
 */
export function parsePermyriad(text: string): number | undefined {
  const sign = SIGNS.find(([it]) => text.endsWith(it));
  if (!sign) return undefined;
  const [, whole, places] = sign;
  const number = text.slice(0, -1);
  const point = number.indexOf(".");
  const digits = point < 0 ? "" : number.slice(point + 1);
  if (point >= 0 && (digits.length === 0 || digits.length > places || !/^[0-9]+$/.test(digits))) return undefined;
  const integer = parseInteger(point < 0 ? number : number.slice(0, point));
  if (integer === undefined || integer < 0n || integer > INT_MAX) return undefined;
  const parts = integer * BigInt(10_000 / whole) + BigInt(digits.padEnd(places, "0") || "0");
  return parts > INT_MAX ? undefined : Number(parts);
}
