declare const MARKDOWN: unique symbol;

/**
 * Text in Markdown in which nothing acts that comes from elsewhere: no link, picture, HTML or layout. Only what is made here,
 * of the manual's pages and in `reports/markup.ts` has this type.
 */
export type Markdown = string & { readonly [MARKDOWN]: true };

const BLANKS = /[ \t\r\n\f\v]+/g;
const SPECIAL = /[\\`*[\]<~&!]|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu;
/** What begins a heading, a quotation, a list or a rule at the start of a line. */
const BLOCK = /^ ?(?:\d{1,9}(?=[.)](?: |$))|(?=[#>+=-]))/;
/** What GitHub's Markdown takes for a link without any mark: an address, a name of the web, a mail address. */
const ADDRESS = /:(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@(?=[\w-])/gi;

/** Running text, on one line, that is read as it is written. */
export function escapedText(text: string): Markdown {
  return text.replace(BLANKS, " ").replace(SPECIAL, "\\$&").replace(ADDRESS, "\\$&").replace(BLOCK, "$&\\") as Markdown;
}

/** Letters to show as they are, on one line, in more backquotes than any run of them in the text. */
export function codeSpan(text: string): Markdown {
  const words = text.replace(BLANKS, " ");
  if (words.trim() === "") return words as Markdown;
  const ticks = "`".repeat(longestRun(words) + 1);
  const pad = /^`|`$|^ .* $/.test(words) ? " " : "";
  return `${ticks}${pad}${words}${pad}${ticks}` as Markdown;
}

/** Lines to show as they are, between fences longer than any run of backquotes in them. */
export function fencedCode(text: string, language: "text" | "systemd"): Markdown {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}` as Markdown;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}

/** The parts of a text with code spans, as `codeSpan()` writes them; a backquote without its like is one of the text. */
export function codeParts(text: string): readonly { readonly text: string; readonly code: boolean }[] {
  const parts: { text: string; code: boolean }[] = [];
  let from = 0;
  const add = (part: string, code: boolean): void => {
    if (part !== "") parts.push({ text: part, code });
  };
  for (const { 0: span, 2: words = "", index } of text.matchAll(SPAN)) {
    add(text.slice(from, index), false);
    add(/^ (?= *[^ ]).* $/s.test(words) ? words.slice(1, -1) : words, true);
    from = index + span.length;
  }
  add(text.slice(from), false);
  return parts;
}

const SPAN = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/gs;

/** Plain text for a message of an editor, most of which make a link of `[label](address)` even there. */
export const withoutLinks = (text: string): string => text.replaceAll("](", "]\u2060(");
