import { INT_MAX, parseInteger } from "./number.ts";

/** How many bytes a name may have, and an alternative name. */
export const INTERFACE_NAME_MAX = 15;
export const ALTERNATIVE_NAME_MAX = 127;

/** Visible ASCII but colons, slashes and percent signs. Follows ifname_valid_char(), systemd 257 to 262. */
const CHARACTERS = /^[!-$&-.0-9;-~]+$/;

/** Whether a text can name a network interface. Follows ifname_valid_full(), systemd 257 to 262. */
export function isInterfaceName(text: string, longest: number): boolean {
  if (text.length > longest || !CHARACTERS.test(text)) return false;
  const number = parseInteger(text);
  if (number !== undefined && number > 0n && number <= INT_MAX) return false;
  return !/^[0-9]+$/.test(text) && !["all", "default", ".", ".."].includes(text);
}
