import { holdsIn, type SystemdVersion } from "../facts/version.ts";
import { INT_MAX, parseInteger } from "./number.ts";

/** How many bytes a name may have, and an alternative name. */
export const INTERFACE_NAME_MAX = 15;
export const ALTERNATIVE_NAME_MAX = 127;

/** Visible ASCII but colons, slashes and percent signs. Follows ifname_valid_char(), systemd 257 to 262. */
const CHARACTERS = /^[!-$&-.0-9;-~]+$/;

/** Since when what sysctl names all interfaces by, and percent signs, name none. */
const RESERVED = { since: 248 };

/** Whether a text can name a network interface. Follows ifname_valid_full(), systemd 247 to 262. */
export function isInterfaceName(text: string, longest: number, version: SystemdVersion): boolean {
  const reserved = holdsIn(RESERVED, version);
  if (text.length > longest || !CHARACTERS.test(reserved ? text : text.replaceAll("%", "_"))) return false;
  const number = parseInteger(text);
  if (number !== undefined && number > 0n && number <= INT_MAX) return false;
  return !/^[0-9]+$/.test(text) && ![".", "..", ...(reserved ? ["all", "default"] : [])].includes(text);
}
