import { programReading } from "../needs/programReading.ts";
import { type ReadCalls, readCalls } from "../needs/readCalls.ts";
import { type ReadCapabilities, readCapabilities } from "../needs/readCapabilities.ts";
import { USUAL_CALLS } from "../needs/usualValues.ts";
import type { Facts } from "../service/facts.ts";
import { isKnownByName } from "../service/kinds.ts";
import { textOf } from "../service/settings.ts";
import { showsAllItDoes } from "../service/visible.ts";
import { isBeyondOwner } from "./exclusions.ts";

/** The groups of calls that the programs of a service do not make, where they can be read. */
export function callsRead(facts: Facts): ReadCalls | undefined {
  const reading = programReading(facts);
  return reading && readCalls(reading, facts.privileged);
}

/** The capabilities for which the programs of a service that stays root have no use, where all that it runs can be read. */
export function capabilitiesRead(facts: Facts): ReadCapabilities | undefined {
  const { unit, privileged, user, dynamic, programs, kinds } = facts;
  const changesUser = !privileged || user !== undefined || dynamic || textOf(unit, "PAMName") !== undefined;
  const tools = programs.filter((it) => it.setting !== "ExecStart" && isKnownByName(it));
  if (changesUser || [...kinds].some(isBeyondOwner) || !(tools.length === 0 || showsAllItDoes(tools))) return undefined;
  const reading = programReading(facts);
  return reading && readCapabilities(reading);
}

/** The calls of usual services; of a program that can be read without those that it does not make. */
export const usualCalls = (facts: Facts): readonly string[] =>
  callsRead(facts)?.groups.includes("@mount") ? USUAL_CALLS.filter((it) => it !== "chroot") : USUAL_CALLS;
