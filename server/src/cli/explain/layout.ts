import { wrapped } from "../../manual/plain.ts";
import { painter } from "../terminal.ts";

/** How text is laid out on a terminal. */
export interface Page {
  /** Characters in a line. */
  readonly width: number;
  readonly colours: boolean;
}

/** The line that says what is explained. */
export function heading(text: string, { colours }: Page): string {
  return painter(colours)(text, "1");
}

/** Paragraphs with blank lines between them, each broken at blanks; backquotes around what is literal go. */
export function paragraphsText(paragraphs: readonly (string | undefined)[], { width }: Page): string {
  return paragraphs
    .filter((it) => it !== undefined && it !== "")
    .flatMap((it) => (it ?? "").split("\n\n"))
    .map((it) => wrapped(it.replaceAll("`", ""), width))
    .join("\n\n");
}

/** Lines as they are, set in. */
export function indented(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, "    ");
}
