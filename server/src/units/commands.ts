import { OLDEST_VERSION } from "../facts/version.ts";
import { type ParsedCommands, parseExec } from "../syntax/exec.ts";
import { commandProblem } from "../values/command.ts";
import { remembered } from "./once.ts";

/** The commands of the value of an Exec*= assignment, split once for all who ask. */
export const commandLineOf: (value: string) => ParsedCommands = remembered(parseExec);

/** Whether nothing is wrong with a value of Exec*= in any version, which is so of most; each is looked at once. */
export const isSoundLine: (value: string) => boolean = remembered((value) => {
  const { commands, error } = commandLineOf(value);
  return (
    !error &&
    commands.every(
      (command) =>
        !/[|!]/.test(command.prefixes) &&
        !commandProblem(command, OLDEST_VERSION) &&
        [command.path, ...command.args].every((word) => word.unknownEscapes.length === 0),
    )
  );
});
