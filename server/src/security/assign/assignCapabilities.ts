import { holdsIn, type PerVersion, type SystemdVersion, valueIn } from "../../facts/version.ts";
import { parseCapability } from "../../values/capability.ts";
import {
  ALL_CAPABILITIES,
  type CapabilitySet,
  capabilitySet,
  NO_CAPABILITIES,
  sameSet,
  startBoundingSet,
  without,
} from "../capabilitySet.ts";
import { type Assign, type Assignments, splitValue } from "./assign.ts";

/** An empty value adds nothing at first, and later takes all away. */
const EMPTY_RESETS = { since: 259 };

/** What `~` alone stands for: later only what the kernel knows. */
const COMPLEMENT: PerVersion<CapabilitySet> = { 0: startBoundingSet(0), 259: ALL_CAPABILITIES };

/** Follows config_parse_capability_set(), systemd 257 to 262. */
function merged(old: CapabilitySet, start: CapabilitySet, value: string, version: SystemdVersion): CapabilitySet {
  if (value === "" && holdsIn(EMPTY_RESETS, version)) return NO_CAPABILITIES;
  const inverted = value.startsWith("~");
  const { words } = splitValue(inverted ? value.slice(1) : value, "quotes");
  const sum = capabilitySet(words.map((it) => parseCapability(it, version)));
  if (sameSet(sum, NO_CAPABILITIES) || sameSet(old, start)) {
    return inverted ? without(valueIn(COMPLEMENT, version), sum) : sum;
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
