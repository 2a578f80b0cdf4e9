import type { DirectiveName } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import type { AssignedLine } from "../syntax/tree.ts";
import { splitWords, type Word } from "../syntax/words.ts";
import { memo } from "./memo.ts";
import { linesInForce, type Unit } from "./unit.ts";

/** The words of a list value with their places, quotes taken off. */
export const placedWords = (value: string): readonly Word[] => splitWords(value, "quotes", MAX_WORDS).words;

/** The words of a list value, quotes taken off. */
export const listWords = (value: string): readonly string[] => placedWords(value).map((it) => it.value);

/** The words of a line of a list. */
export const wordsOn = memo(({ value }: AssignedLine): readonly string[] => listWords(value.text));

/** The words of a list that are in force, with those of the drop-ins; the same array as long as no line is touched. */
export function wordsInForce(unit: Unit, section: SectionName, name: DirectiveName): readonly string[] {
  return wordsIn(linesInForce(unit, section, name));
}

const wordsIn = memo((lines: readonly AssignedLine[]): readonly string[] => lines.flatMap(wordsOn));

/** More words than anyone writes in one value. */
export const MAX_WORDS = 1000;
