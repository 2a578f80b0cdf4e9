import { append } from "../text/append.ts";
import { inlineText } from "./inline.ts";
import type { ManualBlock, ManualEntry, ManualPage } from "./model.ts";

/** How plain text is laid out. */
export interface Layout {
  /** Breaks lines at this width; without one a paragraph is one line. */
  readonly width?: number;
}

/** What is said about an entry's terms, for readers without Markdown. */
export function entryText(entry: ManualEntry, layout: Layout = {}): string {
  return blocksText(entry.blocks, layout.width).join("\n\n");
}

/** A whole page for a terminal. */
export function pageText(page: ManualPage, { width }: Layout = {}): string {
  const parts = [`${page.name}(${page.section})${page.title ? ` — ${page.title}` : ""}`];
  for (const { title, blocks } of page.sections) append(parts, [title.toUpperCase(), ...blocksText(blocks, width)]);
  return `${parts.join("\n\n")}\n`;
}

/** The paragraphs of blocks. */
export function blocksText(blocks: readonly ManualBlock[], width: number | undefined): string[] {
  return blocks.flatMap((it) => blockText(it, width));
}

function blockText(block: ManualBlock, width: number | undefined): string[] {
  const inner = width === undefined ? undefined : Math.max(20, width - 4);
  switch (block.kind) {
    case "paragraph":
      return [wrapped(inlineText(block.content), width)];
    case "heading":
      return [inlineText(block.content)];
    case "code":
      return [indented(block.text, "    ")];
    case "list":
      return [
        block.items
          .map((item, i) => hanging(block.ordered ? `${i + 1}.` : "•", blocksText(item, inner).join("\n\n")))
          .join("\n"),
      ];
    case "entries":
      return block.entries.map(({ terms, blocks: below }) =>
        [terms.map(inlineText).join(", "), indented(blocksText(below, inner).join("\n\n"), "    ")]
          .join("\n")
          .trimEnd(),
      );
    case "table":
      return [
        [
          ...(block.title.length > 0 ? [inlineText(block.title)] : []),
          ...[block.header, ...block.rows].map((row) => row.map(inlineText).join(" | ").trimEnd()),
        ].join("\n"),
      ];
    case "note":
      return [`${block.title}: ${blocksText(block.blocks, width).join("\n\n")}`];
  }
}

function indented(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}

function hanging(marker: string, text: string): string {
  return marker.padEnd(4) + indented(text, "    ").trimStart();
}

/** A paragraph in lines of a width, broken at blanks; without a width in one line. */
export function wrapped(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
