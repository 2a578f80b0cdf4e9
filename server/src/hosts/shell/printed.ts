import type { Span } from "../../text/span.ts";
import type { HostedPart } from "../hostedUnit.ts";

/** A text that a line prints into a file, between single quotes, which the shell leaves as it is. */
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
const INTO = /[ \t]*(?:>(?!>)[ \t]*|\|[ \t]*(?:sudo[ \t]+)?tee[ \t]+)(?:"([^"\s]+)"|'([^'\s]+)'|([^\s"'|;&<>]+))/y;
/** So many texts, each a line, are those of a unit. */
const MOST_TEXTS = 2000;

/** How a command prints: one text with escapes, texts of a line each, or one text as it is. */
type Style = "format" | "lines" | "echo";

/** What the first such command of a line prints into a file; undefined where it has anything but texts in single quotes. */
export function printedIn(text: string, { start, end }: Span): Printed | undefined {
  const found = COMMAND.exec(text.slice(start, end));
  if (!found) return undefined;
  const at = start + found.index;
  const style = styleAt(text, at);
  const texts = textsFrom(text, style === "lines" ? skipFormat(text, at + found[0].length) : at + found[0].length);
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
  if (style === "echo") return text;
  if (style === "lines") return text.replaceAll("\n", "' '");
  return text.replaceAll("\\", "\\\\").replaceAll("%", "%%").replaceAll("\n", "\\n");
}

function styleAt(text: string, at: number): Style {
  if (text.startsWith("echo", at)) return "echo";
  return LINES.test(text.slice(at, at + 200).replace(/^printf[ \t]+/, "")) ? "lines" : "format";
}

const FORMAT = "'%s\\n'";

function skipFormat(text: string, at: number): number {
  BETWEEN.lastIndex = at + FORMAT.length;
  return BETWEEN.exec(text) ? BETWEEN.lastIndex : at + FORMAT.length;
}

/** What stands between the single quotes that follow each other. */
function textsFrom(text: string, first: number): readonly Span[] {
  const texts: Span[] = [];
  for (let at = first; text[at] === "'" && texts.length < MOST_TEXTS; ) {
    const end = text.indexOf("'", at + 1);
    if (end < 0) return [];
    texts.push({ start: at + 1, end });
    BETWEEN.lastIndex = end + 1;
    at = BETWEEN.exec(text) ? BETWEEN.lastIndex : end + 1;
  }
  return texts;
}

function partsOf(text: string, texts: readonly Span[], style: Style): readonly HostedPart[] | undefined {
  if (style === "format") return texts[0] && formatParts(text, texts[0]);
  // Some shells take escapes here, and others do not.
  if (style === "echo" && texts[0] && text.slice(texts[0].start, texts[0].end).includes("\\")) return undefined;
  return texts.flatMap(({ start, end }, i) => {
    const next = texts[i + 1]?.start ?? end + 1;
    const lineEnd = { text: "\n", source: { start: end, end: next }, exact: false, certain: true };
    const own = { text: text.slice(start, end), source: { start, end }, exact: true, certain: true };
    return start < end ? [own, lineEnd] : [lineEnd];
  });
}

const MEANING: Readonly<Record<string, string>> = { "\\n": "\n", "\\t": "\t", "\\\\": "\\", "%%": "%" };

/** A format without anything to put in; undefined where it has more than the usual escapes. */
function formatParts(text: string, { start, end }: Span): readonly HostedPart[] | undefined {
  const parts: HostedPart[] = [];
  let from = start;
  const upTo = (at: number): void => {
    if (at > from)
      parts.push({ text: text.slice(from, at), source: { start: from, end: at }, exact: true, certain: true });
  };
  for (const { 0: found, index } of text.slice(start, end).matchAll(/[\\%]./gs)) {
    const meant = MEANING[found];
    if (meant === undefined) return undefined;
    upTo(start + index);
    from = start + index + found.length;
    parts.push({ text: meant, source: { start: start + index, end: from }, exact: false, certain: true });
  }
  upTo(end);
  return parts;
}
