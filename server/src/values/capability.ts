import { CAPABILITIES, CAPABILITY_LIMIT } from "../facts/capabilities.ts";
import { parseUnsigned } from "./number.ts";

const NUMBERS: ReadonlyMap<string, number> = new Map(CAPABILITIES.map((name, number) => [name, number]));

/** The number of a capability: by its name in any letter case, or by the number itself. Follows capability_from_name(), systemd 257 to 262. */
export function parseCapability(text: string): number | undefined {
  const number = parseUnsigned(text);
  if (number !== undefined) return number <= CAPABILITY_LIMIT ? number : undefined;
  return NUMBERS.get(text.toUpperCase());
}
