import TABLE from "../../../data/written-paths.json" with { type: "json" };
import { lazy } from "../text/tables.ts";
import { systemPath } from "./paths.ts";
import { withoutVersion } from "./programNames.ts";
import { baseNameOf } from "./userCommands.ts";

/** What an option by its name says about the path that it takes. */
interface WrittenOption {
  readonly directory: boolean;
  /** Whether data that is only read has the same name, so that only places for data that changes tell. */
  readonly isLoose: boolean;
}

/** Whether an option by its name says where a program writes. */
export const isWritingOption = (option: string): boolean => writtenOption(option) !== undefined;

/** A path that an option or a word of a program has it write. */
interface OptionWrite {
  /** The option, or the word. */
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
const writtenOption = (option: string): WrittenOption | undefined =>
  option.length < 100 ? OPTIONS().find(([names]) => names.test(option))?.[1] : undefined;

const ROWS = lazy(() => TABLE.programs as readonly ProgramRow[]);

/** The paths that a known program writes, as its words name them. */
function knownWrites(program: string, args: readonly string[]): readonly OptionWrite[] {
  const names = [program, withoutVersion(program)];
  const rows = ROWS().filter((row) => row.names.split(" ").some((it) => names.includes(it)));
  return rows.flatMap((row) => args.flatMap((_, i) => writtenAt(row, args, i)));
}

function writtenAt(row: ProgramRow, args: readonly string[], i: number): readonly OptionWrite[] {
  const { options, after, directory } = row;
  const word = args[i] ?? "";
  if (after !== undefined)
    return word.startsWith("/") && args.slice(0, i).includes(after) ? [{ teller: after, path: word, directory }] : [];
  const [, option = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  if (!options?.split("|").includes(option)) return [];
  return [{ teller: option, path: value ?? args[i + 1] ?? "", directory }];
}

/** Where programs write; what an option names below /usr and /etc may come with them. */
export const WRITTEN_PLACE =
  /^\/(?!(?:usr|etc|bin|sbin|lib\w*|boot|efi|proc|sys|dev|tmp|var\/tmp|nix|gnu)(?:\/|$))[^/]+\/[^/]/;
/** The same for options and variables that are less clear: data that is only read lies elsewhere. */
export const OWN_PLACE = /^\/(?:var\/(?:lib|cache|log|spool)|run)\//;

/** What options have a program write: of one that is known what it says of them, else what their names do. */
export function optionWrites(program: string, args: readonly string[]): readonly OptionWrite[] {
  const known = knownWrites(baseNameOf(program), args).filter(({ path }) => WRITTEN_PLACE.test(systemPath(path)));
  const named = args.flatMap((arg, i) => {
    const [, teller = "", value = ""] = /^(-[^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    const path = value || (args[i + 1] ?? "");
    const option = writtenOption(teller);
    if (!option || !(option.isLoose ? OWN_PLACE : WRITTEN_PLACE).test(systemPath(path))) return [];
    return [{ teller, path, directory: option.directory && !DATABASE.test(path) }];
  });
  return [...known, ...named.filter((it) => !known.some(({ path }) => path === it.path))];
}

/** A file although its option names a directory as often. */
const DATABASE = /\.(?:db|sqlite\d?)$/i;
