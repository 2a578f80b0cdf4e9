import type { Facts } from "../service/facts.ts";
import { programReading } from "./programReading.ts";
import { programName, readSigns } from "./readNeed.ts";

/**
 * Why a service does not even ask for home directories, the end of a sentence; undefined where its programs speak of them, start others
 * or cannot be read: where homes are closed, what asks for a file in one gets EACCES, which few expect.
 */
export function readHomes(facts: Facts): string | undefined {
  const reading = programReading(facts);
  if (!reading || reading.isLate) return undefined;
  const read = readSigns(reading, { signs: ["homes", "pam"], opensWhere: "starts" }, facts.privileged);
  return read?.says === "no" ? `nothing in ${programName(reading)} looks for them` : undefined;
}
