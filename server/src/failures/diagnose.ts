import type { Unit } from "../units/unit.ts";
import { callCauses, compilerCauses } from "./callCauses.ts";
import type { CausingSetting } from "./cause.ts";
import type { Evidence } from "./evidence.ts";
import { hiddenCauses } from "./hidden.ts";
import { lifecycleCauses } from "./lifecycle.ts";
import { limitCauses } from "./limits.ts";
import { mentionedCauses } from "./mentioned.ts";
import { mountCauses } from "./mountCauses.ts";
import { networkCauses } from "./networkCauses.ts";
import { podmanCauses } from "./podman.ts";
import { programCauses } from "./programCauses.ts";
import { readOnlyCauses } from "./readOnly.ts";
import { rightsCauses } from "./rightsCauses.ts";
import { setupCauses } from "./setup.ts";

const SOURCES = [
  podmanCauses,
  mountCauses,
  programCauses,
  setupCauses,
  callCauses,
  compilerCauses,
  readOnlyCauses,
  hiddenCauses,
  rightsCauses,
  networkCauses,
  limitCauses,
  lifecycleCauses,
] as const;

/** What distinguishes two causes: the setting and its line. */
export const settingKey = ({ directive, origin }: CausingSetting): string =>
  `${directive} ${origin?.dropIn ?? ""} ${origin?.node.start ?? ""}`;

/** More than these nobody reads. */
const MAX_CAUSES = 8;
/** What is so much less likely than the first is left out. */
const FAR = 55;

/**
 * The settings of a unit, with its drop-ins, that lead to a failure of this kind; the most likely first, each line once.
 * Which setting answers how was seen with systemd 257.
 */
export function diagnose(unit: Unit, evidence: Evidence): readonly CausingSetting[] {
  const found = ranked(SOURCES.flatMap((source) => [...source(unit, evidence)]));
  return found.length > 0 ? found : ranked([...mentionedCauses(unit, evidence)]);
}

/** The most likely causes first, each line once, without those that are far less likely. */
export function ranked(causes: readonly CausingSetting[]): readonly CausingSetting[] {
  const best = new Map<string, CausingSetting>();
  for (const found of causes) {
    const key = settingKey(found);
    const known = best.get(key);
    if (!known || found.weight > known.weight) best.set(key, found);
  }
  const sorted = [...best.values()].toSorted((a, b) => b.weight - a.weight);
  const least = (sorted[0]?.weight ?? 0) - FAR;
  return sorted.filter((it) => it.weight >= least).slice(0, MAX_CAUSES);
}
