import { parseBoolean } from "../../boolean.ts";
import { type Meanings, switchSet, wordSet } from "../../enumerations/wordSet.ts";
import type { Term } from "../../grammar.ts";
import type { Enumeration } from "../../valueType.ts";

interface WordsOptions {
  /** Whether parse_boolean() is asked too. */
  readonly boolean?: true;
  /** Whether an empty value stands for the default instead of being wrong. */
  readonly resets?: true;
}

const SWITCH: Meanings = { yes: "", no: "" };

/** One word of a set with what each means; `routine` without `config_parse_`. */
export function choiceOfWords(
  routine: string,
  meanings: Meanings,
  { boolean, resets }: WordsOptions = {},
): Enumeration {
  const rest = { empty: resets ? "unset" : "invalid" } as const;
  return boolean ? switchSet(routine, { ...SWITCH, ...meanings }, rest) : wordSet(routine, meanings, rest);
}

/** A term, or a boolean instead. */
export const orYesNo = (term: Term): Term => ({
  form: term.form,
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [
      { text: "yes", role: "word" },
      { text: "no", role: "word" },
    ]);
    // What is both is a number; 0 and 1 are read before.
    if (parseBoolean(piece.text) === undefined || /^[01]$/.test(piece.text)) return term.read(piece, into);
    into.token(piece.from, piece.to, "word");
    return undefined;
  },
});
