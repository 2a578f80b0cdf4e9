import { ownText } from "../text/own.ts";
import { isUtf8Clean, utf8Length } from "../text/utf8.ts";
import { type JoinedText, sliceCooked, sourceOffset, sourceSpan } from "./joinedText.ts";
import { endsInBackslash, isBlank, isComment, lineEnd, skipLineEnd } from "./lines.ts";
import type { LineTable } from "./lineTable.ts";
import { amongUnchanged, unchangedParts } from "./reuse.ts";
import { type AssignmentContent, AssignmentNode, moveCooked } from "./setting.ts";
import type { Assignment, Header, InvalidLine, Node, UnitFile } from "./tree.ts";

/** LONG_LINE_MAX of systemd, in bytes: a line must be shorter. */
export const LONG_LINE_MAX = 1024 * 1024;

const BOM = 0xfeff;

/**
 * Reads a unit file as config_parse() and parse_line() do (systemd 257 to 262; both read alike).
 * Takes any text, never throws, and needs time linear in its length. Broken lines become nodes, they end nothing.
 * With the file as it was before an edit only the changed lines are read, with a table those that it has not; the result is
 * the same. `reused` is told how many nodes at the start and at the end are those of the file before.
 */
export function parse(
  text: string,
  previous?: UnitFile,
  table?: LineTable,
  reused?: (start: number, end: number) => void,
): UnitFile {
  const known = previous ? undefined : table?.lastFile(text);
  if (known) return known;
  const clean = isUtf8Clean(text);
  const kept = previous && clean ? unchangedParts(previous, text) : undefined;
  const own: { lines: number[]; nodes: Node[] } = { lines: [], nodes: [] };
  const { end: from, lines: before } = kept?.before ?? START;
  const { tooLong, reached } = readLines({ text, clean, ...own, from, before, met: kept?.met, table });
  const all = kept ? amongUnchanged(kept, reached, own.lines, own.nodes) : undefined;
  if (kept && all) reused?.(kept.before.nodes, all.end);
  const { lines, nodes } = all ?? own;
  const { preamble, sections } = sectionsOfNodes(nodes, text.length);
  const parts = { text, lines, nodes, preamble, sections, clean };
  const file = tooLong ? { ...parts, tooLong } : parts;
  table?.setLastFile(file);
  return file;
}

const START = { end: 0, lines: 0 };

interface Reading {
  readonly text: string;
  readonly clean: boolean;
  readonly from: number;
  /** How many lines stand before that. */
  readonly before: number;
  /** Get what is read. */
  readonly lines: number[];
  readonly nodes: Node[];
  /** Whether from the start of a line on everything is as it was before the edit. */
  readonly met: ((at: number) => boolean) | undefined;
  readonly table: LineTable | undefined;
}

function readLines({ text, clean, lines, nodes, from: begin, before, met, table }: Reading): {
  tooLong: UnitFile["tooLong"];
  reached: number;
} {
  let tooLong: UnitFile["tooLong"];
  let bomSeen = false;
  let open: OpenLine | undefined;
  let at = begin;

  while (at < text.length && !(met && !open && met(at))) {
    const start = at;
    const end = lineEnd(text, start);
    const line = before + lines.push(start) - 1;
    at = skipLineEnd(text, end);
    if (!tooLong && end - start >= LONG_LINE_MAX / 4 && utf8Length(text.slice(start, end)) >= LONG_LINE_MAX) {
      tooLong = { line, start, end };
    }

    if (isComment(text, start, end)) {
      nodes.push({ kind: "comment", start, end, line });
      if (open) open.end = end;
      continue;
    }
    let from = start;
    if (!bomSeen && text.charCodeAt(start) === BOM) {
      bomSeen = true;
      from++;
    }
    if (!open && from === end) continue;
    const continues = endsInBackslash(text, from, end);
    const own = ownText(text.slice(from, end));
    if (!open && !continues) {
      // What stands after a byte order mark has other offsets, and what is not UTF-8 is a matter of the file.
      const shared = clean && from === start ? table : undefined;
      const known = shared?.get(own);
      const node = known
        ? new AssignmentNode(known, start, line)
        : logicalNode({ text: own, start: from }, start, end, line, line, clean);
      if (node) nodes.push(node);
      if (shared && !known && node instanceof AssignmentNode) shared.set(own, node.line);
      continue;
    }
    open ??= { start, end, firstLine: line, parts: [], bytes: 0, at: nodes.length };
    open.parts.push({ start: from, text: continues ? `${own.slice(0, -1)} ` : own });
    open.bytes += utf8Length(own);
    open.end = end;
    if (!tooLong && open.bytes > LONG_LINE_MAX) tooLong = { line, start: open.start, end };
    if (!continues) {
      close(nodes, open, line, clean);
      open = undefined;
    }
  }
  if (open) close(nodes, open, before + lines.length, clean);
  return { tooLong, reached: at };
}

