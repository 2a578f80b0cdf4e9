import { type Directive, directivesIn, grammarIn } from "../../../server/src/catalog/catalog.ts";
import { type SystemdVersion, VERSIONS } from "../../../server/src/facts/version.ts";
import { sectionsOf } from "../../../server/src/families/unitFiles/kinds.ts";
import { unitPath } from "../../../server/src/families/unitFiles/unitPath.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import { whereOf } from "../../../server/src/units/where.ts";
import { slotsAt } from "../../../server/src/values/read.ts";
import { type AskedUnit, KINDS, NEEDED, nameOf } from "./randomUnit.ts";

/** As many lines as a unit of them gets. */
const MOST_LINES = 80;

/** What these take decides whether the unit loads at all, for which one line is enough. */
const DECISIVE = /^(?:Exec|Where$|What$)/;

/**
 * Units with each word that some version offers for a directive, whether the one that is asked has it or not; random values
 * seldom have those that are rare.
 */
export function everyWord(): readonly AskedUnit[] {
  const units: AskedUnit[] = [];
  for (const kind of new Set(KINDS))
    for (const section of sectionsOf(kind).filter((it) => kind === "target" || !["Unit", "Install"].includes(it)))
      for (const [name, words] of wordsIn(section, kind)) {
        const all = DECISIVE.test(name) ? [] : [...words].filter((it) => /^[^\n%]+$/.test(it));
        for (let at = 0; at < all.length; at += MOST_LINES) {
          const id = `w${units.length}`;
          const lines = all.slice(at, at + MOST_LINES).map((it) => `${name}=${it}`);
          const path = nameOf(kind, id);
          units.push({
            name: path,
            files: { [path]: [...(NEEDED[kind]?.(id) ?? []), `[${section}]`, ...lines, ""].join("\n") },
          });
        }
      }
  return units;
}

type Section = Parameters<typeof directivesIn>[0];

function wordsIn(section: Section, kind: AskedKind): ReadonlyMap<string, ReadonlySet<string>> {
  const words = new Map<string, Set<string>>();
  for (const version of VERSIONS)
    for (const row of directivesIn(section, version)) {
      const known = words.get(row.name) ?? new Set<string>();
      words.set(row.name, known);
      for (const word of wordsOf(row, kind, version)) known.add(word);
    }
  return words;
}

type AskedKind = (typeof KINDS)[number];

function wordsOf(row: Directive, kind: AskedKind, version: SystemdVersion): readonly string[] {
  const type = grammarIn(row, version);
  if (type.kind === "enumeration")
    return [
      ...type.members.flatMap(({ value, synonyms = [], newSynonym, number, suffix }) => [
        value,
        ...synonyms,
        ...(newSynonym ? [newSynonym.text] : []),
        ...(number === undefined ? [] : [String(number)]),
        ...(suffix ? [`${value}:x`] : []),
      ]),
      ...(type.numbers ?? []).flatMap(({ low, high }) => [low, high, high + 1].map(String)),
      ...(type.boolean ? ["1", "off"] : []),
    ];
  const path = unitPath(`x.${kind}`);
  if (!path) return [];
  const where = whereOf(readUnit(path, "", version));
  return slotsAt(type, "", 0, where).flatMap((slot) => slot.offers().map(({ text }) => text));
}
