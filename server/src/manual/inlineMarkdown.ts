import { codeSpan, escapedText, type Markdown } from "../text/markdown.ts";
import type { Inline } from "./model.ts";

/** Where a reference to a manual page leads; undefined for nowhere. */
export type Target = (page: string, section: string) => string | undefined;

/** The URI that names a manual page, for a client that knows what to open. */
export function manualUri(page: string, section: string): string {
  return `man:${page}(${section})`;
}

/** A stretch of one look: what joins without a blank between is one code span. */
type Run = { readonly kind: "code" | "emphasis" | "strong" | "text" | "link"; readonly text: string };

/** Running text in Markdown, on one line. */
export function inlineMarkdown(pieces: readonly Inline[], target: Target = manualUri): Markdown {
  const runs: Run[] = [];
  for (const piece of pieces) {
    const run = runOf(piece, target);
    const last = runs.at(-1);
    if (last && joins(last.kind, run.kind)) runs[runs.length - 1] = { kind: "code", text: last.text + run.text };
    else runs.push(run);
  }
  let result = "";
  for (const [i, run] of runs.entries()) {
    const next = runs[i + 1];
    result += written(run, result.at(-1) ?? " ", next?.kind === "text" ? (next.text[0] ?? " ") : next ? "*" : " ");
  }
  return result as Markdown;
}

function joins(before: Run["kind"], after: Run["kind"]): boolean {
  return (
    (before === "code" && (after === "code" || after === "emphasis")) || (before === "emphasis" && after === "code")
  );
}

function runOf(piece: Inline, target: Target): Run {
  switch (piece.kind) {
    case "text":
      return { kind: "text", text: piece.text };
    case "literal":
      return { kind: "code", text: piece.text };
    case "emphasis":
      return { kind: /^(?:[$[]?[\w.-]+[=$/[_]|[$/]|[A-Z]+$)/.test(piece.text) ? "code" : "emphasis", text: piece.text };
    case "strong":
      return { kind: /^[-/]|^\S*$/.test(piece.text.trim()) ? "code" : "strong", text: piece.text };
    case "reference": {
      const label = `${piece.page}(${piece.section})`;
      const url = target(piece.page, piece.section);
      return url === undefined ? { kind: "code", text: label } : link(label, url);
    }
    case "link":
      return link(piece.text, piece.url);
  }
}

function link(label: string, url: string): Run {
  return { kind: "link", text: `[${escapedText(label)}](${url.replace(/[ <>\\]/g, encodeURIComponent)})` };
}

/** A run between the characters around it; stars that CommonMark would not read as emphasis are left out. */
function written({ kind, text }: Run, before: string, after: string): string {
  switch (kind) {
    case "link":
      return text;
    case "text":
      return escapedText(text);
    case "code":
    case "emphasis":
    case "strong": {
      const words = text.trim();
      const open = text.slice(0, text.length - text.trimStart().length);
      const close = words === "" ? "" : text.slice(text.trimEnd().length);
      if (kind === "code") return `${open}${codeSpan(words)}${close}`;
      const flanked =
        (/^[\p{L}\d]/u.test(words) || !/[\p{L}\d]/u.test(before)) &&
        (/[\p{L}\d]$/u.test(words) || !/[\p{L}\d]/u.test(after));
      const stars = words === "" || !flanked || before === "*" ? "" : kind === "strong" ? "**" : "*";
      return `${open}${stars}${escapedText(words)}${stars}${close}`;
    }
  }
}
