import type { Span } from "../text/span.ts";
import type { JoinedText } from "./joinedText.ts";
import type { AssignedLine, Assignment } from "./tree.ts";

/** What an assignment says, with offsets from its start. */
export interface AssignmentContent extends AssignedLine {
  readonly length: number;
  /** How many physical lines it takes after the first, as systemd's messages count them. */
  readonly more: number;
  readonly content: JoinedText;
  readonly utf8: boolean;
  readonly key: string;
  readonly keySpan: Span;
  readonly equals: number;
  readonly valueSpan: Span;
}

/**
 * An assignment at its place in a text. Invariant: all its offsets are those of the line moved by `start`; they are
 * worked out when they are asked for, so that the lines after an edit are moved at the cost of one small object each.
 */
export class AssignmentNode implements Assignment {
  readonly line: AssignmentContent;
  readonly start: number;
  readonly firstLine: number;

  constructor(line: AssignmentContent, start: number, firstLine: number) {
    this.line = line;
    this.start = start;
    this.firstLine = firstLine;
  }

  get kind(): "assignment" {
    return "assignment";
  }
  get end(): number {
    return this.start + this.line.length;
  }
  get lastLine(): number {
    return this.firstLine + this.line.more;
  }
  get utf8(): boolean {
    return this.line.utf8;
  }
  get key(): string {
    return this.line.key;
  }
  get equals(): number {
    return this.start + this.line.equals;
  }
  get content(): JoinedText {
    return moveCooked(this.line.content, this.start);
  }
  get text(): string {
    return this.line.value.text;
  }
  get value(): JoinedText {
    return moveCooked(this.line.value, this.start);
  }
  get keySpan(): Span {
    return moveSpan(this.line.keySpan, this.start);
  }
  get valueSpan(): Span {
    return moveSpan(this.line.valueSpan, this.start);
  }
}

const moveSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** A text whose place in the source moves. */
export const moveCooked = ({ text, start, pieces }: JoinedText, by: number): JoinedText =>
  pieces ? { text, start: start + by, pieces } : { text, start: start + by };
