import { cookedOffset } from "./joinedText.ts";
import type { Assignment, Comment, Header, InvalidLine, Node, Section, UnitFile } from "./tree.ts";

/** What stands under an offset. `section` is undefined before the first header. */
export type SyntaxPlace =
  | { readonly kind: "comment"; readonly node: Comment; readonly section: Section | undefined }
  | { readonly kind: "header"; readonly node: Header; readonly section: Section }
  | { readonly kind: "key"; readonly node: Assignment | InvalidLine; readonly section: Section | undefined }
  /** `at` counts in the value's cooked text. */
  | { readonly kind: "value"; readonly node: Assignment; readonly at: number; readonly section: Section | undefined }
  | { readonly kind: "blank"; readonly section: Section | undefined };

/** What stands under an offset of the text; a cursor right after something still touches it. */
export function placeAt(file: UnitFile, offset: number): SyntaxPlace {
  const section = sectionAt(file, offset);
  const node = nodeAt(file.nodes, offset);
  if (!node) return { kind: "blank", section };
  switch (node.kind) {
    case "comment":
      return { kind: "comment", node, section };
    case "header":
      return section ? { kind: "header", node, section } : { kind: "blank", section };
    case "invalid":
      return { kind: "key", node, section };
    case "assignment":
      if (offset <= node.equals) return { kind: "key", node, section };
      return { kind: "value", node, at: cookedOffset(node.value, offset), section };
  }
}

/** The section that an offset belongs to. */
export function sectionAt(file: UnitFile, offset: number): Section | undefined {
  let found: Section | undefined;
  for (const section of file.sections) {
    if (section.start > offset) break;
    found = section;
  }
  return found;
}

/** The innermost node at an offset: a comment inside a continued line wins over that line. */
function nodeAt(nodes: readonly Node[], offset: number): Node | undefined {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((nodes[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  for (let i = low; i >= 0; i--) {
    const node = nodes[i];
    if (!node || node.start > offset) continue;
    if (offset <= node.end) return node;
    if (node.kind !== "comment") return undefined;
  }
  return undefined;
}
