import type { Span } from "../text/span.ts";
import type { JoinedText } from "./joinedText.ts";
import type { Template } from "./template/template.ts";

/** A line whose first non-blank character is `#` or `;`, also in the middle of a continued line. */
export interface Comment extends Span {
  readonly kind: "comment";
  readonly line: number;
}

/** What every logical line has: one physical line, or several joined by continuations. */
export interface LogicalLine extends Span {
  /** Index of the first physical line as systemd counts lines, from 0. */
  readonly firstLine: number;
  /** Index of the line that systemd's messages name (plus 1): the last physical one, or one past the end of an open continuation. */
  readonly lastLine: number;
  /** The joined text without the blanks at both ends. */
  readonly content: JoinedText;
  /** False where config_parse() gives up on the file because the line is not valid UTF-8. */
  readonly utf8: boolean;
}

/** A line that starts with `[`. */
export interface Header extends LogicalLine {
  readonly kind: "header";
  /** Everything between the brackets, untrimmed; of an unclosed header what stands after `[`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** False where the line does not end in `]`: systemd then refuses the whole unit. */
  readonly closed: boolean;
}

/** What stands for an assignment wherever it moves: the same object as long as its text is not touched. */
export interface AssignedLine {
  /** Its offsets count from the start of the line. */
  readonly value: JoinedText;
  /** The value as it stands there, where it has placeholders and the value is only of its form. */
  readonly written?: JoinedText;
}

/** The value of a line for those who show it. */
export const writtenText = ({ value, written }: AssignedLine): string => (written ?? value).text;

/** `Key=value`. */
export interface Assignment extends LogicalLine {
  readonly kind: "assignment";
  readonly line: AssignedLine;
  readonly key: string;
  readonly keySpan: Span;
  /** Offset of the `=`. */
  readonly equals: number;
  /** The value without the blanks around it; what quotes, escapes and specifiers in it mean depends on the directive. */
  readonly value: JoinedText;
  /** The text of `value`, for those who go through many lines and need no places. */
  readonly text: string;
  readonly valueSpan: Span;
}

/** A line that is no assignment: no `=` in it, or nothing before the `=`. */
export interface InvalidLine extends LogicalLine {
  readonly kind: "invalid";
  readonly reason: "no-equals" | "no-key";
}

export type Node = Comment | Header | Assignment | InvalidLine;

/** A header and what follows it, up to the next header; the same name may come several times. */
export interface Section extends Span {
  readonly header: Header;
  readonly name: string;
  readonly nodes: readonly (Comment | Assignment | InvalidLine)[];
}

/** A whole file. Lossless: `text` is the file, the nodes say what stands where. */
export interface UnitFile {
  readonly text: string;
  /** Start of every physical line as systemd's read_line() counts them: LF, CR, CR LF, LF CR and NUL end a line. */
  readonly lines: readonly number[];
  /** All nodes in the order of the file; blank lines are none. */
  readonly nodes: readonly Node[];
  /** What stands before the first header. */
  readonly preamble: readonly (Comment | Assignment | InvalidLine)[];
  readonly sections: readonly Section[];
  /** The first physical or continued line longer than 1 MiB, at which config_parse() gives up with ENOBUFS. */
  readonly tooLong?: Span & { readonly line: number };
  /** Whether the text is valid UTF-8 all through. */
  readonly clean: boolean;
  /** Whether nothing in the text looks like a placeholder; where something does, it may be none all the same. */
  readonly unmarked?: true;
  /** Whether no comment in the text is for Unit Warden, where that was looked for. */
  readonly unaddressed?: true;
  /** What others fill in before systemd reads it; missing of a finished file. */
  readonly template?: TemplateFile;
}

/** A template as it is read: the values of a tree have something of their form where the text has placeholders. */
export interface TemplateFile extends Template {
  /** The tree of the plain text, with the values as they are written. */
  readonly written: UnitFile;
  /** The file as one of those that may come of it, by number; the first is the one that counts where one has to. */
  readonly variant: (number: number) => UnitFile;
  readonly variants: number;
  /** The directives that it may set without showing to what, or only under a condition. */
  readonly perhaps: ReadonlySet<string>;
}
