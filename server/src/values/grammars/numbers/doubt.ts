import type { Grammar, Issue, Piece } from "../../grammar.ts";

/** A grammar that warns of a value that systemd accepts, but that hardly says what its writer means. */
export function doubted(grammar: Grammar, doubt: (value: Piece) => Issue | undefined): Grammar {
  return {
    ...grammar,
    read(value, into) {
      let wrong = false;
      grammar.read(value, {
        ...into,
        problem(issue, effect) {
          wrong = true;
          into.problem(issue, effect);
        },
      });
      const issue = wrong ? undefined : doubt(value);
      if (issue) into.problem(issue, "silent");
    },
  };
}
