import { endsInBackslash, isComment, lineEnd } from "./lines.ts";
import { AssignmentNode, moveCooked } from "./setting.ts";
import type { Node, UnitFile } from "./tree.ts";

/** What an edit has left of a file as it was before. */
export interface Unchanged {
  /** How many lines and nodes stand before `end`, where reading goes on. */
  readonly before: { readonly end: number; readonly lines: number; readonly nodes: number };
  /** Whether the rest of the new text, from the start of a line on, is the rest of the old one and means the same. */
  readonly met: (at: number) => boolean;
  readonly previous: UnitFile;
  /** How far the rest has moved. */
  readonly delta: number;
}

/** Texts are compared in slices of so many characters, the last of which differ in smaller ones. */
const SLICES = [4096, 512, 64] as const;

/**
 * What a new text shares with the file before the edit; undefined where only a whole reading is safe: with a byte order
 * mark, a line over systemd's limit, or bytes that are not UTF-8.
 */
export function unchangedParts(previous: UnitFile, text: string): Unchanged | undefined {
  const old = previous.text;
  if (previous.tooLong || !previous.clean || old.includes("\ufeff") || text.includes("\ufeff")) return undefined;
  const changed = commonStart(old, text);
  const rest = commonEnd(old, text, Math.min(old.length, text.length) - changed);
  const delta = text.length - old.length;
  const line = firstLineToRead(previous, changed);
  const end = previous.lines[line] ?? 0;
  return {
    previous,
    delta,
    before: { end, lines: line, nodes: nodesBefore(previous, end) },
    met: (at) => at >= text.length - rest && isLogicalStart(previous, at - delta),
  };
}

/** What was read again between the lines and nodes of the old file, those after it moved to their new places. */
export function amongUnchanged(
  { previous, delta, before }: Unchanged,
  reached: number,
  lines: readonly number[],
  nodes: readonly Node[],
): Amid {
  const from = reached - delta;
  const nextLine = lowerBound(previous.lines.length, (i) => (previous.lines[i] ?? 0) < from);
  const nextNode = nodesBefore(previous, from);
  const lineDelta = before.lines + lines.length - nextLine;
  const allLines = replaced(previous.lines, before.lines, nextLine, lines);
  const allNodes = replaced(previous.nodes, before.nodes, nextNode, nodes);
  const end = previous.nodes.length - nextNode;
  if (delta === 0 && lineDelta === 0) return { lines: allLines, nodes: allNodes, end };
  for (let i = before.lines + lines.length; i < allLines.length; i++) allLines[i] = (allLines[i] ?? 0) + delta;
  for (let i = before.nodes + nodes.length; i < allNodes.length; i++) {
    const node = allNodes[i];
    if (node) allNodes[i] = moved(node, delta, lineDelta);
  }
  return { lines: allLines, nodes: allNodes, end };
}

/** All lines and nodes of a file, the last `end` nodes of which are those of the file before. */
interface Amid {
  readonly lines: number[];
  readonly nodes: Node[];
  readonly end: number;
}

/** A list with others in place of some of it. A copy of the same length has room for all from the start. */
function replaced<T>(all: readonly T[], start: number, end: number, by: readonly T[]): T[] {
  if (by.length !== end - start) return all.slice(0, start).concat(by, all.slice(end));
  const copy = all.slice();
  for (const [i, it] of by.entries()) copy[start + i] = it;
  return copy;
}

function moved(node: Node, delta: number, lineDelta: number): Node {
  if (node instanceof AssignmentNode)
    return new AssignmentNode(node.line, node.start + delta, node.firstLine + lineDelta);
  const [start, end] = [node.start + delta, node.end + delta];
  if (node.kind === "comment") return { kind: "comment", start, end, line: node.line + lineDelta };
  const place = {
    start,
    end,
    firstLine: node.firstLine + lineDelta,
    lastLine: node.lastLine + lineDelta,
    content: moveCooked(node.content, delta),
  };
  if (node.kind === "header") {
    const { nameSpan } = node;
    return { ...node, ...place, nameSpan: { start: nameSpan.start + delta, end: nameSpan.end + delta } };
  }
  return { ...node, ...place };
}

/** How many nodes begin before an offset. */
const nodesBefore = ({ nodes }: UnitFile, offset: number): number =>
  lowerBound(nodes.length, (i) => (nodes[i]?.start ?? 0) < offset);

/** The physical line from which is read again: nothing that the edit touches is continued from before it. */
function firstLineToRead({ text, lines }: UnitFile, changed: number): number {
  let line = Math.max(0, lowerBound(lines.length, (i) => (lines[i] ?? 0) < changed) - 1);
  for (let before = line - 1; before >= 0; before--) {
    const start = lines[before] ?? 0;
    const end = lineEnd(text, start);
    if (!isComment(text, start, end) && !endsInBackslash(text, start, end)) break;
    line = before;
  }
  return line;
}

/** Whether a physical line begins at an offset of the old text that continues no other. */
function isLogicalStart(file: UnitFile, offset: number): boolean {
  const { lines, nodes } = file;
  if (lines[lowerBound(lines.length, (i) => (lines[i] ?? 0) < offset)] !== offset) return false;
  for (let i = nodesBefore(file, offset) - 1; i >= 0; i--) {
    const node = nodes[i];
    if (node && node.kind !== "comment") return node.end < offset;
  }
  return true;
}

/** The first index that a condition, true for all before it, does not hold for. */
function lowerBound(length: number, before: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many characters two texts share at their starts; whole slices are compared at once. */
export function commonStart(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  for (const size of SLICES) {
    while (at + size <= length && a.slice(at, at + size) === b.slice(at, at + size)) at += size;
  }
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** How many characters two texts share at their ends, at most `limit`. */
export function commonEnd(a: string, b: string, limit: number): number {
  let shared = 0;
  for (const size of SLICES) {
    const slice = (text: string) => text.slice(text.length - shared - size, text.length - shared);
    while (shared + size <= limit && slice(a) === slice(b)) shared += size;
  }
  while (shared < limit && a.charCodeAt(a.length - 1 - shared) === b.charCodeAt(b.length - 1 - shared)) shared++;
  return shared;
}
