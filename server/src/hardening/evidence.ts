import type { Facts } from "../service/facts.ts";
import { mentionsOf, OF_FOLDERS, type Place, type ServiceMention } from "../service/mentions.ts";
import { Recent } from "../text/recent.ts";
import { lazy } from "../text/tables.ts";
import { memo } from "../units/memo.ts";
import { makeEvidenceTable, type RowStatement, type WordList } from "./evidenceTable.ts";
import { type Excluded, type NeededBy, settingsNamed } from "./exclusions.ts";
import { type Lexicon, readLexicon, rowsAbout } from "./lexicon.ts";
import { optionsIn, phrasesIn, wholeNames } from "./phrases.ts";

/** Why a service must not get a setting, as the end of a sentence: what its unit names, and what follows from that. */
export function evidenceAgainst(name: Excluded, facts: Facts): string | undefined {
  return evidenceOf(facts).against.get(name)?.reason;
}

/** Whether only a description or a name speaks against a setting, and no line of the unit. */
export const isAgainstByWords = (name: Excluded, facts: Facts): boolean =>
  evidenceOf(facts).against.get(name)?.isProse === true;

/** The words that a list has to let through for what a unit names. */
export const wordsNamed = (name: NeededBy, facts: Facts): readonly string[] => evidenceOf(facts).needs.get(name) ?? [];

/** Whether anything in a unit speaks against some setting. */
export const hasEvidence = (facts: Facts): boolean =>
  evidenceOf(facts).against.size > 0 || evidenceOf(facts).needs.size > 0;

/** Whether a unit names something that leaves open whether it bears a setting. */
export const leavesOpen = (name: Excluded, facts: Facts): boolean => evidenceOf(facts).doubted.has(name);

/** Read once for all rows. */
const evidenceOf = memo((facts: Facts) => evidenceIn(mentionsOf(facts)));

const TABLE = lazy(() => makeEvidenceTable());

/** A unit has texts of few places, and few rows are about it: each list is read when it is first asked for. */
const LEXICONS: Readonly<Record<WordList, () => Lexicon>> = {
  words: lazy(() => readLexicon(TABLE().lists.words)),
  names: lazy(() => readLexicon(TABLE().lists.names)),
  arguments: lazy(() => readLexicon(TABLE().lists.arguments)),
  units: lazy(() => readLexicon(TABLE().lists.units)),
  groups: lazy(() => readLexicon(TABLE().lists.groups)),
  variables: lazy(() => readLexicon(TABLE().lists.variables)),
  capabilities: lazy(() => readLexicon(TABLE().lists.capabilities)),
  settings: lazy(() => readLexicon(TABLE().lists.settings)),
};

const unlessOf = memo(({ unless }: RowStatement): readonly string[] => unless?.split(", ") ?? []);
const excludesOf = memo(({ excludes }: RowStatement) => Object.entries(excludes).flatMap(settingsNamed));
const doubtsOf = memo(({ doubts = "" }: RowStatement) => settingsNamed(["", doubts]).map(([setting]) => setting));

const HEADS = lazy(() => new Set(TABLE().heads.split(" ")));

interface Evidence {
  /** The reason by the setting that it is against, of the first row that has one. */
  readonly against: ReadonlyMap<string, { readonly reason: string; readonly isProse: boolean }>;
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly doubted: ReadonlySet<string>;
}

