import { CAPABILITIES } from "../facts/capabilities.ts";
import { byVersion, type PerVersion, valueIn } from "../facts/version.ts";
import { parseCapability } from "../values/capability.ts";

/** A set of capabilities as a mask of 64 bits, whose halves are signed numbers of 32 bits. */
export interface CapabilitySet {
  readonly low: number;
  readonly high: number;
}

/** The empty set. */
export const NO_CAPABILITIES: CapabilitySet = { low: 0, high: 0 };

const START: PerVersion<CapabilitySet> = { 0: { low: -1, high: -1 }, 259: { low: -1, high: 0x7fffffff } };

/** The bounding set before any assignment (CAP_MASK_UNSET, CAP_MASK_ALL). */
export const startBoundingSet = byVersion((version) => valueIn(START, version));

/** The set of some capabilities by number; undefined ones are left out. */
export function capabilitySet(numbers: Iterable<number | undefined>): CapabilitySet {
  let low = 0;
  let high = 0;
  for (const number of numbers) {
    if (number === undefined) continue;
    if (number < 32) low |= 1 << number;
    else high |= 1 << (number - 32);
  }
  return { low, high };
}

/** The set of some capabilities by name, such as `CAP_KILL`. */
export function capabilitiesOf(...names: readonly string[]): CapabilitySet {
  return capabilitySet(names.map((it) => parseCapability(it)));
}

/** All that the kernel knows. */
export const ALL_CAPABILITIES: CapabilitySet = capabilitySet(CAPABILITIES.keys());

/** A set without the members of another. */
export function without(set: CapabilitySet, other: CapabilitySet): CapabilitySet {
  return { low: set.low & ~other.low, high: set.high & ~other.high };
}

/** Whether two sets share a member. */
export function overlap(set: CapabilitySet, other: CapabilitySet): boolean {
  return (set.low & other.low) !== 0 || (set.high & other.high) !== 0;
}

/** Whether two sets have the same members. */
export function sameSet(set: CapabilitySet, other: CapabilitySet): boolean {
  return set.low === other.low && set.high === other.high;
}

const SINGLE: readonly CapabilitySet[] = CAPABILITIES.map((_, number) => capabilitySet([number]));

/** Whether a set has a capability, which is given by its number. */
export function hasCapability(set: CapabilitySet, capability: number): boolean {
  const single = SINGLE[capability];
  return single !== undefined && overlap(set, single);
}

/** The names of the members that the kernel knows, in the order of their numbers. */
export const capabilityNames = (set: CapabilitySet): string[] =>
  CAPABILITIES.filter((_, number) => hasCapability(set, number));

/** The number of a capability that the kernel knows by this name. */
export const numberOf = (name: string): number => CAPABILITIES.indexOf(name);
