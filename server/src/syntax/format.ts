import type { Span, TextEdit } from "../text/span.ts";
import { spansTouching } from "../text/spanSearch.ts";
import { endsInBackslash } from "./lines.ts";
import type { Assignment, Node, UnitFile } from "./tree.ts";

/**
 * The edits that lay a file out without changing what it means: no blanks before a line, where that is no template's, none
 * around the `=` of a line of its own, none at its end, one blank line before a section, never two together, none at the
 * start and the end of the file, and a last line that ends. What else comments and continued lines have stays as it is, and
 * nothing is put elsewhere. Undefined where the file is left alone: it is not valid UTF-8, or holds characters that only
 * some programs take for line ends.
 * `within` keeps the edits that lie in some whole lines; each of them is right without the others.
 */
export function formatEdits(file: UnitFile, within?: Span): TextEdit[] | undefined {
  if (!isPlain(file)) return undefined;
  // An empty file masks its unit, one with blank lines does not.
  if (file.nodes.length === 0) return [];
  const lines = linesOf(file);
  // What is put before a line comes first of the edits there.
  const edits = [...blankLineEdits(file, lines), ...leadingEdits(file, lines), ...innerEdits(file)].sort(
    (a, b) => a.start - b.start,
  );
  if (!within) return edits;
  const first = lines.findLast((it) => it.start <= within.start)?.start ?? 0;
  const last = lines.find((it) => it.next >= within.end)?.next ?? file.text.length;
  // What is put at the start of the line after them belongs to that line.
  return edits.filter((it) => first <= it.start && it.end <= last && (it.start < last || last === file.text.length));
}

/** LF and CR LF end a line for everyone; a byte order mark that is not the first character is taken away by systemd. */
function isPlain({ text, clean, tooLong }: UnitFile): boolean {
  return clean && !tooLong && !/\0|\r(?!\n)/.test(text) && text.indexOf("\ufeff", 1) < 0;
}

/** A physical line; their indices are those that systemd counts. */
interface Line {
  readonly start: number;
  /** Before its line end. */
  readonly end: number;
  readonly next: number;
  /** `blank` lines belong to nothing; those of continued lines, with the comments inside, are `fixed`; a `tag` is not systemd's. */
  kind: "blank" | "comment" | "fixed" | "tag" | "other";
}

function linesOf({ text, nodes, template }: UnitFile): Line[] {
  const lines: Line[] = [];
  const tags = new Set(template?.lines.map((it) => it.start));
  for (let start = 0; start < text.length; ) {
    const at = text.indexOf("\n", start);
    const next = at < 0 ? text.length : at + 1;
    const end = at < 0 ? next : text[at - 1] === "\r" && at > start ? at - 1 : at;
    lines.push({ start, end, next, kind: tags.has(start) ? "tag" : isBlankText(text, start, end) ? "blank" : "other" });
    start = next;
  }
  for (const node of nodes) {
    const line = node.kind === "comment" ? lines[node.line] : undefined;
    if (line?.kind === "other") line.kind = "comment";
    if (node.kind !== "comment" && isContinued(node))
      for (const it of lines.slice(node.firstLine, node.lastLine + 1)) it.kind = "fixed";
  }
  return lines;
}

function isBlankText(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && isBlank(text[at])) at++;
  return at === end;
}

const isBlank = (char: string | undefined): boolean => char === " " || char === "\t";

const isContinued = (node: Exclude<Node, { kind: "comment" }>): boolean => node.lastLine > node.firstLine;

/**
 * Blanks before comments and logical lines, which systemd strips. Those before the next lines of a continued one are part of
 * its value, and comments between them are lined up with them; in templates they show what stands under a condition.
 */