/** A logical line that is still being continued. */
interface OpenLine {
  readonly start: number;
  end: number;
  readonly firstLine: number;
  readonly parts: { start: number; text: string }[];
  bytes: number;
  /** Where its node belongs among the nodes: before the comments inside it. */
  readonly at: number;
}

function close(nodes: Node[], open: OpenLine, lastLine: number, clean: boolean): void {
  let at = 0;
  const start = open.parts[0]?.start ?? open.start;
  const pieces = open.parts.map((part) => {
    const piece = { at, start: part.start - start };
    at += part.text.length;
    return piece;
  });
  const joined = { text: open.parts.map((part) => part.text).join(""), start, pieces };
  const node = logicalNode(joined, open.start, open.end, open.firstLine, lastLine, clean);
  if (node) nodes.splice(open.at, 0, node);
}

/** Follows parse_line(), systemd 262. */
function logicalNode(
  joined: JoinedText,
  start: number,
  end: number,
  firstLine: number,
  lastLine: number,
  clean: boolean,
): Header | Assignment | InvalidLine | undefined {
  const content = strip(joined, 0, joined.text.length);
  const { text } = content;
  if (text === "") return undefined;
  const utf8 = clean || isUtf8Clean(text);
  if (text.charCodeAt(0) === 91) {
    const closed = text.length > 1 && text.endsWith("]");
    const to = text.length - (closed ? 1 : 0);
    const name = text.slice(1, to);
    const nameSpan = sourceSpan(content, 1, to);
    return { kind: "header", start, end, firstLine, lastLine, content, utf8, name, nameSpan, closed };
  }
  const equals = text.indexOf("=");
  if (equals <= 0) {
    const reason = equals < 0 ? "no-equals" : "no-key";
    return { kind: "invalid", start, end, firstLine, lastLine, content, utf8, reason };
  }
  // The text starts with no blank, so that the key does not either.
  let keyEnd = equals;
  while (isBlank(text.charCodeAt(keyEnd - 1))) keyEnd--;
  const own = moveCooked(content, -start);
  const stripped = strip(own, equals + 1, text.length);
  const value = withOwnText(stripped);
  const line: AssignmentContent = {
    length: end - start,
    more: lastLine - firstLine,
    content: own,
    utf8,
    key: shared(text.slice(0, keyEnd)),
    keySpan: sourceSpan(own, 0, keyEnd),
    equals: sourceOffset(own, equals),
    value,
    valueSpan: sourceSpan(value, 0, value.text.length),
  };
  return new AssignmentNode(line, start, firstLine);
}

const withOwnText = ({ text, start, pieces }: JoinedText): JoinedText =>
  pieces ? { text: ownText(text), start, pieces } : { text: ownText(text), start };

const KEYS = new Map<string, string>();
const MANY_KEYS = 4096;

/** One string for all equal keys, which is found faster in the tables. */
function shared(key: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  if (KEYS.size >= MANY_KEYS) KEYS.clear();
  const own = ownText(key);
  KEYS.set(own, own);
  return own;
}

/** Cuts the blanks at both ends as strstrip() does; of blanks alone nothing is left, at their start. */
function strip(cooked: JoinedText, from: number, to: number): JoinedText {
  let start = from;
  let end = to;
  while (start < end && isBlank(cooked.text.charCodeAt(start))) start++;
  if (start === end) return { text: "", start: sourceOffset(cooked, from) };
  while (end > start && isBlank(cooked.text.charCodeAt(end - 1))) end--;
  return start === 0 && end === cooked.text.length ? cooked : sliceCooked(cooked, start, end);
}

/** The sections that nodes in the order of a file make. */
export function sectionsOfNodes(nodes: readonly Node[], length: number): Pick<UnitFile, "preamble" | "sections"> {
  const headers: number[] = [];
  for (let i = 0; i < nodes.length; i++) if (nodes[i]?.kind === "header") headers.push(i);
  // Between two headers there are none.
  const between = (from: number, to: number | undefined) => nodes.slice(from, to) as Exclude<Node, Header>[];
  const sections = headers.map((at, i) => {
    const header = nodes[at] as Header;
    const next = headers[i + 1];
    const end = next === undefined ? length : (nodes[next]?.start ?? length);
    return { header, name: header.name, nodes: between(at + 1, next), start: header.start, end };
  });
  return { preamble: between(0, headers[0]), sections };
}
