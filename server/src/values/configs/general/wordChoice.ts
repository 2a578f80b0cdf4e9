import { thoseIn } from "../../../facts/version.ts";
import { parseBoolean } from "../../boolean.ts";
import type { Issue, Term } from "../../grammar.ts";
import { type FixedWord, unknownWord } from "../../oneOf.ts";
import { wordTopic } from "../../piece.ts";
import { noValue } from "../../wording.ts";

interface ChoiceOptions {
  readonly words: readonly FixedWord[];
  /** Whether parse_boolean() is asked too; `yes` and `no` are offered where they are among the words. */
  readonly boolean?: true;
  /** For a reader; the words where missing. */
  readonly form?: string;
  /** What else may stand here. */
  readonly other?: Term;
}

/** Words by their names, each with what it means. */
export const meanings = (words: Readonly<Record<string, string>>): FixedWord[] =>
  Object.entries(words).map(([text, summary]) => ({ text, summary }));

/** One word of a set, a boolean, or something else. */
export function wordChoice({ words, boolean, form, other }: ChoiceOptions): Term {
  return {
    form: form ?? listed(words),
    read(piece, into) {
      const { from, to, text } = piece;
      const known = thoseIn(words, into.where.version);
      into.slot(from, to, () => known.map((it) => ({ ...it, role: "word" })));
      const word = known.find((it) => it.text === text);
      const isWord = word !== undefined || (boolean && parseBoolean(text) !== undefined);
      if (isWord) into.token(from, to, "word", word && wordTopic(text, word.summary ?? ""));
      const issue = isWord ? undefined : other?.read(piece, into);
      // What the other one says of a part, or of a thing of its kind that will not do, says more than all that may stand here.
      if (isWord || (other && !(issue?.from === from && issue.message === undefined))) return issue;
      return unknownWord(piece, issue?.code ?? CODE, noValue(piece, form ?? known.map((it) => it.text)), known, into);
    },
  };
}

const CODE: Issue["code"] = "value/enumeration";

function listed(words: readonly FixedWord[]): string {
  const all = words.map(({ text }) => `\`${text}\``);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}
