import { append } from "../../text/append.ts";
import type { Span } from "../../text/span.ts";
import { filledPart } from "../filledPart.ts";
import type { HostedPart } from "../hostedUnit.ts";
import { expansionsIn, quotedEnd } from "./expansions.ts";

/** A text that a line prints into a file, between quotes. */
export interface Printed {
  readonly raw: readonly HostedPart[];
  /** From the name of the command to the end of its last text. */
  readonly extent: Span;
  readonly path: Span;
}

/** The commands, where one may begin. */
const COMMAND =
  /(?<=^[ \t]{0,40}|[;&|({][ \t]{0,8}|\b(?:RUN|then|do|else|sudo)[ \t]{1,8})(?:printf|echo)[ \t]{1,8}(?=['"])/;
const LINES = /^(?:'%s\\n'|"%s\\n")/;
/** What may stand between two texts. */
const BETWEEN = /(?:[ \t]|\\\r?\n)+/y;
const INTO =
  /(?:[ \t]|\\\r?\n){0,99}(?:>(?!>)[ \t]*|\|[ \t]*(?:sudo[ \t]+)?tee[ \t]+(?!-))(?:"([^"\s]+)"|'([^'\s]+)'|([^\s"'|;&<>]+))/y;
/** So many texts, each a line, are those of a unit. */
const MOST_TEXTS = 2000;

/** How a command prints: one text with escapes, texts of a line each, or one text as it is. */
type Style = "format" | "lines" | "echo";

/** What stands between quotes, and between which. */
interface Quoted extends Span {
  readonly quote: "'" | '"';
}

/** What the first such command of a line prints into a file; undefined where it has anything but texts between quotes. */
export function printedIn(text: string, { start, end }: Span): Printed | undefined {
  const found = COMMAND.exec(text.slice(start, end));
  if (!found) return undefined;
  const at = start + found.index;
  const style = styleAt(text, at);
  const texts = textsFrom(text, firstText(text, at, style));
  const last = texts.at(-1);
  if (!last || (style !== "lines" && texts.length > 1)) return undefined;
  INTO.lastIndex = last.end + 1;
  const into = INTO.exec(text);
  const path = into?.[1] ?? into?.[2] ?? into?.[3];
  const raw = partsOf(text, texts, style);
  if (!into || path === undefined || !raw) return undefined;
  const from = into.index + into[0].lastIndexOf(path);
  return { raw, extent: { start: at, end: last.end + 1 }, path: { start: from, end: from + path.length } };
}

/** A text as it stands in what such a command prints; undefined where no command begins at an offset. */
export function asPrinted(source: string, at: number, text: string): string | undefined {
  if (!/^(?:printf|echo)\b/.test(source.slice(at, at + 8))) return undefined;
  const style = styleAt(source, at);
  const isDouble = source[firstText(source, at, style)] === '"';
  const quoted = (it: string): string => (isDouble ? it.replace(/["$`\\]/g, "\\$&") : it);
  if (style === "echo") return quoted(text);
  if (style === "lines") return quoted(text).replaceAll("\n", isDouble ? '" "' : "' '");
  return quoted(text.replaceAll("\\", "\\\\").replaceAll("%", "%%")).replaceAll("\n", "\\n");
}

function styleAt(text: string, at: number): Style {
  if (text.startsWith("echo", at)) return "echo";
  return LINES.test(text.slice(at, at + 200).replace(/^printf[ \t]+/, "")) ? "lines" : "format";
}

const FORMAT = "'%s\\n'";

/** Where the first text begins that a command prints. */
function firstText(text: string, at: number, style: Style): number {
  const first = at + (/^\w+[ \t]+/.exec(text.slice(at, at + 20))?.[0].length ?? 0);
  if (style !== "lines") return first;
  BETWEEN.lastIndex = first + FORMAT.length;
  return BETWEEN.exec(text) ? BETWEEN.lastIndex : first + FORMAT.length;
}

/** What stands between the quotes that follow each other. */
function textsFrom(text: string, first: number): readonly Quoted[] {
  const texts: Quoted[] = [];
  for (let at = first; texts.length < MOST_TEXTS; ) {
    const quote = text[at];
    if (quote !== "'" && quote !== '"') break;
    const end = quote === "'" ? text.indexOf("'", at + 1) : (quotedEnd(text, at + 1) ?? -1);
    if (end < 0) return [];
    texts.push({ start: at + 1, end, quote });
    BETWEEN.lastIndex = end + 1;
    at = BETWEEN.exec(text) ? BETWEEN.lastIndex : end + 1;
  }
  return texts;
}

function partsOf(text: string, texts: readonly Quoted[], style: Style): readonly HostedPart[] | undefined {
  const made: HostedPart[] = [];
  for (const [i, it] of texts.entries()) {
    const shown = shownParts(text, it);
    const parts = style === "format" ? shown && formatParts(shown) : shown;
    if (!parts) return undefined;
    // Some shells take escapes here, and others do not.
    if (style === "echo" && parts.some((part) => part.text.includes("\\"))) return undefined;
    append(made, parts);
    const source = { start: it.end, end: texts[i + 1]?.start ?? it.end + 1 };
    if (style !== "format") made.push({ text: "\n", source, exact: false, certain: true });
  }
  return made;
}

/** What the shell makes of a text; undefined where nobody knows what it puts in. */
function shownParts(text: string, { start, end, quote }: Quoted): readonly HostedPart[] | undefined {
  const expansions = quote === "'" ? [] : expansionsIn(text.slice(start, end), true);
  if (!expansions) return undefined;
  const parts: HostedPart[] = [];
  let from = start;
  const upTo = (at: number): void => {
    if (at > from)
      parts.push({ text: text.slice(from, at), source: { start: from, end: at }, exact: true, certain: true });
  };
  for (const it of expansions) {
    upTo(start + it.start);
    from = start + it.end;
    const source = { start: start + it.start, end: from };
    parts.push({
      text: it.character ?? filledPart(text, lineBefore(text, start, source.start), source.start),
      source,
      exact: false,
      certain: it.character !== undefined,
    });
  }
  upTo(end);
  return parts;
}

/** Where the line of what is put in begins, be its ends those of the script or escapes. */
function lineBefore(text: string, start: number, at: number): number {
  const near = Math.max(start, at - 200);
  const before = text.slice(near, at);
  return Math.max(
    start,
    near + Math.max(before.lastIndexOf("\n") + 1, before.lastIndexOf("\\n") < 0 ? 0 : before.lastIndexOf("\\n") + 2),
  );
}

const MEANING: Readonly<Record<string, string>> = { "\\n": "\n", "\\t": "\t", "\\\\": "\\", "%%": "%" };

/** A format without anything to put in; undefined where it has more than the usual escapes. */
function formatParts(shown: readonly HostedPart[]): readonly HostedPart[] | undefined {
  const parts: HostedPart[] = [];
  for (const it of shown) {
    if (!it.exact) {
      // What the shell leaves of two backslashes may escape what follows.
      if (/[\\%]/.test(it.text)) return undefined;
      parts.push(it);
      continue;
    }
    const { start } = it.source;
    let from = 0;
    const upTo = (at: number): void => {
      const source = { start: start + from, end: start + at };
      if (at > from) parts.push({ ...it, text: it.text.slice(from, at), source });
    };
    for (const { 0: found, index } of it.text.matchAll(/[\\%][\s\S]?/g)) {
      const meant = MEANING[found];
      if (meant === undefined) return undefined;
      upTo(index);
      from = index + found.length;
      parts.push({ text: meant, source: { start: start + index, end: start + from }, exact: false, certain: true });
    }
    upTo(it.text.length);
  }
  return parts;
}
