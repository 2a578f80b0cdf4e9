import { errnos } from "../facts/errnos.ts";
import { parseInteger } from "./number.ts";

/** The largest error number. */
const ERRNO_MAX = 4095n;

/** The error number that a text stands for: a name in any letter case, or a number. Follows parse_errno(), systemd 257 to 262. */
export function parseErrno(text: string): number | undefined {
  const number = parseInteger(text);
  if (number !== undefined) return number >= 0n && number <= ERRNO_MAX ? Number(number) : undefined;
  return errnos().get(text.toUpperCase())?.number;
}
