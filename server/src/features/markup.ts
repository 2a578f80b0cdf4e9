import { type MarkupContent, MarkupKind } from "vscode-languageserver-types";

/** Text in both shapes that a client may want. */
export interface Prose {
  readonly markdown: string;
  readonly plain: string;
}

/** Joins pieces by a separator, leaving out the missing ones. */
export function join(pieces: readonly (Prose | undefined)[], separator: string): Prose {
  const present = pieces.filter((it) => it !== undefined);
  return {
    markdown: present.map((it) => it.markdown).join(separator),
    plain: present.map((it) => it.plain).join(separator),
  };
}

const SPECIAL = /[\\`*_{}[\]<>#+!|~&]/g;

/** Running text. */
export function plainProse(words: string): Prose {
  return { markdown: words.replace(SPECIAL, "\\$&"), plain: words };
}

/** Something to read letter by letter: a name, a value. */
export function code(words: string): Prose {
  const fence = words.includes("`") ? "``" : "`";
  return { markdown: `${fence}${words}${fence}`, plain: words };
}

/** Emphasis for the one thing that a paragraph is about. */
export function strong(words: string): Prose {
  return { markdown: `**${words.replace(SPECIAL, "\\$&")}**`, plain: words };
}

/** A link; plain readers see its address. */
export function link(label: string, url: string): Prose {
  return { markdown: `[${label}](${url})`, plain: `${label}: ${url}` };
}

/** What a client gets: Markdown where it can show it. */
export function markup(prose: Prose, markdown: boolean): MarkupContent {
  return markdown
    ? { kind: MarkupKind.Markdown, value: prose.markdown }
    : { kind: MarkupKind.PlainText, value: prose.plain };
}
