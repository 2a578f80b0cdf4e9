import { Recent } from "../text/recent.ts";
import type { AssignmentContent } from "./setting.ts";
import type { UnitFile } from "./tree.ts";

/** Longer lines are seldom met twice. */
const MAX_LENGTH = 200;

/** What is shorter is parsed sooner than compared. */
const LONG_TEXT = 8192;

/**
 * Lines that whoever reads many files met lately. Equal lines are one object, wherever they stand, so that what was made of
 * one is known of the others; files of a fleet have most of their lines in common.
 */
export class LineTable {
  readonly #lines: Recent<string, AssignmentContent>;
  #last: UnitFile | undefined;

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
  /** The file with a long text, where it was met last: whoever checks one file asks for its tree several times. */
  lastFile(text: string): UnitFile | undefined {
    return text.length >= LONG_TEXT && this.#last?.text === text ? this.#last : undefined;
  }

  /** Remembers a file until there is another one. */
  setLastFile(file: UnitFile): void {
    this.#last = file.text.length >= LONG_TEXT ? file : undefined;
  }
}
