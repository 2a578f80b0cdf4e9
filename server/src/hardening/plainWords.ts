import PLAIN from "../../../data/plain-words.json" with { type: "json" };
import type { ServiceMention } from "../service/mentions.ts";
import { lazy } from "../text/tables.ts";
import { formsOf, optionsIn, wordsOf } from "./phrases.ts";

/** How far the words of a unit are those of applications. */
export interface Plainness {
  /** Whether each word of its description is one of them, of any text or its own name, and each part of an option, too. */
  readonly all: boolean;
  /** Whether some word says more than that it is a service. */
  readonly some: boolean;
}

/** How plainly a unit speaks of an application, `knows` the words of other tables; what is not known may be about anything. */
export function plainnessOf(mentions: readonly ServiceMention[], knows: (word: string) => boolean): Plainness {
  const { small, words, options } = PLAIN_WORDS();
  const names = mentions
    .filter((it) => it.place === "name" || it.place === "program")
    .flatMap((it) => wordsOf(it.text));
  const isOwn = (word: string): boolean => names.some((it) => it.startsWith(word) || word.startsWith(it));
  const isTelling = (word: string): boolean => formsOf(word).some((it) => words.has(it));
  const isKnown = (word: string): boolean =>
    word.length < 3 || /^\d/.test(word) || formsOf(word).some((it) => words.has(it) || small.has(it) || knows(it));
  const isUsual = (part: string): boolean => isKnown(part) || formsOf(part).some((it) => options.has(it));
  const described = mentions.filter((it) => it.place === "description").flatMap((it) => wordsOf(it.text));
  const parts = mentions
    .filter((it) => it.place === "argument" && OPTION.test(it.text))
    .flatMap((it) =>
      optionsIn(it.text.replace(/(?<=[a-z])(?=[A-Z])/g, "-")).flatMap((option) => option.split(/[-._]/)),
    );
  return {
    all: described.every((it) => isKnown(it) || isOwn(it)) && parts.every(isUsual),
    some: described.some(isTelling),
  };
}

/** Options but those of the Java virtual machine. */
const OPTION = /^--?(?![XD])[a-z]/i;

const PLAIN_WORDS = lazy(() => ({
  small: setOf(PLAIN.small),
  words: setOf(PLAIN.words),
  options: setOf(PLAIN.options),
}));

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(" "));
