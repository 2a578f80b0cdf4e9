import { directivesIn, isIgnored, sectionsWith } from "../../catalog/catalog.ts";
import { quadletDirectivesIn } from "../../catalog/quadletDirectives.ts";
import { isSectionName, quadletSectionFacts, type SectionName, sectionFacts } from "../../catalog/sections.ts";
import { isQuadletSection, type QuadletSectionName } from "../../facts/quadletKinds.ts";
import { SPECIAL_UNITS } from "../../facts/specialUnits.ts";
import { UNIT_KINDS } from "../../facts/unitKinds.ts";
import { releaseOf, type SystemdVersion } from "../../facts/version.ts";
import { sectionsOf } from "../../families/unitFiles/kinds.ts";
import { explainConfigSection } from "./configs.ts";
import type { Explanation } from "./layout.ts";

/** A unit that systemd gives a meaning, as its two managers have it. */
export function explainUnit(name: string): Explanation[] {
  const parts = (["system", "user"] as const).flatMap((scope) => {
    const facts = SPECIAL_UNITS[scope].find((it) => it.name === name);
    return facts ? [{ whose: OF[scope], ...facts }] : [];
  });
  const [first, second] = parts;
  if (first && second?.summary === first.summary) return [unit(name, "of the system and of users", first)];
  return parts.map((it) => unit(name, it.whose, it));
}

const OF = { system: "of the system", user: "of users" } as const;

interface SpecialUnit {
  readonly summary: string;
  readonly since?: number;
}

function unit(name: string, whose: string, { summary, since }: SpecialUnit): Explanation {
  const age = since === undefined ? undefined : `Since systemd ${since}.`;
  return { title: `${name}, special unit ${whose}`, parts: [summary, age, "More: systemd.special(7)"] };
}

/** A section, with or without its brackets: what it is for, and its directives, those of its own by name. */
export function explainSection(name: string, version: SystemdVersion): Explanation[] {
  const section = name.replace(/^\[(.*)\]$/, "$1");
  if (isQuadletSection(section)) return [quadletSection(section), ...explainConfigSection(section, version)];
  if (!isSectionName(section)) return explainConfigSection(section, version);
  const all = directivesIn(section, version).flatMap((it) => (isIgnored(it, version) ? [] : [it.name]));
  const own = all.filter((it) => sectionsWith(it).length === 1);
  const { summary, page: manual } = sectionFacts(section);
  const parts = [
    summary,
    `Found in units of ${kindsWith(section)}.`,
    own.length > 0 ? `Directives that no other section has: ${own.join(", ")}` : undefined,
    all.length > own.length
      ? `It shares ${all.length - own.length} ${own.length > 0 ? "more " : ""}with other sections.`
      : undefined,
    `More: ${manual}(5)`,
  ];
  return [{ title: `[${section}] in systemd ${releaseOf(version)}`, parts }];
}

function quadletSection(section: QuadletSectionName): Explanation {
  const { summary, page } = quadletSectionFacts(section);
  const keys = quadletDirectivesIn(section).map((it) => it.name);
  return { title: `[${section}] of quadlets`, parts: [summary, `Keys: ${keys.join(", ")}`, `More: ${page}(5)`] };
}

function kindsWith(section: SectionName): string {
  const kinds = UNIT_KINDS.filter((it) => sectionsOf(it).includes(section));
  return kinds.length === UNIT_KINDS.length ? "all kinds" : `kind ${kinds.join(", ")}`;
}
