import type { ManualSource } from "../features/manual.ts";
import type { Batch } from "./batch.ts";
import type { Dialogue } from "./dialogue.ts";
import type { Errand } from "./errand.ts";
import type { Host } from "./host.ts";
import { COLOUR, type CommandOption, HELP, type Suggestions } from "./option.ts";
import type { Ending } from "./outcome.ts";
import { readArguments } from "./readArguments.ts";
import type { Terminal } from "./terminal.ts";
import type { Unwritten } from "./writes.ts";

type Options = Readonly<Record<string, CommandOption>>;

/** What a command is for and what it takes; its usage, help, completion and page of the documentation come from this. */
export interface CommandFacts<O extends Options = Options> {
  readonly name: string;
  /** The ways to call it, without the program's name. */
  readonly synopsis: readonly string[];
  /** One line, without a full stop. */
  readonly summary: string;
  /** More sentences for the help. */
  readonly details?: string;
  readonly options: O;
  /** What can be written besides the options. */
  readonly operands?: Suggestions;
}

/** The values of options by their names. */
export type OptionValues<O extends Options> = { readonly [K in keyof O]: ReturnType<O[K]["read"]> };

/** What a command was called with. */
interface Call<O extends Options> {
  readonly options: OptionValues<O>;
  readonly operands: readonly string[];
  /** The names of the options that were written. */
  readonly given: readonly string[];
  /** All words after the name of the command. */
  readonly words: readonly string[];
}

/** What a command works with. */
export interface Workplace {
  readonly host: Host;
  readonly terminal: Terminal;
  /** The manual, where the command wants one and there is one. */
  readonly source: Omit<ManualSource, "views"> | undefined;
}

/** What a command leaves to do: nothing, files to write, a batch of files, an errand on this machine, or questions to ask first. */
export type Work = Ending | Unwritten | Batch | Errand | Dialogue;

/** A command that can be run. */
export interface CliCommand extends CommandFacts {
  /** Runs it on what follows its name; "help" where that asks for help. Throws UsageError. */
  readonly run: (argv: readonly string[], place: Workplace) => Work | "help";
}

/** A command of its facts and of what it does with its options. */
export function command<O extends Options>(
  facts: CommandFacts<O>,
  run: (call: Call<O>, place: Workplace) => Work,
): CliCommand {
  const options: Options = { ...facts.options, color: COLOUR, help: HELP };
  return {
    ...facts,
    options,
    run(argv, place) {
      const { written, operands } = readArguments(argv, facts.name, options);
      if (written.has("help")) return "help";
      const read = Object.entries(options).map(([name, it]) => [
        name,
        it.read(written.get(name) ?? [], name, place.host),
      ]);
      const given = [...written.keys()];
      return run({ options: Object.fromEntries(read) as OptionValues<O>, operands, given, words: argv }, place);
    },
  };
}
