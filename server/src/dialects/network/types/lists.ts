import { splitWords, type Word } from "../../../syntax/words.ts";
import { wordPiece } from "../../../values/combine.ts";
import type { Grammar } from "../../../values/grammar.ts";
import { issueAt } from "../../../values/piece.ts";
import { about } from "../../../values/wording.ts";

/** A list at blanks that may have so many words; what stands behind them is dropped. */
export function atMost(most: number, grammar: Grammar): Grammar {
  return {
    ...grammar,
    read(value, into) {
      grammar.read(value, into);
      const surplus: Word | undefined = splitWords(value.text, "plain", most + 1).words[most];
      if (!surplus) return;
      into.problem(
        issueAt(
          wordPiece(value, surplus),
          "value/number",
          about(value.text.slice(surplus.from, surplus.to), `is one word too many; at most ${most} are allowed`),
        ),
        "rest",
      );
    },
  };
}
