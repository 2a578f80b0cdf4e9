import { type ConfigFamilies, provideConfigFamilies } from "../families/configFamilies.ts";
import { provideHardening } from "../hardening/ownHardening.ts";
import { type AdviceRule, serviceAdvice } from "../hardening/suggestions/advice.ts";
import type { Unit } from "../units/unit.ts";
import { DAEMONS } from "./daemons/dialect.ts";
import type { Dialect } from "./dialect.ts";
import { IMAGE_FILES } from "./images/dialect.ts";
import { NETWORKS } from "./network/dialect.ts";
import { NSPAWN_FILES } from "./nspawn/dialect.ts";
import { QUADLET_FILES } from "./quadlets/dialect.ts";

/** All dialects by their folders. Whoever reads files imports this first, as the rooms below learn from here what there is. */
export const DIALECTS = {
  daemons: DAEMONS,
  quadlets: QUADLET_FILES,
  network: NETWORKS,
  nspawn: NSPAWN_FILES,
  images: IMAGE_FILES,
} as const;

const KINDS: ConfigFamilies = { ...DAEMONS.kinds, ...NETWORKS.kinds, ...NSPAWN_FILES.kinds, ...IMAGE_FILES.kinds };

provideConfigFamilies(KINDS);

const ALL: readonly Dialect[] = Object.values(DIALECTS);

provideHardening(ALL.flatMap(({ hardening }) => hardening ?? []));

/** All codes of hardening advice: those of services, then those of the dialects. */
export const ADVICE_RULES: readonly AdviceRule[] = [...serviceAdvice, ...ALL.flatMap(({ advice = [] }) => advice)];

/** The units in a file that holds several, with the code of what is said of the whole; undefined of any other file. */
export function filePartsOf(unit: Unit): { readonly units: readonly Unit[]; readonly code: string } | undefined {
  for (const { parts } of ALL) {
    const units = parts?.unitsIn(unit);
    if (parts && units) return { units, code: parts.code };
  }
  return undefined;
}
