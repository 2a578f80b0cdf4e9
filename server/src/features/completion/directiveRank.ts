import ownUnits from "../../../../data/own-units-by-directive.json" with { type: "json" };
import packages from "../../../../data/packages-by-directive.json" with { type: "json" };
import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { ROWS } from "../../hardening/profiles.ts";
import { largest } from "../../text/extremes.ts";

/** How likely a directive is meant in its section: 0 for the likeliest; those hardly seen share the last rank. */
export function rankOf(section: SectionName, name: DirectiveName): number {
  const own = RANKS.get(section)?.get(name);
  if (own !== undefined) return own;
  const shared = section === "Unit" || section === "Install" ? undefined : RANKS.get("Service")?.get(name);
  return shared === undefined ? LAST_RANK : AFTER_OWN + shared;
}

/** The rank of all directives that are hardly seen. */
export const LAST_RANK = 999;
/** Sections that share directives with [Service] rank what they themselves hardly use as that does. */
const AFTER_OWN = 200;

/** How often each directive of a section is set, the most common first. */
type Counted = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** How many packages set each directive; `npm run extracts` writes it. */
const IN_PACKAGES: Counted = packages;
/** How many services that people wrote for themselves do. */
const IN_OWN_UNITS: Counted = ownUnits;

/** What one step of hardening adds is seldom typed, however many packages have it. */
const ADDED_IN_ONE_STEP: ReadonlySet<string> = new Set(ROWS.map((it) => it.directive));

/** The names of a section in the order of both counts, each as a share of what is set most often. */
function ordered(section: string): readonly string[] {
  const inPackages = shares(IN_PACKAGES[section]);
  const inOwnUnits = shares(IN_OWN_UNITS[section]);
  const share = (name: string): number => {
    const isTyped = inOwnUnits.size === 0 || !ADDED_IN_ONE_STEP.has(name);
    return (inOwnUnits.get(name) ?? 0) + (isTyped ? (inPackages.get(name) ?? 0) : 0);
  };
  return shortestFirst([...new Set([...inPackages.keys(), ...inOwnUnits.keys()])].sort((a, b) => share(b) - share(a)));
}

function shares(counted: Readonly<Record<string, number>> = {}): ReadonlyMap<string, number> {
  const most = largest(Object.values(counted));
  return new Map(Object.entries(counted).map(([name, count]) => [name, count / most]));
}

/** Typing on leads to a longer name, and never back to the one that it begins with: that comes before it. */
function shortestFirst(names: readonly string[]): readonly string[] {
  const placed = new Set<string>();
  for (const name of names) {
    for (const it of names) if (it !== name && name.startsWith(it)) placed.add(it);
    placed.add(name);
  }
  return [...placed];
}

const RANKS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  [...new Set([...Object.keys(IN_PACKAGES), ...Object.keys(IN_OWN_UNITS)])].map((section) => [
    section,
    new Map(ordered(section).map((name, rank) => [name, rank])),
  ]),
);
