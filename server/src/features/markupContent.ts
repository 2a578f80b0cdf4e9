import { type MarkupContent, MarkupKind } from "vscode-languageserver-types";
import type { Prose } from "../reports/markup.ts";

/** What a client gets: Markdown where it can show it. */
export function markup(prose: Prose, markdown: boolean): MarkupContent {
  return markdown
    ? { kind: MarkupKind.Markdown, value: prose.markdown }
    : { kind: MarkupKind.PlainText, value: prose.plain };
}
