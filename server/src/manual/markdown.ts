import { append } from "../text/append.ts";
import { codeSpan, fencedCode, type Markdown } from "../text/markdown.ts";
import { inlineText } from "./inline.ts";
import { inlineMarkdown, type Target } from "./inlineMarkdown.ts";
import type { Cell, ManualBlock, ManualEntry, ManualPage, Table } from "./model.ts";

/** What is said about an entry's terms; the terms themselves are the caller's to show. */
export function entryMarkdown(entry: ManualEntry, target?: Target): Markdown {
  return blocksMarkdown(entry.blocks, target, entry.since).join("\n\n") as Markdown;
}

/** A whole page, with its entries under headings of their own. */
export function pageMarkdown(page: ManualPage, target?: Target): string {
  const parts = [`# ${page.name}(${page.section})`];
  if (page.title) parts.push(inlineMarkdown([{ kind: "text", text: page.title }], target));
  for (const { level, title, blocks } of page.sections) {
    parts.push(`${level === 1 ? "##" : "###"} ${inlineMarkdown([{ kind: "text", text: title }], target)}`);
    for (const block of blocks) {
      if (block.kind === "entries")
        append(
          parts,
          block.entries.flatMap((it) => headedEntry(it, target)),
        );
      else append(parts, blockMarkdown(block, target));
    }
  }
  return `${parts.join("\n\n")}\n`;
}

function headedEntry(entry: ManualEntry, target: Target | undefined): string[] {
  return [`#### ${termsMarkdown(entry)}`, ...blocksMarkdown(entry.blocks, target, entry.since)];
}

function blocksMarkdown(blocks: readonly ManualBlock[], target: Target | undefined, since?: number): string[] {
  return blocks.flatMap((it) => blockMarkdown(it, target, since));
}

/** The paragraphs of a block; `since` is what the entry around it says already. */
function blockMarkdown(block: ManualBlock, target: Target | undefined, since?: number): string[] {
  switch (block.kind) {
    case "paragraph":
      return [inlineMarkdown(block.content, target)];
    case "heading":
      return [`**${inlineMarkdown(block.content, target)}**`];
    case "code":
      return [fencedCode(block.text, "text")];
    case "list":
      return [
        block.items
          .map((item, i) => listItem(block.ordered ? `${i + 1}. ` : "- ", blocksMarkdown(item, target, since)))
          .join("\n"),
      ];
    case "entries":
      return [block.entries.map((it) => valueItem(it, target, since)).join("\n")];
    case "table":
      return tableMarkdown(block, target);
    case "note": {
      const [first = "", ...rest] = blocksMarkdown(block.blocks, target, since);
      return [
        [`**${block.title}:** ${first}`, ...rest]
          .join("\n\n")
          .replace(/^(?=.)/gm, "> ")
          .replace(/^$/gm, ">"),
      ];
    }
  }
}

/** An entry inside another: its terms before its first paragraph. */
function valueItem(entry: ManualEntry, target: Target | undefined, since: number | undefined): string {
  const [first, ...rest] = blocksMarkdown(entry.blocks, target, since);
  const added = entry.since !== undefined && entry.since !== since ? ` *(since ${entry.since})*` : "";
  const head = `${termsMarkdown(entry)}${added}`;
  if (first === undefined) return listItem("- ", [head]);
  return listItem(
    "- ",
    entry.blocks[0]?.kind === "paragraph" ? [`${head} — ${first}`, ...rest] : [head, first, ...rest],
  );
}

/** The terms of an entry, each in one piece. */
export function termsMarkdown({ terms }: ManualEntry): string {
  return terms.map((it) => codeSpan(inlineText(it).trim())).join(", ");
}

function listItem(marker: string, parts: readonly string[]): string {
  const indent = " ".repeat(marker.length);
  return marker + parts.join("\n\n").replace(/\n(?=[^\n])/g, `\n${indent}`);
}

function tableMarkdown({ title, header, rows }: Table, target: Target | undefined): string[] {
  const line = (cells: readonly Cell[]): string =>
    `| ${cells.map((it) => inlineMarkdown(it, target).replaceAll("|", "\\|")).join(" | ")} |`;
  const table = [line(header), `|${" --- |".repeat(header.length)}`, ...rows.map(line)].join("\n");
  return title.length > 0 ? [`**${inlineMarkdown(title, target)}**`, table] : [table];
}
