import TABLE from "../../../data/written-paths.json" with { type: "json" };
import { lazy } from "../text/tables.ts";
import { withoutVersion } from "./programNames.ts";

/** What an option by its name says about the path that it takes. */
export interface WrittenOption {
  readonly directory: boolean;
  /** Whether data that is only read has the same name, so that only places for data that changes tell. */
  readonly isLoose: boolean;
}

/** A path of a command that its program is known to write. */
interface KnownWrite {
  readonly teller: string;
  readonly path: string;
  readonly directory: boolean;
}

/** What a program writes: the paths of some options, or all paths after a word. Options fit whole. */
interface ProgramRow {
  readonly names: string;
  readonly options?: string;
  readonly after?: string;
  readonly directory: boolean;
}

const optionNamed = (words: readonly string[]): RegExp => new RegExp(`^--?(?:${words.join("|")})$`, "i");

const OPTIONS = lazy(() =>
  [TABLE.anywhere, TABLE.own].flatMap(({ directories, files }, i): readonly [RegExp, WrittenOption][] => [
    [optionNamed(directories), { directory: true, isLoose: i > 0 }],
    [optionNamed(files), { directory: false, isLoose: i > 0 }],
  ]),
);

/** What an option says of where its program writes; undefined where its name does not tell. */
export const writtenOption = (option: string): WrittenOption | undefined =>
  option.length < 100 ? OPTIONS().find(([names]) => names.test(option))?.[1] : undefined;

const ROWS = lazy(() => TABLE.programs as readonly ProgramRow[]);

/** The paths that a known program writes, as its words name them. */
export function knownWrites(program: string, args: readonly string[]): readonly KnownWrite[] {
  const names = [program, withoutVersion(program)];
  const rows = ROWS().filter((row) => row.names.split(" ").some((it) => names.includes(it)));
  return rows.flatMap((row) => args.flatMap((_, i) => writtenAt(row, args, i)));
}

function writtenAt(row: ProgramRow, args: readonly string[], i: number): readonly KnownWrite[] {
  const { options, after, directory } = row;
  const word = args[i] ?? "";
  if (after !== undefined)
    return word.startsWith("/") && args.slice(0, i).includes(after) ? [{ teller: after, path: word, directory }] : [];
  const [, option = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  if (!options?.split("|").includes(option)) return [];
  return [{ teller: option, path: value ?? args[i + 1] ?? "", directory }];
}
