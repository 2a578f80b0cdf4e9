import { version } from "../../../package.json";
import type { ManualSource } from "../features/manual.ts";
import { COMMANDS, KNOWN_COMMANDS } from "./allCommands.ts";
import { finish, isBatch } from "./batch.ts";
import type { Work } from "./command.ts";
import { isErrand } from "./errand.ts";
import { commandHelp, programHelp } from "./help.ts";
import type { Host } from "./host.ts";
import { UsageError } from "./option.ts";
import { type Ending, ending, type Outcome, printed } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";
import type { Unwritten, WriteFailures } from "./writes.ts";

/** What is to be written before the program can end. */
interface Run {
  readonly writes: Unwritten["writes"];
  readonly end: (failures: WriteFailures) => Outcome;
}

/** Runs a command line without the program's name, up to what is to be written; nothing but results goes to standard output. */
export function run(
  argv: readonly string[],
  host: Host,
  terminal: Terminal,
  source?: Omit<ManualSource, "views">,
): Run {
  const begun = begin(argv, host, terminal, source);
  if (isErrand(begun)) return afterWork(wrong(`${argv[0]} acts on a machine, and there is none here`, ""), terminal);
  return afterWork(isBatch(begun) ? finish(begun, terminal.progress) : begun, terminal);
}

/** What is still to do for a command whose work is done. */
export function afterWork(done: Ending | Unwritten, terminal: Terminal): Run {
  if (!("end" in done)) return { writes: [], end: () => printed(done, terminal) };
  return { writes: done.writes, end: (failures) => printed(done.end(failures), terminal) };
}

/** Begins as `run` does, and leaves work over many files and errands to the caller. */
export function begin(
  argv: readonly string[],
  host: Host,
  terminal: Terminal,
  source?: Omit<ManualSource, "views">,
): Work {
  const [name, ...rest] = argv;
  if (name === undefined) return wrong(undefined, programHelp(KNOWN_COMMANDS));
  if (name === "--version") return ending(`unit-warden ${version}\n`, [], false);
  const isHelp = name === "--help" || name === "-h" || name === "help";
  const described = KNOWN_COMMANDS.find((it) => it.name === (isHelp ? rest[0] : name));
  if (isHelp) return help(described ? commandHelp(described) : programHelp(KNOWN_COMMANDS));
  const command = COMMANDS.find((it) => it === described);
  // The servers are run elsewhere, and come here for their help.
  if (described && !command) return help(commandHelp(described));
  if (!command) return wrong(`there is no command ${name}`, programHelp(KNOWN_COMMANDS));
  try {
    const outcome = command.run(rest, { host, terminal, source });
    return outcome === "help" ? help(commandHelp(command)) : outcome;
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return wrong(error.message, `${commandHelp(command)}\nunit-warden --help lists all commands\n`);
  }
}

const help = (text: string): Ending => ending(text, [], false);

/** How it ends where it is called wrongly: with what is wrong, and with how to call it. */
function wrong(problem: string | undefined, usage: string): Ending {
  return { ...ending("", problem === undefined ? [] : [problem], false), usage, status: 2 };
}

/** Ours, or one of parseArgs(), whose codes all begin alike. */
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
