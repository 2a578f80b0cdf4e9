import { programReading } from "../needs/programReading.ts";
import { type ReadCalls, readCalls } from "../needs/readCalls.ts";
import { USUAL_CALLS } from "../needs/usualValues.ts";
import type { Facts } from "../service/facts.ts";

/** The groups of calls that the programs of a service do not make, where they can be read. */
export function callsRead(facts: Facts): ReadCalls | undefined {
  const reading = programReading(facts);
  return reading && readCalls(reading, facts.privileged);
}

/** The calls of usual services; of a program that can be read without those that it does not make. */
export const usualCalls = (facts: Facts): readonly string[] =>
  callsRead(facts)?.groups.includes("@mount") ? USUAL_CALLS.filter((it) => it !== "chroot") : USUAL_CALLS;
