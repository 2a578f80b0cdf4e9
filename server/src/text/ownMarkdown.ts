/** What is literal in a sentence: settings, sections, capabilities, groups, specifiers, paths and exit statuses. */
const LITERAL =
  /(?<![\w`/])(?:\*?[A-Z][A-Za-z]*\*?=(?:[\w/@%:~+-]+(?:\.[\w/@%:~+-]+)*)?|\*Directory=|\[[A-Z][A-Za-z]*\]|CAP_[A-Z_]+|@[a-z][a-z-]*|%[A-Za-z](?!\w)|\/(?:[a-z][\w.-]*(?:\/[\w.*-]+)*)?(?=[\s,;:)]|\.?$)|\d{3}\/[A-Z_]+)/g;

/** A sentence as Markdown: what is literal in code, everything else without a meaning of its own. */
export function markedSentence(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : marked(part)))
    .join("");
}

function marked(text: string): string {
  let out = "";
  let at = 0;
  for (const { 0: word, index } of text.matchAll(LITERAL)) {
    const literal = word.replace(/(?<![.:])[.:]+$/, "");
    out += `${escaped(text.slice(at, index))}\`${literal}\``;
    at = index + literal.length;
  }
  return out + escaped(text.slice(at));
}

const escaped = (text: string): string => text.replace(/[\\*_<[\]|`]/g, "\\$&");

const LONG = 160;

/** Lines of a unit file; overlong ones are cut. */
export function cutListing(text: string, language = "ini"): string {
  const lines = text
    .replace(/\n$/, "")
    .split("\n")
    .map((it) => (it.length > LONG ? `${it.slice(0, LONG / 2)}…` : it));
  return [`\`\`\`${language}`, ...lines, "```"].join("\n");
}

/** The sentence of such Markdown: its escapes taken off, what is literal still in code. */
export const ownSentence = (markdown: string): string =>
  markdown
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/\\([\\*_<[\]|`])/g, "$1")))
    .join("");

/** A sentence in which only that is marked as literal which does not look so by itself: `#`, but not Type=exec. */
export const barelyMarked = (text: string): string =>
  text.replace(/`([^`]*)`/g, (all, literal: string) => (markedSentence(literal) === all ? literal : all));

/** A sentence in which nothing marks what is literal. */
export const plainSentence = (text: string): string => text.replaceAll("`", "");
