import { wrapped } from "../../manual/plain.ts";
import { painter } from "../terminal.ts";

/** How text is laid out on a terminal. */
export interface Page {
  /** Characters in a line. */
  readonly width: number;
  readonly colours: boolean;
}

/** Paragraphs, which are broken into lines of a width, or what makes lines of that width by itself; nothing of undefined. */
type Part = string | undefined | ((width: number) => string);

/** What is said of one thing. */
export interface Explanation {
  /** Missing where it goes on with what stands before. */
  readonly title?: string;
  readonly parts: readonly Part[];
}

/** Explanations one below the other, with blank lines in between and at no end. */
export function explanationsText(explanations: readonly Explanation[], page: Page): string {
  const texts = explanations.flatMap(({ title, parts }) => [
    ...(title === undefined ? [] : [painter(page.colours)(title, "1")]),
    ...parts.flatMap((it) => (typeof it === "function" ? it(page.width) : it ? wrappedParagraphs(it, page.width) : [])),
  ]);
  return texts.join("\n\n");
}

/** Backquotes around what is literal go; a single character gets quotation marks, as it would be lost without them. */
export function wrappedParagraphs(text: string, width: number): string[] {
  const plain = text.replace(/`(.)`/g, "“$1”").replaceAll("`", "");
  return plain.split("\n\n").map((it) => wrapped(it, width));
}

/** Lines as they are, set in. */
export function indented(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, "    ");
}
