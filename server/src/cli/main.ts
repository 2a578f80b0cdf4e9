import type { ManualSource } from "../features/manual.ts";
import { COMMANDS, KNOWN_COMMANDS } from "./allCommands.ts";
import { type Batch, finish, isBatch } from "./batch.ts";
import { commandHelp, programHelp } from "./help.ts";
import type { Host } from "./host.ts";
import { UsageError } from "./option.ts";
import type { Outcome } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";
import type { Unwritten } from "./writes.ts";

/** Runs a command line without the program's name, up to what is to be written; nothing but results goes to standard output. */
export function run(
  argv: readonly string[],
  host: Host,
  terminal: Terminal,
  source?: Omit<ManualSource, "views">,
): Unwritten {
  const begun = begin(argv, host, terminal, source);
  return ended(isBatch(begun) ? finish(begun, terminal.progress) : begun);
}

/** What a command that is done found out, where it has nothing to write. */
export function ended(it: Outcome | Unwritten): Unwritten {
  return "end" in it ? it : { writes: [], end: () => it };
}

/** The same, but for work over many files, which is left to the caller. */
export function begin(
  argv: readonly string[],
  host: Host,
  terminal: Terminal,
  source?: Omit<ManualSource, "views">,
): Outcome | Unwritten | Batch {
  const [name, ...rest] = argv;
  const wrong = (problem: string, help: string): Outcome => ({ stdout: "", stderr: problem + help, status: 2 });
  if (name === undefined) return wrong("", programHelp(KNOWN_COMMANDS));
  const isHelp = name === "--help" || name === "-h" || name === "help";
  const described = KNOWN_COMMANDS.find((it) => it.name === (isHelp ? rest[0] : name));
  if (isHelp) return help(described ? commandHelp(described) : programHelp(KNOWN_COMMANDS));
  const command = COMMANDS.find((it) => it === described);
  // The language server is run elsewhere, and comes here for its help.
  if (described && !command) return help(commandHelp(described));
  if (!command) return wrong(`unit-warden: there is no command ${name}\n\n`, programHelp(KNOWN_COMMANDS));
  try {
    const outcome = command.run(rest, { host, terminal, source });
    return outcome === "help" ? help(commandHelp(command)) : outcome;
  } catch (error) {
    if (!isUsageError(error)) throw error;
    return wrong(
      `unit-warden: ${error.message}\n\n`,
      `${commandHelp(command)}\nunit-warden --help lists all commands\n`,
    );
  }
}

const help = (stdout: string): Outcome => ({ stdout, stderr: "", status: 0 });

/** Ours, or one of parseArgs(), whose codes all begin alike. */
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
