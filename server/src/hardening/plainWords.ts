import PLAIN from "../../../data/plain-words.json" with { type: "json" };
import type { ServiceMention } from "../service/mentions.ts";
import { lazy } from "../text/tables.ts";
import { formsOf, optionsIn, wordsOf } from "./phrases.ts";

/** How far the words of a unit are those of applications. */
export interface Plainness {
  /** Whether each word of its description is one of them, of any text or its own name, and each part of an option, too. */
  readonly all: boolean;
  /** Whether some word says more than that it is a service; beside a name that nobody knows not one for figures or clients. */
  readonly some: boolean;
  /** Whether it is its own name alone, which nobody knows, that stands for what it is about. */
  readonly opaque: boolean;
  /** Whether each part of the names of the unit, its programs and their folders is an ordinary word, too. */
  readonly names: boolean;
}

/** How plainly a unit speaks of an application, `knows` the words of other tables; what is not known may be about anything. */
export function plainnessOf(mentions: readonly ServiceMention[], knows: (word: string) => boolean): Plainness {
  const { small, words, options, forms } = PLAIN_WORDS();
  const names = mentions
    .filter((it) => it.place === "name" || it.place === "program")
    .flatMap((it) => wordsOf(it.text));
  const isOwn = (word: string): boolean => names.some((it) => it.startsWith(word) || word.startsWith(it));
  const isTelling = (word: string): boolean => formsOf(word).some((it) => words.has(it));
  const isForm = (word: string): boolean => formsOf(word).some((it) => forms.has(it));
  const isKnown = (word: string): boolean =>
    word.length < 3 || /^\d/.test(word) || formsOf(word).some((it) => words.has(it) || small.has(it) || knows(it));
  const isUsual = (part: string): boolean => isKnown(part) || formsOf(part).some((it) => options.has(it));
  const described = mentions.filter((it) => it.place === "description").flatMap((it) => wordsOf(it.text));
  const parts = mentions
    .filter((it) => it.place === "argument" && OPTION.test(it.text))
    .flatMap((it) =>
      optionsIn(it.text.replace(/(?<=[a-z])(?=[A-Z])/g, "-")).flatMap((option) => option.split(/[-._]/)),
    );
  const exporters = mentions
    .filter((it) => (it.place === "name" || it.place === "program") && EXPORTER.test(it.text))
    .flatMap((it) => wordsOf(it.text));
  const opaque = ![...described, ...exporters].every(isKnown);
  return {
    all: described.every((it) => isKnown(it) || isOwn(it)) && parts.every(isUsual),
    some: described.some((it) => isTelling(it) && !(opaque && isForm(it))),
    opaque,
    names: names.every(isKnown),
  };
}

/** What is named after what it reads. */
const EXPORTER = /[-_]exporter$/i;

/** Options but those of the Java virtual machine. */
const OPTION = /^--?(?![XD])[a-z]/i;

const PLAIN_WORDS = lazy(() => ({
  small: setOf(PLAIN.small),
  words: setOf(PLAIN.words),
  options: setOf(PLAIN.options),
  forms: setOf(PLAIN.forms),
}));

const setOf = (list: string): ReadonlySet<string> => new Set(list.split(" "));
