import EVIDENCE from "../../../data/evidence.json" with { type: "json" };
import type { NeededWords } from "./exclusions.ts";
import { type WrittenLexicon, writeLexicon } from "./lexicon.ts";

/** What speaks against settings wherever a unit names it. Each list has `, ` between its words; `*` stands for any letters. */
export interface EvidenceRow {
  /** What it is, without an article, as after "speaks of". */
  readonly about: string;
  /** Words of the description, of the unit's name and of programs' names. */
  readonly words?: string;
  /** Whole names of units and programs, whose parts are no words. */
  readonly names?: string;
  /** Options without their dashes and values, and other words of a command. */
  readonly arguments?: string;
  /** Names of units that it waits for or needs. */
  readonly units?: string;
  readonly groups?: string;
  readonly variables?: string;
  readonly capabilities?: string;
  readonly settings?: string;
  /** Words with which the others mean something else. */
  readonly unless?: string;
  /** Settings that are at most likely with such words, whatever else is known of the service. */
  readonly doubts?: string;
  /** The settings by the reason against them, which goes on after "and". */
  readonly excludes: Readonly<Record<string, string>>;
  /** Words that a list has to let through for such a service, in place of a reason against the whole setting. */
  readonly needs?: NeededWords;
  /** Lines of a unit that shows it. */
  readonly example: readonly string[];
  /** Lines of a unit in which nothing of this table is meant, though it looks like it. */
  readonly nearMiss: readonly string[];
}

/** The lists of words of a row. */
export const WORD_LISTS = [
  "words",
  "names",
  "arguments",
  "units",
  "groups",
  "variables",
  "capabilities",
  "settings",
] as const;

export type WordList = (typeof WORD_LISTS)[number];

/** What a row says once one of its words is found. */
export type RowStatement = Pick<EvidenceRow, "about" | "unless" | "doubts" | "excludes" | "needs">;

/** The table of evidence, made ready for looking words up. */
export interface EvidenceTable {
  /** What the row at a place says. */
  readonly row: (place: number) => RowStatement | undefined;
  readonly lists: Readonly<Record<WordList, WrittenLexicon>>;
  /** The first words of all that are several, with a space between. */
  readonly heads: string;
}

/** Made of the rows as they are written; the build replaces this module by one that has it made. */
export function makeEvidenceTable(rows: readonly EvidenceRow[] = EVIDENCE): EvidenceTable {
  const lexicon = (list: WordList): WrittenLexicon => writeLexicon(rows.map((it) => split(it[list])));
  const entries = rows.map(({ about, unless, doubts, excludes, needs }) => ({
    about,
    excludes,
    ...(unless !== undefined && { unless }),
    ...(doubts !== undefined && { doubts }),
    ...(needs !== undefined && { needs }),
  }));
  return {
    row: (place) => entries[place],
    lists: Object.fromEntries(WORD_LISTS.map((it) => [it, lexicon(it)])) as EvidenceTable["lists"],
    heads: [...new Set(rows.flatMap(headsOf))].join(" "),
  };
}

const headsOf = ({ words = "", unless = "" }: EvidenceRow): readonly string[] =>
  [...`${words}, ${unless}`.matchAll(/(?<=^|, )[^ ,]+(?= )/g)].map(([head]) => head);

const split = (list: string | undefined): readonly string[] => list?.split(", ") ?? [];
