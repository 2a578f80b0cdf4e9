import type { Effect, Grammar, Piece, Problem, Reader, Trouble } from "../../grammar.ts";

interface WholeOptions {
  readonly form: string;
  readonly empty: Grammar["empty"];
  /** What follows from a trouble that does not say so itself. */
  readonly effect?: Effect;
}

/** The grammar of a value that its own function reads as a whole; `routine` without `config_parse_`. */
export function whole(
  routine: string,
  { form, empty, effect = "assignment" }: WholeOptions,
  read: (value: Piece, into: Reader) => Trouble | Problem | undefined,
): Grammar {
  return {
    kind: "grammar",
    routine: `config_parse_${routine}`,
    form,
    empty,
    read(value, into) {
      const trouble = read(value, into);
      if (trouble) into.problem(trouble, "effect" in trouble ? trouble.effect : effect);
    },
  };
}