/** All that the texts of a unit say. */
const evidenceIn = memo((mentions: readonly ServiceMention[]): Evidence => {
  let prose: ReadonlySet<string> | undefined;
  const meansOther = (row: RowStatement): boolean => {
    const unless = unlessOf(row);
    if (unless.length === 0) return false;
    prose ??= new Set(mentions.filter(isProse).flatMap((it) => [...phrasesIn(it.text, HEADS())]));
    return unless.some((it) => prose?.has(it));
  };
  const statements = new Map<number, UnitStatement>();
  // What a line names says more than what the same unit lets guess.
  for (const mention of [...mentions.filter((it) => !isProse(it)), ...mentions.filter(isProse)]) {
    for (const place of knownRows(mention)) {
      const row = TABLE().row(place);
      if (!row || statements.has(place) || (isProse(mention) && meansOther(row))) continue;
      statements.set(place, {
        row,
        clause: clauseOf(mention, place, row.about),
        prose: isProse(mention),
        isFolder: mention.setting === OF_FOLDERS,
      });
    }
  }
  const against = new Map<string, { readonly reason: string; readonly isProse: boolean }>();
  for (const [, { row, clause, prose: isProse }] of [...statements].sort(
    ([a, { prose: one }], [b, { prose: two }]) => Number(one) - Number(two) || a - b,
  )) {
    for (const [setting, reason] of excludesOf(row)) {
      if (!against.has(setting)) against.set(setting, { reason: `${clause}, and ${reason}`, isProse });
    }
  }
  const rows = [...statements.values()].map(({ row }) => row);
  const needs = new Map<string, readonly string[]>();
  for (const [setting, words] of rows.flatMap((it) => Object.entries(it.needs ?? {})))
    needs.set(setting, [...new Set([...(needs.get(setting) ?? []), ...words.split(" ")])]);
  // What a folder happens to be called leaves nothing open.
  const open = [...statements.values()].filter((it) => !it.isFolder);
  return { against, needs, doubted: new Set(open.flatMap(({ row }) => doubtsOf(row))) };
});

/** What a unit says of a row. */
interface UnitStatement {
  readonly row: RowStatement;
  readonly clause: string;
  /** Whether only a description or a name says it. */
  readonly prose: boolean;
  readonly isFolder: boolean;
}

const isProse = ({ place }: ServiceMention): boolean =>
  place === "description" || place === "name" || place === "program";

/** So many texts of a place are remembered: those of the unit that is being edited, and what many units say. */
const MOST_TEXTS = 512;

const KNOWN = new Map<Place, Recent<string, ReadonlySet<number>>>();

function knownRows(mention: ServiceMention): ReadonlySet<number> {
  const { place, text } = mention;
  const known = KNOWN.get(place) ?? new Recent(MOST_TEXTS);
  KNOWN.set(place, known);
  const before = known.get(text);
  if (before) return before;
  const rows = rowsIn(mention);
  known.set(text, rows.size > 0 ? rows : NO_ROWS);
  return rows;
}

const NO_ROWS: ReadonlySet<number> = new Set();

function rowsIn({ place, text }: ServiceMention): ReadonlySet<number> {
  const lexicon = LEXICONS[LIST_OF[place]]();
  if (place === "argument") return rowsAbout(lexicon, optionsIn(text));
  if (place === "variable") return rowsAbout(lexicon, [text.replace(/=.*$/s, ""), text]);
  if (place !== "description" && place !== "name" && place !== "program") return rowsAbout(lexicon, [text]);
  const own = place === "description" ? [] : rowsAbout(LEXICONS.names(), wholeNames(text));
  return new Set([...own, ...rowsAbout(lexicon, phrasesIn(text, HEADS(), true))]);
}

const LIST_OF: Readonly<Record<Place, WordList>> = {
  description: "words",
  name: "words",
  program: "words",
  argument: "arguments",
  unit: "units",
  group: "groups",
  variable: "variables",
  capability: "capabilities",
  setting: "settings",
};

/** The words of a text that a row is about, as the text has them: of a description the phrase, of a name all of it. */
function wordsFor({ place, text }: ServiceMention, row: number): string {
  if (place !== "description") return text.trim();
  const phrases = [...phrasesIn(text, HEADS(), true)].filter((it) => rowsAbout(LEXICONS.words(), [it]).has(row));
  const longest = phrases.toSorted((a, b) => b.length - a.length)[0];
  return longest ?? text.trim();
}

/** So much of a text a sentence quotes. */
const MOST_QUOTED = 40;

const cut = (text: string): string => (text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text);

function clauseOf(mention: ServiceMention, row: number, about: string): string {
  const { place, text, setting } = mention;
  const words = cut(wordsFor(mention, row));
  switch (place) {
    case "description":
      return `its description speaks of ${about} ("${words}")`;
    case "name":
      return `its name speaks of ${about} ("${words}")`;
    case "program":
      return `the name of its program speaks of ${about} ("${words}")`;
    case "argument":
      return `its command says ${words}`;
    case "unit":
    case "group":
      return `${setting}= names ${text}`;
    case "variable":
      return `${setting}= sets ${text.replace(/=.*$/s, "")}`;
    case "capability":
      return `it keeps ${text}`;
    case "setting":
      return `${text}= gives it a cgroup subtree`;
  }
}
