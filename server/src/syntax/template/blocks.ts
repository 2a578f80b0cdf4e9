import type { Span } from "../../text/span.ts";
import { lineEnd, skipLineEnd } from "../lines.ts";
import type { Tag } from "./tags.ts";

/** Lines that only count under a condition, or several times, with the lines of the tags around them. */
export interface TemplateBlock extends Span {
  /** What stands between the tags, in whole lines; of these one counts. */
  readonly branches: readonly Span[];
  /** Whether one of them counts in any case. */
  readonly isTotal: boolean;
  /** Whether it begins inside of a continued line. */
  readonly isInside: boolean;
}

interface OpenBlock {
  readonly start: number;
  from: number;
  readonly branches: Span[];
  isTotal: boolean;
}

/** The blocks of a text by its tags, those around others after them; what is not closed reaches to the end. */
export function blocksOf(
  text: string,
  tags: readonly Tag[],
  isContinued: (lineStart: number) => boolean,
): readonly TemplateBlock[] {
  const blocks: TemplateBlock[] = [];
  const open: OpenBlock[] = [];
  const close = (it: OpenBlock, from: number, end: number): void => {
    const branches = [...it.branches, { start: it.from, end: Math.max(it.from, from) }];
    const { start, isTotal } = it;
    // On one line it is a matter of that line.
    if (end > it.from) blocks.push({ start, end, branches, isTotal, isInside: isContinued(start) });
  };
  let [start, next, deeper] = [0, 0, 0];
  for (const tag of tags) {
    // A line is looked at once, however many tags it has.
    if (tag.start >= next) start = startOfLine(text, tag.start, next);
    if (tag.end >= next) next = skipLineEnd(text, lineEnd(text, tag.end));
    const isOpening = tag.role === "open" || tag.role === "wrap";
    if ((isOpening && open.length >= DEEPEST) || (tag.role === "close" && deeper > 0)) {
      deeper += isOpening ? 1 : -1;
      continue;
    }
    const last = open.at(-1);
    if (isOpening) open.push({ start, from: next, branches: [], isTotal: tag.role === "wrap" });
    else if (last && (tag.role === "middle" || tag.role === "else")) {
      if (start >= last.from) last.branches.push({ start: last.from, end: start });
      last.from = next;
      last.isTotal ||= tag.role === "else";
    } else if (last && tag.role === "close") {
      open.pop();
      close(last, start, next);
    }
  }
  for (const it of open.toReversed()) close(it, text.length, text.length);
  return blocks;
}

/** Blocks that are deeper in others belong to them. */
const DEEPEST = 64;

/** Where the physical line begins that an offset stands in, at the least offset or after it. */
function startOfLine(text: string, offset: number, least: number): number {
  let at = offset;
  while (at > least && !/[\n\r\0]/.test(text[at - 1] ?? "")) at--;
  return at;
}
