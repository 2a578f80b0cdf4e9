import { thoseIn } from "../../../facts/version.ts";
import { parseBoolean } from "../../boolean.ts";
import type { Issue, Term } from "../../grammar.ts";
import { type FixedWord, unknownWord } from "../../oneOf.ts";
import { quoted, wordTopic } from "../../piece.ts";

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
export function choice({ words, boolean, form = listed(words), other }: ChoiceOptions): Term {
  return {
    form,
    read(piece, into) {
      const { from, to, text } = piece;
      const known = thoseIn(words, into.where.version);
      into.slot(from, to, () => known.map((it) => ({ ...it, role: "word" })));
      const word = known.find((it) => it.text === text);
      if (word) into.token(from, to, "word", wordTopic(text, word.summary ?? ""));
      else if (boolean && parseBoolean(text) !== undefined) into.token(from, to, "word");
      else if (other) return other.read(piece, into);
      else return unknownWord(piece, CODE, `takes ${form.replaceAll("`", "")}, not ${quoted(piece)}`, known, into);
      return undefined;
    },
  };
}

const CODE: Issue["code"] = "value/enumeration";

function listed(words: readonly FixedWord[]): string {
  const all = words.map(({ text }) => `\`${text}\``);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;
}
