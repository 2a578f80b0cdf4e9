import { applyEdits, type TextEdit } from "../text/span.ts";

/** Lines around a change, as many as diff(1) and patch(1) expect. */
const CONTEXT = 3;

/** Lines that one edit, or several that touch, replace; both lists hold lines with their ends. */
interface Change {
  /** Index of the first old line. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/**
 * What edits do to a text as a unified diff that patch(1) applies; `before` is undefined for a file that is new. Lines end
 * at LF alone, so that other line ends are kept as part of them.
 */
export function unifiedDiff(path: string, before: string | undefined, edits: readonly TextEdit[]): string {
  const text = before ?? "";
  const lines = linesOf(text);
  const changes = changesOf(text, lines, edits);
  if (changes.length === 0) return "";
  const name = quoted(path);
  let out = `--- ${before === undefined ? "/dev/null" : name}\n+++ ${name}\n`;
  let shift = 0;
  for (const hunk of hunksOf(changes)) {
    const first = hunk[0]?.at ?? 0;
    const last = hunk.at(-1);
    const from = Math.max(0, first - CONTEXT);
    const to = Math.min(lines.length, (last ? last.at + last.removed.length : first) + CONTEXT);
    const grown = hunk.reduce((sum, it) => sum + it.added.length - it.removed.length, 0);
    out += `@@ -${range(from, to - from)} +${range(from + shift, to - from + grown)} @@\n`;
    let at = from;
    for (const { at: start, removed, added } of hunk) {
      out += marked(" ", lines.slice(at, start)) + marked("-", removed) + marked("+", added);
      at = start + removed.length;
    }
    out += marked(" ", lines.slice(at, to));
    shift += grown;
  }
  return out;
}

/** The lines of a diff painted as terminals are used to: what goes red, what comes green. */
export function painted(diff: string): string {
  const colour = (line: string): string | undefined =>
    /^(?:---|\+\+\+) /.test(line)
      ? "1"
      : /^@@/.test(line)
        ? "36"
        : /^-/.test(line)
          ? "31"
          : /^\+/.test(line)
            ? "32"
            : "";
  return diff
    .split("\n")
    .map((line) => (colour(line) ? `\u001b[${colour(line)}m${line}\u001b[0m` : line))
    .join("\n");
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function changesOf(text: string, lines: readonly string[], edits: readonly TextEdit[]): Change[] {
  const starts: number[] = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const spans: { from: number; to: number; edits: TextEdit[] }[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const from = lineAt(edit.start);
    const lineStart = edit.start === starts[from] && (from < lines.length || /(?:^|\n)$/.test(text));
    const whole = edit.start === edit.end && lineStart && /\n$/.test(edit.newText);
    // A text behind the last line end touches that last line.
    const start = from === lines.length && !whole && !text.endsWith("\n") ? Math.max(0, from - 1) : from;
    const to = whole ? from : Math.min(lines.length, lineAt(edit.end) + 1);
    const last = spans.at(-1);
    if (last && start <= last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else spans.push({ from: start, to, edits: [edit] });
  }
  const changes = spans.map(({ from, to, edits: own }) => {
    const base = starts[from] ?? text.length;
    const moved = own.map((it) => ({ ...it, start: it.start - base, end: it.end - base }));
    return trimmed(from, lines.slice(from, to), linesOf(applyEdits(text.slice(base, starts[to]), moved)));
  });
  return changes.filter(({ removed, added }) => removed.length + added.length > 0);
}

/** Lines that stay as they are at both ends are no change. */
function trimmed(at: number, removed: readonly string[], added: readonly string[]): Change {
  let start = 0;
  while (start < removed.length && removed[start] === added[start]) start++;
  let end = 0;
  while (end < removed.length - start && end < added.length - start && removed.at(-1 - end) === added.at(-1 - end))
    end++;
  return {
    at: at + start,
    removed: removed.slice(start, removed.length - end),
    added: added.slice(start, added.length - end),
  };
}

/** Changes whose context meets stand together. */
function hunksOf(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const previous = hunks.at(-1)?.at(-1);
    if (previous && change.at - (previous.at + previous.removed.length) <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

/** Of no lines the number is the one of the line before. */
function range(from: number, count: number): string {
  return `${count === 0 ? from : from + 1}${count === 1 ? "" : `,${count}`}`;
}

function marked(mark: string, lines: readonly string[]): string {
  return lines.map((it) => mark + (it.endsWith("\n") ? it : `${it}\n\\ No newline at end of file\n`)).join("");
}

/** A path as GNU diff writes it: in quotes where it holds what would end it. */
function quoted(path: string): string {
  return /["\\\x00-\x1f\x7f]/.test(path)
    ? `"${path.replace(/["\\]/g, "\\$&").replace(/[\x00-\x1f\x7f]/g, (it) => `\\${it.charCodeAt(0).toString(8).padStart(3, "0")}`)}"`
    : path.includes(" ")
      ? `${path}\t`
      : path;
}
