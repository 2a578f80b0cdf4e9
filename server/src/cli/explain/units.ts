import { directivesIn, isIgnored, sectionsWith } from "../../catalog/catalog.ts";
import { isSectionName, type SectionName, sectionFacts } from "../../catalog/sections.ts";
import { SPECIAL_UNITS } from "../../facts/specialUnits.ts";
import { UNIT_KINDS } from "../../facts/unitKinds.ts";
import { sectionsOf } from "../../families/unitFiles/kinds.ts";
import type { SystemdVersion } from "../../values/version.ts";
import { heading, type Page, paragraphsText } from "./layout.ts";

/** A unit that systemd gives a meaning, as its two managers have it. */
export function explainUnit(name: string, page: Page): string | undefined {
  const parts = (["system", "user"] as const).flatMap((scope) => {
    const facts = SPECIAL_UNITS[scope].find((it) => it.name === name);
    return facts ? [{ scope, ...facts }] : [];
  });
  const [first, second] = parts;
  if (!first) return undefined;
  if (second && second.summary !== first.summary)
    return parts.map((it) => unit(name, OF[it.scope], it, page)).join("\n\n");
  return unit(name, second ? "of the system and of users" : OF[first.scope], first, page);
}

const OF = { system: "of the system", user: "of users" } as const;

interface Said {
  readonly summary: string;
  readonly since?: number;
}

function unit(name: string, whose: string, { summary, since }: Said, page: Page): string {
  const age = since === undefined ? undefined : `Since systemd ${since}.`;
  return [
    heading(`${name}, special unit ${whose}`, page),
    paragraphsText([summary, age, "More: systemd.special(7)"], page),
  ].join("\n\n");
}

/** A section, with or without its brackets: what it is for, and its directives, those of its own by name. */
export function explainSection(name: string, version: SystemdVersion, page: Page): string | undefined {
  const section = name.replace(/^\[(.*)\]$/, "$1");
  if (!isSectionName(section)) return undefined;
  const all = directivesIn(section, version).flatMap((it) => (isIgnored(it, version) ? [] : [it.name]));
  const own = all.filter((it) => sectionsWith(it).length === 1);
  const { summary, page: manual } = sectionFacts(section);
  const said = [
    summary,
    `Found in units of ${kindsWith(section)}.`,
    own.length > 0 ? `Directives that no other section has: ${own.join(", ")}` : undefined,
    all.length > own.length
      ? `It shares ${all.length - own.length} ${own.length > 0 ? "more " : ""}with other sections.`
      : undefined,
    `More: ${manual}(5)`,
  ];
  return [heading(`[${section}] in systemd ${version}`, page), paragraphsText(said, page)].join("\n\n");
}

function kindsWith(section: SectionName): string {
  const kinds = UNIT_KINDS.filter((it) => sectionsOf(it).includes(section));
  return kinds.length === UNIT_KINDS.length ? "all kinds" : `kind ${kinds.join(", ")}`;
}
