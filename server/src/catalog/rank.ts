import counted from "../../../data/packages-by-directive.json" with { type: "json" };
import type { DirectiveName } from "./catalog.ts";
import type { SectionName } from "./sections.ts";

/** How common a directive is in its section: 0 for the one that most packages of a distribution set; those hardly seen share the last rank. */
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

/** How many packages set each directive, the most common first; `npm run extracts` writes it. */
const COUNTED: Readonly<Partial<Record<SectionName, Readonly<Partial<Record<DirectiveName, number>>>>>> = counted;

const RANKS: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries(COUNTED).map(([section, names]) => [
    section,
    new Map(Object.keys(names ?? {}).map((name, rank) => [name, rank])),
  ]),
);
