import { holdsIn, type SystemdVersion } from "../facts/version.ts";

/** Since when the number of a user has no zeros before it. */
const NO_ZEROS = { since: 246 };

/**
 * Whether systemd accepts a text for a user or group. Follows valid_user_group_name() in its relaxed mode,
 * systemd 257 to 262: no name of digits only but a number that is an id, and no `:`, `/` or control character.
 */
export function isUserOrGroup(name: string, version: SystemdVersion): boolean {
  if (name === "" || name === "." || name === "..") return false;
  if (/^-?[0-9]*$/.test(name)) return isId(holdsIn(NO_ZEROS, version) ? name : name.replace(/^0+(?=[0-9])/, ""));
  return !/[\x01-\x1f\x7f:/]/.test(name) && !name.startsWith(" ") && !name.endsWith(" ");
}

/** Follows parse_uid(), systemd 257 to 262: no leading zeros, and not the two numbers that stand for none. */
function isId(digits: string): boolean {
  if (!/^(?:0|[1-9][0-9]*)$/.test(digits)) return false;
  const id = Number(digits);
  return id < 0xffffffff && id !== 0xffff;
}

/** Whether a text is a number, or a name that all programs take. Follows the strict mode of valid_user_group_name(), systemd 257 to 262. */
export const isStrictUserOrGroup = (name: string): boolean => isId(name) || /^[A-Za-z_][A-Za-z0-9_-]{0,30}$/.test(name);
