import { type Anchor, insertAfter, lineEnding, outsideBlocks } from "../findings/edits.ts";
import type { Grade } from "../findings/finding.ts";
import { headingOf } from "../service/settingGroups.ts";
import type { Assignment, Section, UnitFile } from "../syntax/tree.ts";
import type { TextEdit } from "../text/span.ts";

/** One line that hardening adds to a unit, or puts instead of a weaker one. */
export interface HardenedLine {
  readonly line: string;
  /** What may stop working all the same, as a sentence. */
  readonly breaks: string;
  /** How sure it is that nothing does; missing where nobody asked. */
  readonly grade?: Grade;
  /** Why it is as sure as that, the end of a sentence. */
  readonly reason?: string;
  /** The assignment that was there, such as `ProtectSystem=yes`. */
  readonly replaces?: string;
  /** Lines of the unit that come back around it, where the setting has to stand before them. */
  readonly above?: readonly string[];
  readonly below?: readonly string[];
}

/** A change of the text that can be taken or left without the others. */
export interface HardenedEdit extends TextEdit {
  /** What the lines have in common, such as "File system". */
  readonly heading: string;
  readonly settings: readonly HardenedLine[];
}

/** Settings under one heading. */
export interface Block {
  readonly heading: string;
  readonly settings: readonly HardenedLine[];
}

/** Sorts lines as a well-kept unit file has them, and parts them by their headings. */
export function grouped(settings: readonly HardenedLine[]): Block[] {
  const blocks = new Map<string, HardenedLine[]>();
  for (const it of settings.toSorted((a, b) => headingOf(directiveName(a)).rank - headingOf(directiveName(b)).rank)) {
    const { heading } = headingOf(directiveName(it));
    blocks.set(heading, [...(blocks.get(heading) ?? []), it]);
  }
  return [...blocks].map(([heading, lines]) => ({ heading, settings: lines }));
}

const directiveName = ({ line }: HardenedLine): string => line.slice(0, line.indexOf("="));

/** The lines of a group, its heading as a comment first. */
export function blockOf({ heading, settings }: Block): readonly string[] {
  return [`# ${heading}`, ...settings.flatMap(textOf)];
}

const textOf = ({ line, above = [], below = [] }: HardenedLine): readonly string[] => [...above, line, ...below];

/** Puts each group after the settings under its heading, where an earlier run left one, else at the end of the section. */
export function insertions(file: UnitFile, section: Section, blocks: readonly Block[]): HardenedEdit[] {
  const joined: HardenedEdit[] = [];
  const apart: Block[] = [];
  for (const block of blocks) {
    const last = lastUnder(file, section, block.heading);
    const lines = block.settings.flatMap(textOf);
    if (last) joined.push({ ...insertAfter(file, last, lines), ...block });
    else apart.push(block);
  }
  const edits = insertBlocks(file, section, apart.map(blockOf));
  return [...joined, ...edits.flatMap((edit, i) => (apart[i] ? [{ ...edit, ...apart[i] }] : []))];
}

/** How a comment of ours inside a group begins. */
export const NOTE = "# Note: ";

/** The last setting right below a heading of ours. */
function lastUnder({ text }: UnitFile, { nodes }: Section, heading: string): Assignment | undefined {
  let last: Assignment | undefined;
  let next: number | undefined;
  for (const node of nodes) {
    if (node.kind === "comment") {
      if (node.line === next && text.startsWith(NOTE, node.start)) {
        next = node.line + 1;
        continue;
      }
      if (last) return last;
      next = text.slice(node.start, node.end).trim() === `# ${heading}` ? node.line + 1 : undefined;
    } else if (node.kind === "assignment" && node.firstLine === next && headingOf(node.key).heading === heading) {
      last = node;
      next = node.lastLine + 1;
    } else if (last) return last;
    else next = undefined;
  }
  return last;
}

/** Puts groups of lines at the end of a section, one edit for each, with blank lines around them. */
export function insertBlocks(file: UnitFile, section: Section, blocks: readonly (readonly string[])[]): TextEdit[] {
  if (blocks.length === 0) return [];
  const anchor = endOf(file, section);
  const spaced = blocks.map((lines) => ["", ...lines]);
  if (isFollowed(file, anchor)) spaced.at(-1)?.push("");
  const { start, newText } = insertAfter(file, anchor, spaced.flat());
  const eol = lineEnding(file.text).length;
  const edits: TextEdit[] = [];
  let end = newText.length;
  for (const [i, lines] of [...spaced.entries()].toReversed()) {
    const from = i === 0 ? 0 : end - lines.reduce((sum, it) => sum + it.length + eol, 0);
    edits.unshift({ start, end: start, newText: newText.slice(from, end) });
    end = from;
  }
  return edits;
}

/** The last setting of a section with the comments right below it, unless they stand right above the next header. */
function endOf(file: UnitFile, section: Section): Anchor {
  return outsideBlocks(file, lastOf(file, section));
}

function lastOf({ nodes }: UnitFile, { header, nodes: own }: Section): Anchor {
  const last: Anchor = own.findLast((it) => it.kind !== "comment") ?? header;
  let anchor = last;
  for (const node of own)
    if (node.kind === "comment" && node.line === anchor.lastLine + 1) anchor = { end: node.end, lastLine: node.line };
  const next = nodes.find((it) => it.kind === "header" && it.start > anchor.end);
  return next?.kind === "header" && next.firstLine === anchor.lastLine + 1 ? last : anchor;
}

/** Whether the physical line after an anchor holds anything. */
function isFollowed({ text, lines }: UnitFile, { lastLine }: Anchor): boolean {
  const start = lines[lastLine + 1];
  if (start === undefined || start >= text.length) return false;
  return !/^[ \t]*(?:[\r\n\0]|$)/.test(text.slice(start, start + 1000));
}
