import { printable } from "../text/printable.ts";

/** How the command line talks to its terminal. */
export interface Terminal {
  readonly colours: boolean;
  /** Whether somebody looks at standard output. */
  readonly isTerminal?: boolean | undefined;
  /** Whether what programs read byte by byte, such as a patch, has colours although it goes into a file or a pipe. */
  readonly coloursExact?: boolean;
  readonly progress: (done: number, total: number) => void;
  /** Characters in a line, 80 where it is not known. */
  readonly width?: number | undefined;
  /** The same of standard error, where that is a terminal. */
  readonly errorWidth?: number | undefined;
}

/** Characters in a line of what is printed for a person; undefined in a file or pipe, where lines are not broken. */
export const lineWidth = ({ isTerminal, width = 80 }: Terminal): number | undefined =>
  isTerminal === true ? width : undefined;

/** What decides about colours: the arguments of a command, the stream and the environment. */
interface ColourSigns {
  readonly argv: readonly string[];
  readonly stream: { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether to print in colours. What was asked for with `--color` wins, then FORCE_COLOR, as for Node.js, then NO_COLOR
 * (no-color.org), each only where it is set to something; else a terminal gets them that can show them.
 */
export function wantsColours({ argv, stream, env }: ColourSigns): boolean {
  const choice = askedColours(argv);
  if (choice === "always" || choice === "never") return choice === "always";
  if (env.FORCE_COLOR) return !/^(?:0|false)$/.test(env.FORCE_COLOR);
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
}

/** What the last `--color` says, right or wrong. */
export function askedColours(argv: readonly string[]): string | undefined {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  const at = own.findLastIndex((it) => it === "--color" || it.startsWith("--color="));
  return own[at] === "--color" ? own[at + 1] : own[at]?.slice("--color=".length);
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

/** The text without the colours of the painter. */
export const unpainted = (text: string): string => text.replaceAll(/\ud800\d{1,2}m/gu, "");
