import { CAPABILITIES, CAPABILITY_LIMIT } from "../facts/capabilities.ts";
import { NEWEST_VERSION, type PerVersion, type SystemdVersion, valueIn } from "../facts/version.ts";
import { parseUnsigned } from "./number.ts";

/** The highest number, which a mask of 64 bits has room for, and later one less. */
const LIMIT: PerVersion<number> = { 0: 63, 254: CAPABILITY_LIMIT };

const NUMBERS: ReadonlyMap<string, number> = new Map(CAPABILITIES.map((name, number) => [name, number]));

/** The number of a capability: by its name in any letter case, or by the number itself. Follows capability_from_name(), systemd 257 to 262. */
export function parseCapability(text: string, version: SystemdVersion = NEWEST_VERSION): number | undefined {
  const number = parseUnsigned(text);
  if (number !== undefined) return number <= valueIn(LIMIT, version) ? number : undefined;
  return NUMBERS.get(text.toUpperCase());
}
