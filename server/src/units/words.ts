import { splitWords, type Word } from "../syntax/words.ts";
import { remembered } from "./once.ts";

/** The words of a list value with their places, quotes taken off; each value is split once for all who ask. */
export const placedWords: (value: string) => readonly Word[] = remembered(
  (value) => splitWords(value, "quotes", MAX_WORDS).words,
);

/** The words of a list value, quotes taken off. */
export const listWords: (value: string) => readonly string[] = remembered((value) =>
  placedWords(value).map((it) => it.value),
);

/** More words than anyone writes in one value. */
export const MAX_WORDS = 1000;
