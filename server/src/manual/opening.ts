import { inlineText } from "./inline.ts";
import type { Inline, ManualBlock } from "./model.ts";
import { blocksText } from "./plain.ts";

/** How much of an entry is shown at once. */
export interface Bounds {
  readonly paragraphs: number;
  /** In characters of plain text; a block is kept whole, but for a first paragraph that is longer. */
  readonly length: number;
}

/** The first blocks of an entry. */
export interface Opening {
  readonly blocks: readonly ManualBlock[];
  /** Whether something was left out. */
  readonly more: boolean;
}

/** The opening blocks within bounds: whole ones, so that no code, list or table is cut. */
export function openingOf(blocks: readonly ManualBlock[], bounds: Bounds): Opening {
  const taken: ManualBlock[] = [];
  let length = 0;
  let paragraphs = 0;
  for (const block of blocks) {
    const size = blocksText([block], undefined).join("\n\n").length;
    if (block.kind === "paragraph" && ++paragraphs > bounds.paragraphs) break;
    if (length + size > bounds.length) {
      if (taken.length === 0 && block.kind === "paragraph") {
        const content = cut(block.content, bounds.length);
        return { blocks: [{ kind: "paragraph", content }], more: true };
      }
      break;
    }
    taken.push(block);
    length += size;
  }
  return { blocks: taken, more: taken.length < blocks.length };
}

/** Running text up to its last sentence that ends within a length; where none does, up to its last word in plain text. */
function cut(content: readonly Inline[], length: number): readonly Inline[] {
  let before = 0;
  let sentence: { readonly piece: number; readonly end: number } | undefined;
  let word: typeof sentence;
  for (const [piece, it] of content.entries()) {
    const text = inlineText([it]);
    if (it.kind === "text") {
      for (const { index } of text.matchAll(/\s/g)) {
        if (before + index > length) break;
        word = { piece, end: index };
        if (/[.!?]$/.test(text.slice(0, index))) sentence = { piece, end: index };
      }
    }
    before += text.length;
    if (before > length) break;
  }
  const at = sentence ?? word;
  const last = at && content[at.piece];
  if (!at || last?.kind !== "text") return [];
  return [...content.slice(0, at.piece), { kind: "text", text: `${last.text.slice(0, at.end)} …` }];
}
