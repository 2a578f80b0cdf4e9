import { profileCapabilities } from "../needs/packaged.ts";
import { programReading } from "../needs/programReading.ts";
import { groupsNotCalled, type ReadCalls, readCalls, seldomCalls } from "../needs/readCalls.ts";
import { type ReadCapabilities, readCapabilities } from "../needs/readCapabilities.ts";
import { isSource } from "../needs/sourceReading.ts";
import { USUAL_CALLS } from "../needs/usualValues.ts";
import type { SignName } from "../program/sign.ts";
import type { Facts } from "../service/facts.ts";
import { isKnownByName } from "../service/kinds.ts";
import { textOf } from "../service/settings.ts";
import { showsAllItDoes } from "../service/visible.ts";
import { handsSandboxOn, isBeyondOwner } from "./exclusions.ts";

/** The groups of calls that the programs of a service do not make, where they can be read. */
export function callsRead(facts: Facts): ReadCalls | undefined {
  const reading = programReading(facts);
  return reading && readCalls(reading, facts.privileged);
}

/** Groups without those of which its own code makes a call, as far as it can be read. */
export function groupsNotCalledBy(facts: Facts, groups: readonly string[]): readonly string[] {
  const reading = programReading(facts);
  return reading ? groupsNotCalled(reading, groups) : groups;
}

/** The groups of usual calls that few programs make, of those that can be read: neither these make them, nor what they start. */
export function seldomRead(facts: Facts): readonly string[] {
  const reading = programReading(facts);
  const isKept = [...facts.kinds].some(handsSandboxOn) || toolsBeside(facts).length > 0;
  return reading && !isKept ? seldomCalls(reading, facts.privileged) : [];
}

/** What commands besides the service's own may need of a root that keeps little: to give files away, and to signal others. */
const OF_TOOLS: ReadonlySet<string> = new Set(["CAP_CHOWN", "CAP_FSETID", "CAP_KILL", "CAP_SETFCAP"]);

/** The capabilities for which the programs of a service that stays root have no use, where all that it runs can be read. */
export function capabilitiesRead(facts: Facts): ReadCapabilities | undefined {
  const { unit, privileged, user, dynamic, kinds } = facts;
  const changesUser = !privileged || user !== undefined || dynamic || textOf(unit, "PAMName") !== undefined;
  const tools = toolsBeside(facts);
  if (changesUser || [...kinds].some(isBeyondOwner) || !(tools.length === 0 || showsAllItDoes(tools))) return undefined;
  const reading = programReading(facts);
  const read = reading && readCapabilities(reading);
  if (!read) return undefined;
  const kept = new Set(profileCapabilities(facts));
  const isAlone = othersBeside(facts).length === 0;
  const unused = read.unused.filter((it) => !kept.has(it) && (isAlone || !OF_TOOLS.has(it)));
  return unused.length === 0 ? undefined : { ...read, unused };
}

/** Commands of known tools besides those of the service itself, but for kill(1), which does nothing else. */
const toolsBeside = (facts: Facts): Facts["programs"] =>
  othersBeside(facts).filter((it) => isKnownByName(it) && !isKill(it));

/** What other commands start than those of the service itself, which may run its program once more, to check its configuration. */
function othersBeside({ programs }: Facts): Facts["programs"] {
  const own = new Set(programs.flatMap((it) => (it.setting === "ExecStart" ? it.path : [])));
  return programs.filter((it) => !own.has(it.path));
}

const isKill = ({ names }: Facts["programs"][number]): boolean => names.length === 1 && names[0] === "kill";

/** The calls of usual services; of a program that can be read without those that it does not make, or that the kernel refuses it. */
export const usualCalls = (facts: Facts): readonly string[] =>
  callsRead(facts)?.groups.includes("@mount") || isNeverRoot(facts) ? CALLS_OF_USERS : USUAL_CALLS;

const CALLS_OF_USERS = USUAL_CALLS.filter((it) => it !== "chroot");

/** Whether no program of a service has the right to change its root directory, nor asks for it, as in a namespace of its own. */
function isNeverRoot(facts: Facts): boolean {
  const reading = programReading(facts);
  const isGranted = facts.privileged || facts.capabilities.some((it) => OF_ROOTS.has(it));
  if (isGranted || !reading || isSource(reading)) return false;
  return !reading.files.some((it) => it.own && it.signs.some(({ sign }) => ASKS.has(sign)));
}

const OF_ROOTS: ReadonlySet<string> = new Set(["CAP_SYS_CHROOT", "CAP_SYS_ADMIN"]);
const ASKS: ReadonlySet<string> = new Set<SignName>(["chroot", "mount", "namespaces", "granted"]);
