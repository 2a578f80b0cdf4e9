import type { FileReading, ProgramSign } from "../reading.ts";
import { SIGNS, type SignName } from "../sign.ts";

/** What a manifest says that a folder builds. */
export interface BuiltPrograms {
  /** Programs, modules and packages by their names. */
  readonly names: readonly string[];
  /** Scripts that are started, as paths from the folder. */
  readonly scripts: readonly string[];
}

export const BUILDS_NOTHING: BuiltPrograms = { names: [], scripts: [] };

/** Something that source names, with its line from 1. */
export interface NamedPart {
  readonly name: string;
  readonly line: number;
}

/** What a part may start or load is not known to be started: these would leave open whatever is not read. */
const UNSURE: readonly SignName[] = ["exec", "plugins", "interpreter"];

/** A file of source with what the parts that it names speak of, each sign once. */
export function manifestReading(
  path: string,
  parts: readonly NamedPart[],
  signsOf: (name: string) => readonly SignName[],
  notes: readonly string[] = [],
): FileReading {
  const signs = new Map<SignName, ProgramSign>();
  for (const { name, line } of parts)
    for (const sign of signsOf(name))
      if (sign in SIGNS && !UNSURE.includes(sign) && !signs.has(sign))
        signs.set(sign, { sign, form: "text", what: name, line });
  const noted = notes.length > 0 ? { notes } : {};
  return { path, form: "source", own: true, signs: [...signs.values()], paths: [], hides: [], ...noted };
}

/** The same file with one sign more, of its first line that says so. */
export const withSign = (reading: FileReading, sign: SignName, what: string, line = 1): FileReading => ({
  ...reading,
  signs: [...reading.signs, { sign, form: "text", what, line }],
});
