import { parseBoolean } from "../../../values/boolean.ts";
import type { Term } from "../../../values/grammar.ts";

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
