import { inlineText } from "../../server/src/manual/inline.ts";
import type { Inline, ManualBlock } from "../../server/src/manual/model.ts";

/** All blocks at any depth, in the order of the page. */
export function within(blocks: readonly ManualBlock[]): ManualBlock[] {
  return blocks.flatMap((it) => [it, ...within(below(it))]);
}

/** All running text and code at any depth, terms included. */
export function textsOf(blocks: readonly ManualBlock[]): string[] {
  return within(blocks).flatMap((it) =>
    it.kind === "code" ? [it.text] : it.kind === "note" ? [it.title] : runs(it).map(inlineText),
  );
}

/** What blocks look like, without what they say: kinds, sizes and where links lead. */
export function shapeOf(blocks: readonly ManualBlock[], indent = ""): string[] {
  return blocks.flatMap((it) => {
    switch (it.kind) {
      case "list":
        return [
          `${indent}- ${it.ordered ? "numbered" : "bulleted"} list of ${it.items.length}`,
          ...it.items.flatMap((item, i) => [`${indent}  - item ${i + 1}`, ...shapeOf(item, `${indent}    `)]),
        ];
      case "entries":
        return it.entries.flatMap((entry) => [
          `${indent}- entry ${entry.terms.map(inlineText).join(", ")}${entry.since ? ` since ${entry.since}` : ""}`,
          ...shapeOf(entry.blocks, `${indent}  `),
        ]);
      case "note":
        return [`${indent}- ${it.title.toLowerCase()}`, ...shapeOf(it.blocks, `${indent}  `)];
      case "code":
        return [`${indent}- code of ${it.text.split("\n").length} lines`];
      case "table":
        return [
          `${indent}- table of ${it.header.length} columns and ${it.rows.length} rows, ${it.title.length > 0 ? "with" : "without"} a title`,
          `${indent}  ${pieces(runs(it).flat())}`,
        ];
      default:
        return [`${indent}- ${it.kind}: ${pieces(it.content)}`];
    }
  });
}

function pieces(content: readonly Inline[]): string {
  const count = (kind: Inline["kind"]): string[] => {
    const found = content.filter((it) => it.kind === kind).length;
    return found > 0 ? [`${found} ${kind}`] : [];
  };
  const words = `${inlineText(content).split(/\s+/).length} words`;
  const targets = content.flatMap((it) =>
    it.kind === "reference" ? [`${it.page}(${it.section})`] : it.kind === "link" ? [it.url] : [],
  );
  return [words, ...count("emphasis"), ...count("strong"), ...count("literal"), ...targets].join(", ");
}

function below(block: ManualBlock): readonly ManualBlock[] {
  switch (block.kind) {
    case "list":
      return block.items.flat();
    case "entries":
      return block.entries.flatMap((it) => it.blocks);
    case "note":
      return block.blocks;
    default:
      return [];
  }
}

function runs(block: ManualBlock): (readonly Inline[])[] {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return [block.content];
    case "table":
      return [block.title, ...block.header, ...block.rows.flat()];
    case "entries":
      return block.entries.flatMap((it) => it.terms);
    default:
      return [];
  }
}
