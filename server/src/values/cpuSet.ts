import { parseInteger, UINT_MAX } from "./number.ts";

/** Numbers from `low` to `high`, both included; `low` is the larger one where a range runs backwards. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** The largest number that a set of processors or memory nodes holds. */
export const CPU_MAX = 8191;

/** A number, or two with a dash between them; undefined for anything else. Follows parse_range(), systemd 257 and 262. */
export function parseNumberRange(word: string): NumberRange | undefined {
  const plain = PLAIN.exec(word);
  if (plain) return { low: Number(plain[1]), high: Number(plain[2] ?? plain[1]) };
  const dash = word.indexOf("-");
  const low = unsigned(dash < 0 ? word : word.slice(0, dash));
  const high = dash < 0 ? low : unsigned(word.slice(dash + 1));
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** How nearly every range is written. */
const PLAIN = /^(0|[1-9][0-9]{0,8})(?:-(0|[1-9][0-9]{0,8}))?$/;

function unsigned(text: string): number | undefined {
  const number = parseInteger(text);
  return number === undefined || number < 0n || number > UINT_MAX ? undefined : Number(number);
}
