import { Recent } from "../text/recent.ts";
import type { AssignmentContent } from "./setting.ts";

/** Longer lines are seldom met twice. */
const MAX_LENGTH = 200;

/**
 * Lines that whoever reads many files met lately. Equal lines are one object, wherever they stand, so that what was made of
 * one is known of the others; files of a fleet have most of their lines in common.
 */
export class LineTable {
  readonly #lines: Recent<string, AssignmentContent>;

  constructor(most: number) {
    this.#lines = new Recent(most);
  }

  /** The line with a text, blanks at both ends and all; undefined where none was met lately. */
  get(text: string): AssignmentContent | undefined {
    return this.#lines.get(text);
  }

  /** Remembers the line of a text. */
  set(text: string, line: AssignmentContent): void {
    if (text.length <= MAX_LENGTH) this.#lines.set(text, line);
  }
}
