import { type CliCommand, type CommandFacts, command } from "../command.ts";
import { bashCompletion } from "../completion/bash.ts";
import { fishCompletion } from "../completion/fish.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { UsageError } from "../option.ts";
import { ending } from "../outcome.ts";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
const NAMES = ["bash", "zsh", "fish"] as const;

/** The command of these commands, itself among them. */
export function completionCommand(commands: () => readonly CommandFacts[]): CliCommand {
  return command(
    {
      name: "completion",
      synopsis: ["completion bash|zsh|fish"],
      summary: "prints a script that completes commands and options in a shell",
      options: {},
      operands: { words: () => NAMES },
    },
    ({ operands }) => {
      const [word, ...rest] = operands;
      const shell = NAMES.find((it) => it === word);
      if (shell === undefined || rest.length > 0)
        throw new UsageError(`completion takes ${NAMES.join(", ")}, not ${operands.join(" ") || "nothing"}`);
      return ending([{ text: SHELLS[shell](commands()), as: "exact" }], [], false);
    },
  );
}
