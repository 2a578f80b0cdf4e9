import type { Unchecked } from "../valueType.ts";

/** The value type of a C routine, named without `config_parse_`, whose grammar is only described for a reader. */
export function unchecked(routine: string, form: string): Unchecked {
  return { kind: "unchecked", routine: `config_parse_${routine}`, form };
}
