import { OPEN_MANUAL } from "../manual/place.ts";
import { codeParts, codeSpan, escapedText, fencedCode, type Markdown } from "../text/markdown.ts";

/** Text in both shapes that a client may want. Each is made of plain text here, so that none of it acts in the other. */
export interface Prose {
  readonly markdown: Markdown;
  readonly plain: string;
}

/** What stands between pieces. */
type Separator = "" | " " | ", " | ": " | " · " | "\n" | "\n\n";

/** Joins pieces by a separator, leaving out the missing ones. */
export function join(pieces: readonly (Prose | undefined)[], separator: Separator): Prose {
  const present = pieces.filter((it) => it !== undefined);
  return {
    markdown: present.map((it) => it.markdown).join(separator) as Markdown,
    plain: present.map((it) => it.plain).join(separator),
  };
}

/** Pieces of one sentence, with blanks between them. */
export const sentence = (...pieces: (Prose | undefined)[]): Prose => join(pieces, " ");
/** Pieces with blank lines between them. */
export const proseParagraphs = (...pieces: (Prose | undefined)[]): Prose => join(pieces, "\n\n");

/** Running text. */
export function plainProse(words: string): Prose {
  return { markdown: escapedText(words), plain: words };
}

/** Something to read letter by letter: a name, a value. */
export function code(words: string): Prose {
  return { markdown: codeSpan(words), plain: words };
}

/** Lines of a file. */
export function codeLines(lines: string): Prose {
  return { markdown: fencedCode(lines, "systemd"), plain: lines };
}

/** Text in which backquotes stand around what is literal, and empty lines between paragraphs; plain readers see none of them. */
export function literal(words: string): Prose {
  const paragraphs = words.split("\n\n").map((it) =>
    join(
      codeParts(it).map((part) => (part.code ? code(part.text) : plainProse(part.text))),
      "",
    ),
  );
  return join(paragraphs, "\n\n");
}

/** Emphasis for the one thing that a paragraph is about. */
export function strong(words: string): Prose {
  return { markdown: (words.trim() === "" ? "" : `**${escapedText(words.trim())}**`) as Markdown, plain: words };
}

/** A link; plain readers see its address. What may act by being followed is no link, but for a page of the manual. */
export function link(label: string, url: string): Prose {
  const plain = `${label}: ${url}`;
  if (!isHarmless(url)) return { markdown: escapedText(plain), plain };
  const target = url.replace(/[\s<>()\\]/g, (it) => `%${it.charCodeAt(0).toString(16).padStart(2, "0")}`);
  // Not every reader of Markdown takes escaped brackets for letters of a label.
  const shown = escapedText(label).replace(/\\([[\]])/g, (_, it) => (it === "[" ? "&#91;" : "&#93;"));
  return { markdown: `[${shown}](${target})` as Markdown, plain };
}

const isHarmless = (url: string): boolean =>
  url.startsWith(`command:${OPEN_MANUAL}?`) || /^(?!command|javascript|data|vbscript)[a-z][a-z\d+.-]*:\/\//i.test(url);

/** A list, one piece a line. */
export function bullets(items: readonly Prose[]): Prose {
  return join(
    items.map(({ markdown, plain }) => ({ markdown: `- ${markdown}` as Markdown, plain: `- ${plain}` })),
    "\n",
  );
}

/** Numbered pieces, each with a list below it. */
export function numbered(items: readonly { readonly head: Prose; readonly below: readonly Prose[] }[]): Prose {
  const lines = (shape: keyof Prose): string =>
    items
      .map(({ head, below }, i) => [`${i + 1}. ${head[shape]}`, ...below.map((it) => `   - ${it[shape]}`)].join("\n"))
      .join("\n\n");
  return { markdown: lines("markdown") as Markdown, plain: lines("plain") };
}

/** The heading of a document or, on the second level, of a part of it. */
export function heading(level: 1 | 2, { markdown, plain }: Prose): Prose {
  return { markdown: `${"#".repeat(level)} ${markdown}` as Markdown, plain };
}

/** What comes from elsewhere and stands below a line. */
export function belowRule({ markdown, plain }: Prose): Prose {
  return { markdown: `---\n\n${markdown}` as Markdown, plain };
}
