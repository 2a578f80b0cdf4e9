import { readBody } from "./blocks.ts";
import { makeEntry } from "./entry.ts";
import { headingCase, headingText, sectionNamed, sectionNames } from "./headings.ts";
import type { ManualEntry } from "./model.ts";
import { roffLines } from "./roffLines.ts";
import { bodyStart, notesOf, type PageSource } from "./source.ts";
import { idCounter, isEntryStart, readTerms } from "./terms.ts";

/** Where the entries of a page are; their text is read when one is asked for. */
export interface PageIndex {
  /** The entry of a directive that fits a section of a file best; headings of other sections count last. Else that of any other term. */
  find(name: string, section?: string): FoundEntry | undefined;
  /** The id of the heading or entry whose line begins at an offset. */
  anchorAt(at: number): string;
  /** The names of all directives. */
  readonly names: { has(name: string): boolean };
}

/** An entry and where it stands. */
export interface FoundEntry extends ManualEntry {
  readonly page: string;
  readonly manualSection: string;
  readonly version: number;
  /** The title above it, as the source has it. */
  readonly heading: string;
}

interface Place {
  readonly at: number;
  readonly depth: number;
  /** The heading of level 1 above it. */
  readonly section: string;
  /** The heading of any level above it. */
  readonly heading: string;
}

const MARK = /^\.(?:PP$|S[HS] .+$|R[SE]\b)/gm;

/** Goes through a page once for its entries and ids. */
export function pageIndex({ name: page, section: manualSection, version, roff }: PageSource): PageIndex {
  const anchors = new Map<number, string>();
  const places = new Map<string, Place[]>();
  const others = new Map<string, Place[]>();
  const number = idCounter();
  const names = sectionNames(roff);
  let section = "";
  let heading = "";
  let depth = 0;
  MARK.lastIndex = bodyStart(roff);
  for (let mark = MARK.exec(roff); mark; mark = MARK.exec(roff)) {
    const [line] = mark;
    if (line.startsWith(".S")) {
      heading = headingText(line);
      if (line.startsWith(".SH")) section = heading;
      depth = 0;
      anchors.set(mark.index, number(headingCase(heading, names)));
    } else if (line === ".RS") depth++;
    else if (line === ".RE") depth = Math.max(0, depth - 1);
    else {
      const at = MARK.lastIndex + 1;
      const end = roff.indexOf("\n", at);
      const terms = roff.slice(at, end < 0 ? roff.length : end);
      if (end < 0 || !isEntryStart(terms, /\.RS 4(?=\n|$)/y.exec(roff.slice(end + 1, end + 7))?.[0])) continue;
      const { names: own, subjects, id } = readTerms(terms);
      anchors.set(at, number(id));
      const place = { at, depth, section, heading };
      for (const name of own) add(places, name, place);
      for (const name of subjects) if (!own.includes(name)) add(others, name, place);
    }
  }

  const anchorAt = (at: number): string => anchors.get(at) ?? "";
  return {
    names: places,
    anchorAt,
    find(name, wanted) {
      const [best] = (places.get(name) ?? others.get(name) ?? []).toSorted((a, b) => rank(b, wanted) - rank(a, wanted));
      if (!best) return undefined;
      const notes = notesOf(roff);
      const lines = roffLines(roff, best.at);
      const terms = lines.peek() ?? "";
      lines.skip();
      lines.skip();
      const blocks = readBody(lines, {
        notes,
        entry: (inner, at, below) => makeEntry(inner, anchorAt(at), below),
      });
      return {
        ...makeEntry(terms, anchorAt(best.at), blocks),
        ...{ page, manualSection, version, heading: headingCase(best.heading, names) },
      };
    },
  };
}

function add(places: Map<string, Place[]>, name: string, place: Place): void {
  const known = places.get(name);
  if (known) known.push(place);
  else places.set(name, [place]);
}

/** How well a place fits: under the section's own heading, then under none of a section's, then outside other entries. */
function rank({ section, depth }: Place, wanted: string | undefined): number {
  const named = sectionNamed(section);
  const fit = named === undefined ? 1 : named.toUpperCase() === wanted?.toUpperCase() ? 2 : 0;
  return fit * 2 + (depth === 0 ? 1 : 0);
}
