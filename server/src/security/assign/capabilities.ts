import { parseCapability } from "../../values/capability.ts";
import type { SystemdVersion } from "../../values/version.ts";
import {
  ALL_CAPABILITIES,
  type CapabilitySet,
  capabilitySet,
  NO_CAPABILITIES,
  sameSet,
  startBoundingSet,
  without,
} from "../capabilitySet.ts";
import { type Assign, type Assignments, wordsOf } from "./assign.ts";

/** Follows config_parse_capability_set(), systemd 257, and 262, whose complement holds only what the kernel knows. */
function merged(old: CapabilitySet, start: CapabilitySet, value: string, version: SystemdVersion): CapabilitySet {
  if (value === "" && version >= 262) return NO_CAPABILITIES;
  const inverted = value.startsWith("~");
  const { words } = wordsOf(inverted ? value.slice(1) : value, "quotes");
  const sum = capabilitySet(words.map(parseCapability));
  if (sameSet(sum, NO_CAPABILITIES) || sameSet(old, start)) {
    return inverted ? without(version >= 262 ? ALL_CAPABILITIES : startBoundingSet(257), sum) : sum;
  }
  return inverted ? without(old, sum) : { low: old.low | sum.low, high: old.high | sum.high };
}

const boundingSet: Assign = (settings, value, { version }) => {
  settings.boundingSet = merged(settings.boundingSet, startBoundingSet(version), value, version);
  return undefined;
};

const ambientSet: Assign = (settings, value, { version }) => {
  settings.ambientSet = merged(settings.ambientSet, NO_CAPABILITIES, value, version);
  return undefined;
};

/** The two sets of capabilities. */
export const CAPABILITY_ASSIGNMENTS: Assignments = {
  CapabilityBoundingSet: boundingSet,
  AmbientCapabilities: ambientSet,
};
