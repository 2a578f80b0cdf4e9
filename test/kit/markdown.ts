import { marked, type Token, type Tokens } from "marked";

/** What acts in rendered Markdown: where it leads to or what it loads. */
export interface Live {
  readonly kind: "link" | "image" | "html";
  readonly target: string;
}

/** All that acts in a Markdown text, as GitHub's Markdown has it, which is what VS Code and most editors show. */
export function liveIn(markdown: string): Live[] {
  const found: Live[] = [];
  marked.walkTokens(marked.lexer(markdown, { gfm: true }), (token) => {
    if (token.type === "link" || token.type === "image") found.push({ kind: token.type, target: token.href });
    else if (token.type === "html") found.push({ kind: "html", target: token.raw });
  });
  return found;
}

/** What acts and is neither a page of a manual on the web nor in the editor's own view. */
export const foreignIn = (markdown: string): Live[] =>
  liveIn(markdown).filter(({ kind, target }) => kind !== "link" || !OURS.test(target));

const OURS =
  /^(?:https:\/\/(?:www\.freedesktop\.org\/software\/systemd\/man|man7\.org|manpages\.debian\.org|docs\.podman\.io\/en\/latest\/markdown)\/|command:unitWarden\.openManual\?)/;

/** The letters that a reader of rendered Markdown sees, without blanks. */
export function shownText(markdown: string): string {
  return textOf(marked.lexer(markdown, { gfm: true })).replace(/\s+/g, "");
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(textOfToken).join("");
}

function textOfToken(token: Token): string {
  if (token.type === "list") return (token as Tokens.List).items.map((it) => `-${textOf(it.tokens)}`).join("");
  if (token.type === "checkbox") return token.raw;
  if (token.type === "br" || token.type === "space" || token.type === "hr") return "";
  if ("tokens" in token && token.tokens) return textOf(token.tokens);
  return "text" in token ? String(token.text) : token.raw;
}
