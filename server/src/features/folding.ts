import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import { contentEnd } from "./symbols.ts";
import type { View } from "./view.ts";

/** Folds sections, continued lines, blocks of comments and those of a template. */
export function folding(view: View): FoldingRange[] {
  const { file } = view.unit;
  const ranges: FoldingRange[] = [];
  const lineOf = (offset: number): number => view.lines.positionAt(offset).line;
  const fold = (start: number, end: number, kind?: FoldingRangeKind): void => {
    const startLine = lineOf(start);
    const endLine = lineOf(end);
    if (endLine > startLine) ranges.push({ startLine, endLine, ...(kind ? { kind } : {}) });
  };
  for (const section of file.sections) fold(section.start, contentEnd(section));
  for (const { start, end } of file.template?.blocks ?? []) fold(start, Math.max(start, end - 1));
  const tags = new Set(file.template?.lines.map((it) => it.start));
  let block: { start: number; end: number; line: number } | undefined;
  const closeBlock = (): void => {
    if (block) fold(block.start, block.end, FoldingRangeKind.Comment);
    block = undefined;
  };
  for (const node of file.nodes) {
    if (node.kind === "comment" && tags.has(node.start)) closeBlock();
    else if (node.kind !== "comment") {
      closeBlock();
      if (node.lastLine > node.firstLine) fold(node.start, node.end);
    } else if (block && node.line === block.line + 1) {
      block = { start: block.start, end: node.end, line: node.line };
    } else {
      closeBlock();
      block = { start: node.start, end: node.end, line: node.line };
    }
  }
  closeBlock();
  return ranges;
}
