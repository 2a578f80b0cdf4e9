import type { Grammar, Piece, Trouble } from "../../grammar.ts";

/** A grammar that warns of a value that systemd accepts, but that hardly says what its writer means. */
export function doubted(grammar: Grammar, doubt: (value: Piece) => Trouble | undefined): Grammar {
  return {
    ...grammar,
    read(value, into) {
      let wrong = false;
      grammar.read(value, {
        ...into,
        problem(trouble, effect) {
          wrong = true;
          into.problem(trouble, effect);
        },
      });
      const trouble = wrong ? undefined : doubt(value);
      if (trouble) into.problem(trouble, "silent");
    },
  };
}
