import EVIDENCE from "../../data/evidence.json" with { type: "json" };
import { type EvidenceRow, WORD_LISTS, type WordList } from "../../server/src/hardening/evidenceTable.ts";
import { readLexicon, rowsAbout, writeLexicon } from "../../server/src/hardening/lexicon.ts";
import { optionsIn, phrasesIn, wholeNames } from "../../server/src/hardening/phrases.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { mentionsOf, type ServiceMention } from "../../server/src/service/mentions.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** A word of the table of evidence. */
interface Entry {
  readonly row: number;
  readonly column: WordList | "unless";
  readonly word: string;
}

const ROWS: readonly EvidenceRow[] = EVIDENCE;
const COLUMNS = [...WORD_LISTS, "unless"] as const;

/** All words of the table. */
export const ENTRIES: readonly Entry[] = ROWS.flatMap((it, row) =>
  COLUMNS.flatMap((column) => (it[column]?.split(", ") ?? []).map((word) => ({ row, column, word }))),
);

const LEXICONS = Object.fromEntries(
  COLUMNS.map((column) => {
    const own = ENTRIES.filter((it) => it.column === column);
    return [column, { own, lexicon: readLexicon(writeLexicon(own.map(({ word }) => [word]))) }];
  }),
);

/** The first words of those that are several. */
const HEADS = new Set(ENTRIES.flatMap(({ word }) => (word.includes(" ") ? [word.replace(/ .*/, "")] : [])));

const found = (column: string, texts: Iterable<string>): readonly Entry[] => {
  const { own, lexicon } = LEXICONS[column] ?? { own: [], lexicon: readLexicon(writeLexicon([])) };
  return [...rowsAbout(lexicon, texts)].flatMap((it) => own[it] ?? []);
};

/** The words that a unit names, wherever its texts are looked at. */
export const namedEntries = (unit: Unit): ReadonlySet<Entry> => new Set(mentionsOf(factsOf(unit)).flatMap(entriesIn));

function entriesIn({ place, text }: ServiceMention): readonly Entry[] {
  switch (place) {
    case "argument":
      return found("arguments", optionsIn(text));
    case "variable":
      return found("variables", [text.replace(/=.*$/s, ""), text]);
    case "unit":
    case "group":
    case "setting":
      return found(`${place}s`, [text]);
    case "capability":
      return found("capabilities", [text]);
    default: {
      const phrases = [...phrasesIn(text, HEADS)];
      const names = place === "description" ? [] : found("names", wholeNames(text));
      return [...names, ...found("words", phrases), ...found("unless", phrases)];
    }
  }
}
