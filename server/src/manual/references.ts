import type { Inline, ManualBlock, ManualPage } from "./model.ts";

/** A page that a text names. */
export type PageReference = Extract<Inline, { kind: "reference" }>;

/** The pages that a page names, each once. */
export function pagesNamedIn({ sections }: ManualPage): readonly PageReference[] {
  const found = new Map<string, PageReference>();
  for (const piece of sections.flatMap(({ blocks }) => blocks.flatMap(inlinesOf)))
    if (piece.kind === "reference") found.set(`${piece.page}(${piece.section})`, piece);
  return [...found.values()];
}

/** All running text of a block, whatever it stands in. */
function inlinesOf(block: ManualBlock): readonly Inline[] {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return block.content;
    case "code":
      return [];
    case "list":
      return block.items.flat().flatMap(inlinesOf);
    case "entries":
      return block.entries.flatMap(({ terms, blocks }) => [...terms.flat(), ...blocks.flatMap(inlinesOf)]);
    case "table":
      return [...block.title, ...block.header.flat(), ...block.rows.flat(2)];
    case "note":
      return block.blocks.flatMap(inlinesOf);
  }
}
