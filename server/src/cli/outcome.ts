import { onOneLine, printable } from "../text/printable.ts";
import type { FileWrite, WriteFailures } from "./fileWrite.ts";
import { sgr, type Terminal, unpainted } from "./terminal.ts";
import { hanging } from "./wrapping.ts";

/** What is printed and how the program ends. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: 0 | 1 | 2;
  /** What is still to be written then. */
  readonly file?: FileWrite;
}

/** A part of standard output, and how it is read. */
export interface OutputPart {
  readonly text: string;
  readonly as: keyof typeof READERS;
}

/** How a command ends. */
export interface Ending {
  readonly stdout: readonly OutputPart[];
  /** Lines for standard error, without ends. */
  readonly messages: readonly string[];
  /** Where help is, for a command that was called wrongly. */
  readonly hint?: string;
  /** The file of the report, which is written once all else is. */
  readonly file?: FileWrite;
  readonly status: Outcome["status"];
}

/** The end of a command: status 2 where there were problems, else 1 where something is `open`, such as a finding. */
export function ending(stdout: string | readonly OutputPart[], problems: readonly string[], open: boolean): Ending {
  const parts: readonly OutputPart[] = typeof stdout === "string" ? [{ text: stdout, as: "report" }] : stdout;
  return { stdout: parts, messages: problems, status: problems.length > 0 ? 2 : open ? 1 : 0 };
}

/** The same with more to say that changes nothing about how it ended. */
export function noted(ended: Ending, notes: readonly string[]): Ending {
  return { ...ended, messages: [...notes.map((it) => `note: ${it}`), ...ended.messages] };
}

/**
 * The only way to the terminal: nothing of a unit or of the name of a file acts on it, or on the log of a workflow. Colours
 * of our own become what they are here.
 */
export function printed({ stdout, messages, hint, file, status }: Ending, terminal: Terminal): Outcome {
  const lines = messages.map((it) => `${hanging(`unit-warden: ${onOneLine(it)}`, terminal.errorWidth, 4)}\n`);
  const stderr = hint === undefined ? lines : [...lines, `${hint}\n`];
  return {
    stdout: stdout.map((it) => shown(it, terminal)).join(""),
    stderr: READERS.report(stderr.join(""), { ...terminal, colours: false }),
    status,
    ...(file && { file }),
  };
}

/** How it ends where its last file could not be written. */
export function withoutFile({ stderr, ...rest }: Outcome, failures: WriteFailures): Outcome {
  if (failures.size === 0) return { ...rest, stderr };
  const messages = [...failures].map(([path, reason]) => `unit-warden: ${onOneLine(path)}: ${onOneLine(reason)}\n`);
  return { ...rest, stderr: printable(stderr + messages.join("")), status: 2 };
}

/** A part of the output as `printed` has it, for one that is printed before the others are there. */
export const shown = ({ text, as }: OutputPart, terminal: Terminal): string => READERS[as](text, terminal);

type Reader = (text: string, terminal: Terminal) => string;

/** `##[` and `##vso[`, which count anywhere in a line. */
const COMMAND_INSIDE = /##(?=\w*\[)/g;

const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, "0");

const READERS = {
  /** By people, on a terminal or in a log, which may be one that takes commands. */
  report: (text, terminal) => withoutCommands(sgr(text, terminal.colours)),
  /** By GitHub as commands, whose texts are escaped in it already. */
  commands: (text) => printable(text),
  /** By programs that know JSON: the same values in characters that do no harm. */
  json: (text) => printable(text, (it) => `\\u${hexOf(it)}`).replace(COMMAND_INSIDE, "#\\u0023"),
  xml: (text) => printable(text, (it) => `&#x${hexOf(it)};`).replace(COMMAND_INSIDE, "#&#x23;"),
  /** By programs to which each byte counts, such as patch, unless somebody looks at it. */
  exact: (text, terminal) =>
    terminal.isTerminal || terminal.coloursExact ? sgr(text, terminal.colours) : unpainted(text),
} satisfies Readonly<Record<string, Reader>>;

/** Keeps a runner of workflows from taking something for a command: a line that begins with `::`, or what stands inside of one. */
function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, "$1\\x3a").replace(COMMAND_INSIDE, "#\\x23");
}
