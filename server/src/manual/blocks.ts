import { append } from "../text/append.ts";
import { unescapeRoff } from "./escapes.ts";
import { inlines, inlineText, type Notes } from "./inline.ts";
import type { Inline, ManualBlock, ManualEntry } from "./model.ts";
import type { Lines } from "./roffLines.ts";
import { readTable } from "./table.ts";
import { type EntryReader, isEntryStart } from "./terms.ts";

/** What reading needs to know about the page around. */
export interface PageContext {
  readonly notes: Notes;
  /** Makes an entry of its line of terms, the offset of that line and its blocks. */
  readonly entry: EntryReader;
}

/** No page nests deeper than 6; whatever else does is read as flat text. */
const DEEPEST = 40;

/** What a title of an example begins with; the number says nothing outside its page. */
const EXAMPLE = /^\\fBExample\\ \\&\d+\.\\ \\&/;

/** What one `.RS` holds, and what kind of thing its first lines say it is. */
interface Group {
  readonly blocks: readonly ManualBlock[];
  readonly marker?: "bullet" | "number";
  readonly restarts?: boolean;
  readonly title?: string;
}

/** Reads up to the next heading of a section. */
export function readBlocks(lines: Lines, context: PageContext): readonly ManualBlock[] {
  return readGroup(lines, context, 0).blocks;
}

/** Reads what stands below an entry's terms, up to the `.RE` that ends it. */
export function readBody(lines: Lines, context: PageContext, depth = 1): readonly ManualBlock[] {
  return readGroup(lines, context, depth).blocks;
}

function readGroup(lines: Lines, context: PageContext, depth: number): Group {
  const blocks: ManualBlock[] = [];
  let marker: Group["marker"];
  let restarts = false;
  let title: string | undefined;
  let caption: readonly Inline[] = [];
  let text: string[] = [];
  /** The entries and items that more may join. */
  let entries: ManualEntry[] = [];
  let items: (readonly ManualBlock[])[] = [];

  const flush = (): void => {
    if (text.length === 0) return;
    const content = inlines(text.join("\n"), context.notes);
    text = [];
    if (content.length > 0) blocks.push({ kind: "paragraph", content });
  };

  for (let line = lines.peek(); line !== undefined; line = lines.peek()) {
    const request = requestOf(line);
    if (request === "SH" || request === "SS") break;
    if (request === "TS") {
      flush();
      const table = readTable(lines, caption, context.notes);
      caption = [];
      if (table) blocks.push(table);
      continue;
    }
    lines.skip();
    switch (request) {
      case undefined:
        if (text.length === 0 && EXAMPLE.test(line))
          blocks.push({ kind: "heading", content: headingOf(line.replace(EXAMPLE, "\\fB"), context.notes) });
        else if (line !== "") text.push(line);
        break;
      case "PP": {
        flush();
        const terms = lines.peek();
        if (terms === undefined || depth >= DEEPEST || !isEntryStart(terms, lines.ahead(1))) break;
        const at = lines.at();
        lines.skip();
        lines.skip();
        const entry = context.entry(terms, at, readBody(lines, context, depth + 1));
        const last = blocks.at(-1);
        if (last?.kind === "entries" && last.entries === entries) entries.push(entry);
        else {
          entries = [entry];
          blocks.push({ kind: "entries", entries });
        }
        break;
      }
      case "RS":
        flush();
        if (depth < DEEPEST) place(readGroup(lines, context, depth + 1));
        break;
      case "RE":
        flush();
        if (depth > 0) return group();
        break;
      case "IP":
        flush();
        marker ??= /bu/.test(line) ? "bullet" : "number";
        restarts ||= /"\s*1\./.test(line);
        break;
      case "ie":
        // The way to a terminal; what `.el` says is the simpler one.
        if (line.endsWith("\\{\\")) skipBranch(lines);
        break;
      case "nf":
        flush();
        blocks.push({ kind: "code", text: readCode(lines) });
        break;
      case "B":
        caption = inlines(line.slice(3).replace(/^Table\\ \\&\d+\.\\ \\& ?/, ""), context.notes, "cell");
        break;
      case "ps":
        if (line !== ".ps +1") break;
        flush();
        if (lines.ahead(1) === ".ps -1") title = unescapeRoff(lines.peek() ?? "");
        else blocks.push({ kind: "heading", content: headingOf(lines.peek() ?? "", context.notes) });
        lines.skip();
        break;
      case "sp":
      case "br":
      case "HP":
        flush();
        break;
      default:
    }
  }
  flush();
  return group();

  /** Puts a group after the blocks before it, as the list item, note or plain indentation that it is. */
  function place(inner: Group): void {
    const last = blocks.at(-1);
    const ordered = inner.marker === "number";
    if (inner.title !== undefined) blocks.push({ kind: "note", title: inner.title, blocks: inner.blocks });
    else if (inner.marker === undefined) append(blocks, inner.blocks);
    else if (last?.kind === "list" && last.items === items && last.ordered === ordered && !inner.restarts)
      items.push(inner.blocks);
    else {
      items = [inner.blocks];
      blocks.push({ kind: "list", ordered, items });
    }
  }

  function group(): Group {
    return { blocks, restarts, ...(marker ? { marker } : {}), ...(title === undefined ? {} : { title }) };
  }
}

/** A heading without the fonts that make it one. */
function headingOf(line: string, notes: Notes): readonly Inline[] {
  return [{ kind: "text", text: inlineText(inlines(line, notes)) }];
}

/** The name of the request in a line, "" for one that means nothing, undefined for text. */
function requestOf(line: string): string | undefined {
  if (line[0] === "'") return "";
  return line[0] === "." ? (/^\.[ \t]*(\w*)/.exec(line)?.[1] ?? "") : undefined;
}

function skipBranch(lines: Lines): void {
  for (let line = lines.peek(); line !== undefined && line !== ".\\}" && requestOf(line) !== "SH"; line = lines.peek())
    lines.skip();
}

/** The lines up to `.fi`. */
function readCode(lines: Lines): string {
  const found: string[] = [];
  for (let line = lines.peek(); line !== undefined && requestOf(line) !== "SH"; line = lines.peek()) {
    lines.skip();
    if (requestOf(line) === "fi") break;
    if (requestOf(line) === undefined) found.push(unescapeRoff(line).trimEnd());
  }
  return found.join("\n").replace(/^\n+|\n+$/g, "");
}
