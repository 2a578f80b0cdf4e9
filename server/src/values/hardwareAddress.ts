import { parseV4, parseV6 } from "./address.ts";

/** How many bytes an Ethernet address has. */
export const ETHERNET = 6;
const INFINIBAND = 20;
/** How many bytes a hardware address of any kind may have. */
const LONGEST = 32;
const LENGTHS = [4, 16, ETHERNET, INFINIBAND];

/**
 * The bytes of a hardware address, undefined where the text is none. Follows parse_hw_addr_full(), systemd 257 and 262: pairs of
 * digits with `:` or `-` between them, or groups of four with `.`; of `expected` bytes, or one of the usual lengths (`usual`, where
 * an IP address counts too), or any length.
 */
export function parseHardwareAddress(text: string, expected: number | "usual" | "any"): readonly number[] | undefined {
  if (expected === "usual") {
    const ip = parseV4(text) ?? parseV6(text);
    if (ip) return ip;
  }
  const separator = /^[0-9a-f]*([:.-])/i.exec(text)?.[1];
  if (separator === undefined) return undefined;
  const size = separator === "." ? 2 : 1;
  const most = expected === "usual" ? INFINIBAND : expected === "any" ? LONGEST : expected;
  if (most % size !== 0) return undefined;
  const fields = text.split(separator);
  if (fields.length > most / size) return undefined;
  const bytes: number[] = [];
  for (const field of fields) {
    if (!/^[0-9a-f]{1,4}$/i.test(field) || field.length > size * 2) return undefined;
    const number = Number.parseInt(field, 16);
    if (size === 2) bytes.push(number >> 8);
    bytes.push(number & 0xff);
  }
  const { length } = bytes;
  const fits = expected === "any" || (expected === "usual" ? LENGTHS.includes(length) : length === expected);
  return fits ? bytes : undefined;
}
