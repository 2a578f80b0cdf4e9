import type { SectionName } from "../catalog/sections.ts";
import { lineEnd } from "../syntax/lines.ts";
import type { LogicalLine, Section, UnitFile } from "../syntax/tree.ts";
import type { Span, TextEdit } from "../text/span.ts";
import { ownFile, readSections, sectionsFor, type Unit } from "../units/unit.ts";

/** The line end that the file uses: the one of its first line, LF where it has none. */
export function lineEnding(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/** Takes a logical line or a comment out, with the comments inside it and its line end; at the end of a text that has none, the one before it. */
export function removeLines(file: UnitFile, line: Span): TextEdit {
  const end = nextLine(file, line.end);
  if (end > line.end) return { start: line.start, end, newText: "" };
  const before = /(?:\r\n|\n\r|\n|\r|\0)$/.exec(file.text.slice(Math.max(0, line.start - 2), line.start));
  return { start: line.start - (before?.[0].length ?? 0), end, newText: "" };
}

/** Takes several lines out, in their order; those that follow each other go as one, so that the edits never overlap. */
export function removeEach(file: UnitFile, lines: readonly Span[]): TextEdit[] {
  const runs: Span[] = [];
  for (const { start, end } of lines) {
    const last = runs.at(-1);
    if (last && nextLine(file, last.end) === start) runs.splice(-1, 1, { start: last.start, end });
    else runs.push({ start, end });
  }
  return runs.map((it) => removeLines(file, it));
}

/** Puts lines after a logical line. An open continuation is ended first, and a missing final newline stays missing. */
export function insertAfter(file: UnitFile, after: Anchor, added: readonly string[]): TextEdit {
  const line = outsideBlocks(file, after);
  const eol = lineEnding(file.text);
  const at = nextLine(file, line.end);
  const open = line.lastLine >= file.lines.length;
  if (at === line.end) return insertion(at, (open ? eol : "") + added.map((it) => eol + it).join(""));
  // The blank line ends as the line before it does: CR after LF would be one line end to systemd.
  const blank = file.text.slice(line.end, at).replace("\0", eol);
  return insertion(at, (open ? blank : "") + added.map((it) => it + eol).join(""));
}

/** A line as far as the place after it goes. */
export type Anchor = Pick<LogicalLine, "end" | "lastLine">;

/**
 * Of a template the line after which something stands in every case: that of the tag that ends the block, or the one before the
 * block where another section begins in it. The line itself where its section begins in the block as well.
 */
export function outsideBlocks(file: UnitFile, line: Anchor): Anchor {
  const at = nextLine(file, line.end);
  const block = file.template?.blocks.findLast((it) => it.start < at && at < it.end);
  if (!block) return line;
  const headers = file.sections
    .map(({ header }) => header)
    .filter((it) => block.start <= it.start && it.start < block.end);
  if (headers.some((it) => it.start < line.end)) return line;
  const before = headers.length > 0 ? block.start : block.end;
  const lastLine = file.lines.findLastIndex((it) => it < before);
  return { end: lineEnd(file.text, file.lines[lastLine] ?? 0), lastLine };
}

/** Puts lines at the end of a section, after its last setting; makes the section where it is missing. */
export function insertIntoSection(unit: Unit, name: SectionName, added: readonly string[]): TextEdit {
  const section = readSections(unit).findLast((it) => it.name === name);
  return section ? insertAfter(ownFile(unit), lastLine(section), added) : newSection(unit, name, added);
}

/** The last line of a section that is no comment: its header where it has no settings. */
function lastLine(section: Section): LogicalLine {
  let last: LogicalLine = section.header;
  for (const node of section.nodes) if (node.kind !== "comment") last = node;
  return last;
}

/** A section of its own, after the sections that usually come before it, else at the start of the file. */
function newSection(unit: Unit, name: SectionName, added: readonly string[]): TextEdit {
  const file = ownFile(unit);
  const eol = lineEnding(file.text);
  const order = sectionsFor(unit);
  const earlier = order.slice(0, order.indexOf(name));
  const previous = readSections(unit).findLast((it) => earlier.includes(it.name));
  if (previous) return insertAfter(file, lastLine(previous), ["", `[${name}]`, ...added]);
  const next = readSections(unit)[0];
  if (!next) {
    const start = file.text === "" || /[\r\n\0]$/.test(file.text) ? "" : eol;
    const open = file.nodes.some((it) => it.kind !== "comment" && it.lastLine >= file.lines.length) ? eol : "";
    return insertion(file.text.length, `${start}${open}[${name}]${eol}${added.map((it) => it + eol).join("")}`);
  }
  const bom = file.text.startsWith("\ufeff", next.start) ? 1 : 0;
  return insertion(next.start + bom, `[${name}]${eol}${added.map((it) => it + eol).join("")}${eol}`);
}

function insertion(at: number, newText: string): TextEdit {
  return { start: at, end: at, newText };
}

/** Where the physical line after an offset begins; the offset itself at the end of a text without a final newline. */
function nextLine(file: UnitFile, offset: number): number {
  const eol = /^(?:\r\n|\n\r|\n|\r|\0)/.exec(file.text.slice(offset, offset + 2));
  return offset + (eol?.[0].length ?? 0);
}

/** Puts a line before one that a file has. */
export function insertBefore(file: UnitFile, { start }: LogicalLine, added: string): TextEdit {
  return insertion(start, added + lineEnding(file.text));
}
