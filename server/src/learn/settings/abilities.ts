import { callsOf } from "../../facts/systemCalls.ts";
import { type Ability, abilityRow } from "../../needs/programAbilities.ts";
import { ABILITIES, type AbilityRow } from "../../needs/tables/abilities.ts";
import { letsThrough } from "../../security/callSet.ts";
import { hasCapability, numberOf } from "../../security/capabilitySet.ts";
import { STANDARD_DEVICE } from "./deviceSettings.ts";
import { callSights, type LearnContext, markSights, usedBelow } from "./learnContext.ts";
import { USING } from "./needSigns.ts";
import { listed } from "./sentences.ts";

/** What the programs of a service can do by their own code, and no run did. */
export interface UnseenAbility {
  readonly row: AbilityRow;
  readonly places: readonly Ability[];
  /** `it can change its groups (initgroups and setgid in couriertls), which no run did`. */
  readonly reason: string;
}

/** Such abilities, as far as the unit lets the service have what they take. */
export function unseenAbilities(context: LearnContext): readonly UnseenAbility[] {
  const { abilities = [] } = context.needs;
  return ABILITIES.flatMap((row) => {
    const places = abilities.filter((it) => abilityRow(it) === row);
    if (places.length === 0 || !isInReach(row, context) || isShown(row, context)) return [];
    return [{ row, places, reason: `it can ${row.can} (${placesText(places)}), which no run did` }];
  });
}

/** The capabilities that an ability keeps, which is none where it is only supposed. */
export const abilityCapabilities = ({ below, capabilities = [] }: AbilityRow): readonly string[] =>
  below ? [] : capabilities;

/** The calls and groups of calls that an ability takes, of those that the unit lets through as it is. */
export const abilityWords = ({ calls = [] }: AbilityRow, { unit, settings }: LearnContext): readonly string[] =>
  calls.filter((word) =>
    [...(callsOf(word, unit.version) ?? [word])].some((it) => letsThrough(settings.systemCalls, it, unit.version)),
  );

function isInReach({ capabilities }: AbilityRow, { asRoot, settings }: LearnContext): boolean {
  const own = asRoot ? settings.boundingSet : settings.ambientSet;
  return capabilities === undefined || capabilities.some((it) => hasCapability(own, numberOf(it)));
}

function isShown({ shownBy, marks = [], below, capabilities = [], sign }: AbilityRow, context: LearnContext): boolean {
  const { needs, unit } = context;
  const names = (shownBy ?? []).flatMap((it) => [...(callsOf(it, unit.version) ?? [it])]);
  if (callSights(context, names).length > 0) return true;
  if (marks.some((it) => markSights(context, it).length > 0)) return true;
  const isNeeded = capabilities.some((it) => needs.capabilities[it]);
  if (below) return isNeeded || usedBelow(context, below, USING).some(({ path }) => !STANDARD_DEVICE.test(path));
  if (sign === "privileged") return Object.values(needs.programs).some((it) => it.privileged);
  // A process may become who it is already, which takes no rights.
  return shownBy === undefined && isNeeded;
}

function placesText(places: readonly Ability[]): string {
  const [{ file } = { file: "" }] = places;
  const names = places.filter((it) => it.file === file).map((it) => it.what);
  return `${listed([...new Set(names)].sort())} in ${file}`;
}
