import { NEWEST_VERSION, OLDEST_VERSION } from "../facts/version.ts";
import { type ParsedCommands, parseExec } from "../syntax/commandLine.ts";
import type { AssignedLine } from "../syntax/tree.ts";
import { commandProblem } from "../values/command.ts";
import { memo } from "./memo.ts";

/** The commands of a line of Exec*=, split once for all who ask. */
export const commandLineOf: (line: AssignedLine) => ParsedCommands = memo(({ value }) => parseExec(value.text));

/** Whether nothing is wrong with such a line in any version, which is so of most; each is looked at once. */
export const isSoundLine: (line: AssignedLine) => boolean = memo((line) => {
  const { commands, error } = commandLineOf(line);
  return (
    !error &&
    commands.every(
      (command) =>
        !/[|!]/.test(command.prefixes) &&
        [OLDEST_VERSION, NEWEST_VERSION].every((version) => !commandProblem(command, version)) &&
        [command.path, ...command.args].every((word) => word.unknownEscapes.length === 0),
    )
  );
});
