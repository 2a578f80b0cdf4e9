import PROGRAMS from "../../../data/programs.json" with { type: "json" };

/**
 * The table of programs by the first character of their names, as a unit names programs of few of them: JSON of pairs, each a name
 * and a line with its kinds, traits, port, and whether the name is an ordinary word. Words of a column have a comma between.
 */
export type ProgramTable = Readonly<Record<string, string>>;

/** Made of the rows as they are written; the build replaces this module by one that has it made. */
export function makeProgramTable(): ProgramTable {
  const pairs = new Map<string, [name: string, line: string][]>();
  for (const { name, kinds, traits = [], port = "", generic } of PROGRAMS as readonly WrittenRow[]) {
    const letter = name.slice(0, 1);
    const line = [kinds.join(), traits.join(), port, generic ? "generic" : ""].join(" ").trimEnd();
    pairs.set(letter, [...(pairs.get(letter) ?? []), [name, line]]);
  }
  return Object.fromEntries([...pairs].map(([letter, all]) => [letter, JSON.stringify(all)]));
}

interface WrittenRow {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly traits?: readonly string[];
  readonly port?: number;
  readonly generic?: boolean;
}
