import { type PageContext, readBlocks } from "./blocks.ts";
import { makeEntry } from "./entry.ts";
import { unescapeRoff } from "./escapes.ts";
import { headingCase, headingText, sectionNames } from "./headings.ts";
import type { ManualPage, ManualSection } from "./model.ts";
import { pageIndex } from "./pageIndex.ts";
import { roffLines } from "./roffLines.ts";
import { bodyStart, notesOf, type PageSource } from "./source.ts";

/** Reads a whole page; its name and the addresses of links stand where they belong, not in sections. */
export function readPage(source: PageSource): ManualPage {
  const { name, section, version, roff } = source;
  const anchors = pageIndex(source);
  const context: PageContext = {
    notes: notesOf(roff),
    entry: (terms, at, blocks) => makeEntry(terms, anchors.anchorAt(at), blocks),
  };
  const lines = roffLines(roff, bodyStart(roff));
  const names = sectionNames(roff);
  const sections: ManualSection[] = [];
  let title = "";
  for (let line = lines.peek(); line !== undefined; line = lines.peek()) {
    const level = /^\.S([HS])\b/.exec(line)?.[1];
    const at = lines.at();
    lines.skip();
    if (level === undefined) continue;
    const heading = headingCase(headingText(line), names);
    if (heading === "Name") title = afterDash(lines.peek() ?? "");
    const blocks = readBlocks(lines, context);
    if (heading !== "Name" && heading !== "Notes")
      sections.push({ level: level === "H" ? 1 : 2, title: heading, anchor: anchors.anchorAt(at), blocks });
  }
  return { name, section, version, title: unescapeRoff(title), sections };
}

/** The description in a line of a name with its description. */
function afterDash(line: string): string {
  const at = line.indexOf(" \\- ");
  return at < 0 ? "" : line.slice(at + " \\- ".length);
}
