import PROGRAMS from "../../../data/programs.json" with { type: "json" };

/** The table of programs as JSON, by the first character of their names; a unit names programs of few of them. */
export type ProgramTable = Readonly<Record<string, string>>;

/** Made of the rows as they are written; the build replaces this module by one that has it made. */
export function makeProgramTable(): ProgramTable {
  const rows = new Map<string, string[]>();
  for (const { evidence: _, ...row } of PROGRAMS) {
    const letter = row.name.slice(0, 1);
    rows.set(letter, [...(rows.get(letter) ?? []), JSON.stringify(row)]);
  }
  return Object.fromEntries([...rows].map(([letter, all]) => [letter, `[${all.join(",")}]`]));
}
