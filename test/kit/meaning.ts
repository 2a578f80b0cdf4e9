import type { Node, UnitFile } from "../../server/src/syntax/tree.ts";

/** What systemd reads of a file, in order, and its comments but for the blanks before them; places do not count. */
export function meaningOf({ nodes, text }: UnitFile): string[] {
  return nodes.map((node) => `${node.kind} ${wordsOf(node, text)}`);
}

function wordsOf(node: Node, text: string): string {
  switch (node.kind) {
    case "comment":
      return text.slice(node.start, node.end).replace(/^[ \t]+/, "");
    case "assignment":
      return JSON.stringify([node.key, node.text]);
    case "header":
    case "invalid":
      return JSON.stringify(node.content.text);
  }
}
