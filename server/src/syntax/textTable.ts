import { Recent } from "../text/recent.ts";

/** What was made of a text, or of another one that says the same. */
export interface Tabled<T> {
  readonly value: T;
  /** How many characters further on in the text stands what the value speaks of; below zero for further back. */
  readonly shift: number;
  /** Where in the text of the value the part begins that the texts have in common. */
  readonly start: number;
}

/** Longer texts are seldom met twice. */
const MAX_LENGTH = 8192;

/**
 * Comments at the top in plain words, which say nothing to a manager, such as whose machine a file is for. What may be a
 * placeholder, an address or a word to us is none.
 */
const HEAD = /^(?:(?:[#;][\w ,.:;'"()/=!?*&#+-]{0,200})?\n)+/;
const OURS = "unit-warden";

/** How many characters of a text are such comments. */
function headOf(text: string): number {
  const head = HEAD.exec(text.slice(0, MAX_LENGTH))?.[0] ?? "";
  return head.includes(OURS) ? 0 : head.length;
}

/** More texts than these are not told from others. */
const MOST_TEXTS = 1 << 18;

/** Which texts were met more than once, but for comments at their tops: a few bytes for each. */
export class RepeatedTexts {
  readonly #once = new Set<number>();
  readonly #again = new Set<number>();

  /** Notes that a text was met, and says whether it was before. */
  note(text: string): boolean {
    const number = numberOf(text);
    if (this.#once.has(number)) this.#again.add(number);
    else if (this.#once.size < MOST_TEXTS) this.#once.add(number);
    return this.#again.has(number);
  }

  /** Whether it was noted more than once; true of some others. */
  has(text: string): boolean {
    return this.#again.has(numberOf(text));
  }
}

/** A number of what texts have in common. */
function numberOf(text: string): number {
  let number = 0;
  const end = Math.min(text.length, MAX_LENGTH);
  for (let at = headOf(text); at < end; at++) number = (Math.imul(number, 31) + text.charCodeAt(at)) | 0;
  return number;
}

/**
 * What was made of texts that whoever reads many files met lately. Texts that differ in comments at their top alone, as those
 * that one tool writes for many machines, are one, and these comments have as many lines in all of them.
 */
export class TextTable<T> {
  readonly #known: Recent<string, { readonly value: T; readonly head: number }>;
  readonly #isKept: (text: string) => boolean;

  /** What is made of a text is kept where it is worth that. */
  constructor(most: number, isKept: (text: string) => boolean = () => true) {
    this.#known = new Recent(most);
    this.#isKept = isKept;
  }

  /** What `make` makes of the text, and is told whether it is kept; `as` is all besides the text that decides on it. */
  of(as: string, text: string, make: (isKept: boolean) => T): Tabled<T> {
    if (text.length > MAX_LENGTH || !this.#isKept(text)) return { value: make(false), shift: 0, start: 0 };
    const start = headOf(text);
    const key = `${as}\n${linesIn(text, start)}\n${text.slice(start)}`;
    const known = this.#known.get(key);
    if (known) return { value: known.value, shift: start - known.head, start: known.head };
    const value = make(true);
    this.#known.set(key, { value, head: start });
    return { value, shift: 0, start };
  }
}

function linesIn(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
