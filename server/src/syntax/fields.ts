import { splitWords, type Word, type WordError, type WordFlags } from "./words.ts";

/** Splits a text into fields, as `splitWords` does with flags. */
export function splitFields(
  text: string,
  how: WordFlags,
  limit?: number,
): { fields: readonly Word[]; rest: number | undefined; error?: WordError } {
  const { words: fields, rest, error } = splitWords(text, how, limit);
  return { fields, rest, ...(error ? { error } : {}) };
}
