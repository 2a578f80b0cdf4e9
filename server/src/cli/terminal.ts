import { printable } from "../text/printable.ts";

/** How the command line talks to its terminal. */
export interface Terminal {
  readonly colours: boolean;
  /** Whether somebody looks at standard output. */
  readonly isTerminal?: boolean | undefined;
  readonly progress: (done: number, total: number) => void;
  /** Characters in a line, 80 where it is not known. */
  readonly width?: number | undefined;
}

/** Whether to print in colours: only on a terminal, and not where NO_COLOR is set to something (no-color.org). */
export function wantsColours(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !env.NO_COLOR;
}

/** Puts a text into a colour, given by the number of its escape sequence. */
export type Paint = (text: string, colour: string | undefined) => string;

/** Begins a colour before it is printed: half a character, which no text that was read has by itself in front of a digit. */
const MARK = "\ud800";

/** Paints where colours are wanted; only `sgr` makes escape sequences of it. */
export function painter(colours: boolean): Paint {
  return (text, colour) => (colours && colour !== undefined ? `${MARK}${colour}m${text}${MARK}0m` : text);
}

/** The text as a terminal gets it: colours of the painter, and no other escape sequence. */
export function sgr(text: string, colours: boolean): string {
  if (!colours) return printable(text);
  const [first = "", ...painted] = text.split(/\ud800(?=\d{1,2}m)/u);
  return printable(first) + painted.map((it) => `\u001b[${printable(it)}`).join("");
}