function leadingEdits({ text, nodes, template }: UnitFile, lines: readonly Line[]): TextEdit[] {
  if (template) return [];
  return nodes.flatMap((node): TextEdit[] => {
    if (node.kind === "comment" && lines[node.line]?.kind === "fixed") return [];
    const start = node.start + (text.startsWith("\ufeff", node.start) ? 1 : 0);
    const end = endOfBlanks(text, start);
    return start < end ? [{ start, end, newText: "" }] : [];
  });
}

/** Blanks around `=` and at the ends of lines that are not continued. */
function innerEdits({ text, nodes, template }: UnitFile): TextEdit[] {
  const edits: TextEdit[] = [];
  const remove = (start: number, end: number): void => {
    if (end > start) edits.push({ start, end, newText: "" });
  };
  for (const node of nodes) {
    if (node.kind === "comment" || isContinued(node)) continue;
    if (template && spansTouching(template.holes, node).length > 0) continue;
    const { content } = node;
    const end = content.start + content.text.length;
    if (node.kind === "assignment") removeAroundEquals(node, remove);
    // Without the blank after it, a backslash would continue the line.
    if (!endsInBackslash(text, content.start, end)) remove(end, endOfBlanks(text, end));
  }
  return edits;
}

function removeAroundEquals(node: Assignment, remove: (start: number, end: number) => void): void {
  remove(node.keySpan.end, node.equals);
  if (node.text !== "") remove(node.equals + 1, node.valueSpan.start);
}

function endOfBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}

/** How many blank lines stand where, and whether the last line ends. */
function blankLineEdits(file: UnitFile, lines: readonly Line[]): TextEdit[] {
  const { text } = file;
  const edits: TextEdit[] = [];
  const gaps = linesAfterGap(file, lines);
  let previous: Line | undefined;
  let run: Line[] = [];
  const settle = (line: Line | undefined, index: number): void => {
    const isApart = !previous || isBlankText(text, previous.start, previous.end);
    const wanted = isApart || !line ? 0 : gaps.has(index) ? 1 : Math.min(1, run.length);
    const [kept] = run.slice(0, wanted);
    const rest = run[wanted];
    if (kept && kept.end > kept.start) edits.push({ start: kept.start, end: kept.end, newText: "" });
    if (rest) edits.push({ start: rest.start, end: line?.start ?? text.length, newText: "" });
    if (previous && line && wanted > run.length)
      edits.push({ start: line.start, end: line.start, newText: lineEndOf(text, previous) });
  };
  for (const [index, line] of lines.entries()) {
    if (line.kind === "blank") {
      run.push(line);
      continue;
    }
    settle(line, index);
    previous = line;
    run = [];
  }
  settle(undefined, lines.length);
  if (previous && previous.end === previous.next)
    edits.push({ start: previous.end, end: previous.end, newText: lineEndOf(text, lines[0] ?? previous) });
  return edits;
}

const lineEndOf = (text: string, { end, next }: Line): string => text.slice(end, next) || "\n";

/** The lines before which a blank one belongs: section headers, with the comments right above them. */
function linesAfterGap({ text, sections }: UnitFile, lines: readonly Line[]): ReadonlySet<number> {
  const gaps = new Set<number>();
  for (const { header } of sections) {
    let top = header.firstLine;
    while (lines[top - 1]?.kind === "comment") top--;
    const above = lines[header.firstLine - 1];
    const isSetting = above && top < header.firstLine && DISABLED.test(text.slice(above.start, above.end));
    const before = lines[top - 1];
    if (before?.kind === "tag" || (before && SEPARATOR.test(text.slice(before.start, before.end)))) continue;
    const touches = top > 0 && lines[top - 1]?.kind !== "blank";
    gaps.add(isSetting && touches ? header.firstLine : top);
  }
  return gaps;
}

/** What stands between the parts of a `.quadlets` file. */
const SEPARATOR = /^\s*---\s*$/;

/** A setting that is commented out belongs to the section that it stands in; the name of such a part is none. */
const DISABLED = /^\s*[#;]\s?(?!FileName=)[A-Z][A-Za-z0-9]*=/;
