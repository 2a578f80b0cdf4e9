import { type Font, roffEscapeAt, unescapeRoff } from "./escapes.ts";
import type { Inline } from "./model.ts";

/** The addresses of a page's NOTES by their number. */
export type Notes = ReadonlyMap<number, string>;

const LINK = /\\m\[blue\]([^\n]{0,300}?)\\m\[\](?:\\&\\s-2\\u\[(\d+)\]\\d\\s\+2)?/y;
const PAGE_SECTION = /\((\d[a-z]*)\)/y;
const PAGE_NAME = /^[\w.@:+-]+$/;
/** What means nothing but itself; it may be empty. */
const PLAIN = /[^\\"]*/y;
const QUOTED = /"(.{1,300}?)"(?!["\w])/y;

const KINDS = { roman: "text", bold: "strong", italic: "emphasis" } as const satisfies Record<Font, Inline["kind"]>;

/** The pieces of lines that flow together; in a cell of a table all of them stand on one line. */
export function inlines(source: string, notes: Notes, place: "lines" | "cell" = "lines"): Inline[] {
  const found: Inline[] = [];
  let font: Font = "roman";
  let previous: Font = "roman";
  let text = "";
  let at = 0;

  /** Ends the piece before `at`. */
  const flush = (): void => {
    if (text === "") return;
    const words = /[\t\n]| {2}/.test(text) ? text.replace(/[ \t\n]+/g, " ") : text;
    text = "";
    if (font === "bold" && PAGE_NAME.test(words)) {
      PAGE_SECTION.lastIndex = at;
      const section = PAGE_SECTION.exec(source)?.[1];
      if (section) {
        at = PAGE_SECTION.lastIndex;
        found.push({ kind: "reference", page: words, section });
        return;
      }
    }
    add(found, words.trim() === "" ? "text" : KINDS[font], words);
  };

  while (at < source.length) {
    const char = source[at] ?? "";
    if (char === '"' && font === "roman") {
      const literal = literalAt(source, at, place === "cell");
      if (literal) {
        flush();
        add(found, "literal", literal.text);
        at = literal.end;
        continue;
      }
    }
    if (char !== "\\") {
      PLAIN.lastIndex = at + 1;
      PLAIN.test(source);
      text += source.slice(at, PLAIN.lastIndex);
      at = PLAIN.lastIndex;
      continue;
    }
    LINK.lastIndex = at;
    const link = source.startsWith("\\m[blue]", at) ? LINK.exec(source) : null;
    if (link) {
      flush();
      at = LINK.lastIndex;
      const words = unescapeRoff(link[1] ?? "");
      const url = /^https?:/.test(words) ? words : notes.get(Number(link[2]));
      if (url) found.push({ kind: "link", text: words, url });
      else add(found, "strong", words);
      continue;
    }
    const meant = roffEscapeAt(source, at);
    at = meant.end;
    text += meant.text;
    if (meant.font === undefined) continue;
    flush();
    const next: Font = meant.font === "previous" ? previous : meant.font;
    previous = font;
    font = next;
  }
  flush();
  return trimmed(found);
}

/** What the source of a page has as a literal: quotes that open a line, or around one word after a bracket. */
function literalAt(source: string, at: number, cell: boolean): { text: string; end: number } | undefined {
  const before = source[at - 1] ?? "\n";
  if (!(cell ? /[\n ([/,]/ : /[\n([/,]/).test(before)) return undefined;
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(source)?.[1];
  if (quoted === undefined || /\\m\[|\\fR\(/.test(quoted)) return undefined;
  const text = unescapeRoff(quoted);
  if (before !== "\n" && /\s/.test(text)) return undefined;
  return { text, end: at + quoted.length + 2 };
}

function add(found: Inline[], kind: "text" | "emphasis" | "strong" | "literal", text: string): void {
  const last = found.at(-1);
  if (last?.kind === kind && kind !== "literal") found[found.length - 1] = { kind, text: last.text + text };
  else found.push({ kind, text });
}

/** Without blanks at both ends. */
function trimmed(pieces: Inline[]): Inline[] {
  const first = pieces[0];
  if (first?.kind === "text") pieces[0] = { kind: "text", text: first.text.trimStart() };
  const last = pieces.at(-1);
  if (last?.kind === "text") pieces[pieces.length - 1] = { kind: "text", text: last.text.trimEnd() };
  return pieces.filter((it) => it.kind !== "text" || it.text !== "");
}

/** The characters of pieces as a reader sees them, with literals in quotes as the HTML manual's ids have them. */
export function inlineText(pieces: readonly Inline[]): string {
  return pieces.map(pieceText).join("");
}

function pieceText(piece: Inline): string {
  if (piece.kind === "reference") return `${piece.page}(${piece.section})`;
  return piece.kind === "literal" ? `"${piece.text}"` : piece.text;
}
