/**
 * The whole number that a text stands for, of any size and sign; undefined where it is none. Follows the syntax of safe_atoi()
 * and similar ones, systemd 262: decimal, 0x, 0o and 0b, a leading 0 for octal, blanks and a sign in front.
 */
export function parseInteger(text: string): bigint | undefined {
  const [, prefixed, outer = "", plain] = INTEGER.exec(text) ?? [];
  if (prefixed !== undefined) {
    const [, sign = "", digits = ""] = SIGNED.exec(prefixed.slice(2)) ?? [];
    return signed(sign, magnitude(prefixed.slice(0, 2) + digits));
  }
  if (plain === undefined) return undefined;
  return signed(outer, magnitude(/^0[0-9]/.test(plain) ? `0o${plain}` : plain));
}

/** The sign stands in front of `0x` and `0b`, but between `0o` or `0b` and the digits. */
const INTEGER = /^[ \t\n\r]*(?:(0b[+-]?[01]+|0o[+-]?[0-7]+)|([+-]?)(0x[0-9a-f]+|0b[01]+|0[0-7]*|[1-9][0-9]*))$/i;
const SIGNED = /^([+-]?)(.*)$/;

/** More digits than any of the routines takes. */
const MAX_DIGITS = 80;

function magnitude(literal: string): bigint {
  const [, prefix = "", digits = "0"] = /^(0[xob])?0*(?=.)(.*)$/i.exec(literal) ?? [];
  return digits.length > MAX_DIGITS ? 1n << 256n : BigInt(prefix + digits);
}

const signed = (sign: string, number: bigint): bigint => (sign === "-" ? -number : number);

/**
 * The number of 0 or more that a text stands for, undefined where it is none. Follows safe_atou(), systemd 262.
 * Digits beyond 2^53 are rounded.
 */
export function parseUnsigned(text: string): number | undefined {
  const number = parseInteger(text);
  return number === undefined || number < 0n ? undefined : Number(number);
}

/** The largest numbers of C's types, as the bounds of what a routine takes. */
export const INT_MAX = 2n ** 31n - 1n;
export const UINT_MAX = 2n ** 32n - 1n;
export const LONG_MAX = 2n ** 63n - 1n;
export const ULONG_MAX = 2n ** 64n - 1n;
