/** How the command line talks to its terminal. */
export interface Terminal {
  readonly colours: boolean;
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

/** Paints where colours are wanted. */
export function painter(colours: boolean): Paint {
  return (text, colour) => (colours && colour !== undefined ? `\u001b[${colour}m${text}\u001b[0m` : text);
}
