import { isUtf8Clean, utf8Length } from "../text/utf8.ts";
import { type Cooked, sliceCooked, sourceOffset, sourceSpan } from "./cooked.ts";
import type { Assignment, Comment, Header, Junk, Node, UnitFile } from "./tree.ts";

/** LONG_LINE_MAX of systemd, in bytes: a line must be shorter. */
export const LONG_LINE_MAX = 1024 * 1024;

const LF = 10;
const CR = 13;
const BACKSLASH = 92;
const BOM = 0xfeff;

/**
 * Reads a unit file as config_parse() and parse_line() do (systemd 257 to 262; both read alike).
 * Takes any text, never throws, and needs time linear in its length. Broken lines become nodes, they end nothing.
 */
export function parse(text: string): UnitFile {
  const lines: number[] = [];
  const nodes: Node[] = [];
  const clean = isUtf8Clean(text);
  let tooLong: UnitFile["tooLong"];
  let bomSeen = false;
  let open: OpenLine | undefined;
  let at = 0;

  while (at < text.length) {
    const start = at;
    const end = lineEnd(text, start);
    const line = lines.push(start) - 1;
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
    if (!open && !continues) {
      const node = logicalNode({ text: text.slice(from, end), start: from }, start, end, line, line, clean);
      if (node) nodes.push(node);
      continue;
    }
    open ??= { start, end, firstLine: line, parts: [], bytes: 0, at: nodes.length };
    open.parts.push({ start: from, text: continues ? `${text.slice(from, end - 1)} ` : text.slice(from, end) });
    open.bytes += utf8Length(text.slice(from, end));
    open.end = end;
    if (!tooLong && open.bytes > LONG_LINE_MAX) tooLong = { line, start: open.start, end };
    if (!continues) {
      close(nodes, open, line, clean);
      open = undefined;
    }
  }
  if (open) close(nodes, open, lines.length, clean);
  return { text, lines, nodes, ...grouped(nodes, text.length), ...(tooLong ? { tooLong } : {}) };
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
  const pieces = open.parts.map((part) => {
    const piece = { at, start: part.start };
    at += part.text.length;
    return piece;
  });
  const joined = { text: open.parts.map((part) => part.text).join(""), start: pieces[0]?.start ?? open.start, pieces };
  const node = logicalNode(joined, open.start, open.end, open.firstLine, lastLine, clean);
  if (node) nodes.splice(open.at, 0, node);
}

function lineEnd(text: string, start: number): number {
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === LF || code === CR || code === 0) break;
  }
  return end;
}

/** Follows read_line_full(): each kind of line end counts once, and a NUL is always the last. */
function skipLineEnd(text: string, end: number): number {
  let seen = 0;
  let next = end;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    const kind = code === LF ? 1 : code === CR ? 2 : code === 0 ? 4 : 0;
    if (kind === 0 || (seen & kind) !== 0) break;
    seen |= kind;
    next++;
    if (kind === 4) break;
  }
  return next;
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === LF || code === CR;

function isComment(text: string, start: number, end: number): boolean {
  let i = start;
  while (i < end && isBlank(text.charCodeAt(i))) i++;
  const code = i < end ? text.charCodeAt(i) : 0;
  return code === 35 || code === 59;
}

/** An odd number of backslashes at the very end; each one escapes the next from the left. */
function endsInBackslash(text: string, from: number, end: number): boolean {
  let count = 0;
  for (let i = end - 1; i >= from && text.charCodeAt(i) === BACKSLASH; i--) count++;
  return count % 2 === 1;
}

/** Follows parse_line(), systemd 262. */
function logicalNode(
  joined: Cooked,
  start: number,
  end: number,
  firstLine: number,
  lastLine: number,
  clean: boolean,
): Header | Assignment | Junk | undefined {
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
    return { kind: "junk", start, end, firstLine, lastLine, content, utf8, reason };
  }
  // The text starts with no blank, so that the key does not either.
  let keyEnd = equals;
  while (isBlank(text.charCodeAt(keyEnd - 1))) keyEnd--;
  const value = strip(content, equals + 1, text.length);
  return {
    kind: "assignment",
    start,
    end,
    firstLine,
    lastLine,
    content,
    utf8,
    key: text.slice(0, keyEnd),
    keySpan: sourceSpan(content, 0, keyEnd),
    equals: sourceOffset(content, equals),
    value,
    valueSpan: sourceSpan(value, 0, value.text.length),
  };
}

/** Cuts the blanks at both ends as strstrip() does; of blanks alone nothing is left, at their start. */
function strip(cooked: Cooked, from: number, to: number): Cooked {
  let start = from;
  let end = to;
  while (start < end && isBlank(cooked.text.charCodeAt(start))) start++;
  if (start === end) return { text: "", start: sourceOffset(cooked, from) };
  while (end > start && isBlank(cooked.text.charCodeAt(end - 1))) end--;
  return start === 0 && end === cooked.text.length ? cooked : sliceCooked(cooked, start, end);
}

function grouped(nodes: readonly Node[], length: number): Pick<UnitFile, "preamble" | "sections"> {
  const preamble: (Comment | Assignment | Junk)[] = [];
  const sections: { header: Header; name: string; nodes: typeof preamble; start: number; end: number }[] = [];
  let current: (typeof sections)[number] | undefined;
  for (const node of nodes) {
    if (node.kind === "header") {
      if (current) current.end = node.start;
      current = { header: node, name: node.name, nodes: [], start: node.start, end: length };
      sections.push(current);
    } else (current?.nodes ?? preamble).push(node);
  }
  return { preamble, sections };
}
