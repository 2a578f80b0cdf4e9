import { messageWithPath } from "./attempts.ts";
import type { CliCommand, Work, Workplace } from "./command.ts";
import { isDialogue } from "./dialogue.ts";
import type { WriteFailures } from "./fileWrite.ts";
import { commandHelp } from "./help.ts";
import { UsageError } from "./option.ts";
import { type Ending, ending, type Outcome, printed } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";
import type { Unwritten } from "./writes.ts";

/** What is to be written before the program can end. */
export interface Run {
  readonly writes: Unwritten["writes"];
  readonly end: (failures: WriteFailures) => Outcome;
}

/** Begins one command on what follows its name, and leaves work over many files and errands to the caller. */
export function beginCommand(command: CliCommand, argv: readonly string[], place: Workplace): Work {
  try {
    // What is known of a host is kept by that object: the next run has another one, and sees what changed.
    const outcome = command.run(argv, { ...place, host: { ...place.host } });
    if (outcome === "help") return help(commandHelp(command));
    if (!isDialogue(outcome)) return outcome;
    return { talk: (asker) => outcome.talk(asker).catch((error: unknown) => failed(command, error)) };
  } catch (error) {
    return failed(command, error);
  }
}

/** How a command ends that throws what its reader has to know. */
function failed(command: CliCommand, error: unknown): Ending {
  if (isOfSystem(error)) return ending("", [messageWithPath(error)], false);
  if (!(error instanceof UsageError)) throw error;
  return wrong(error.message, `unit-warden ${command.name} --help lists its options`);
}

/** What is still to do for a command whose work is done. */
export function afterWork(done: Ending | Unwritten, terminal: Terminal): Run {
  if (!("end" in done)) return { writes: [], end: () => printed(done, terminal) };
  return { writes: done.writes, end: (failures) => printed(done.end(failures), terminal) };
}

/** How it ends where help was asked for. */
export const help = (text: string): Ending => ending(text, [], false);

/** How it ends where it is called wrongly: with what is wrong, and with where help is. */
export function wrong(problem: string, hint: string): Ending {
  return { ...ending("", [problem], false), hint, status: 2 };
}

/** Such as of a path that may not be looked at. */
const isOfSystem = (error: unknown): boolean => error instanceof Error && "syscall" in error;
