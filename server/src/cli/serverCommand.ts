import { type CliCommand, type CommandFacts, command, type OptionValues } from "./command.ts";
import type { CommandOption } from "./option.ts";
import { UsageError } from "./option.ts";
import { type Ending, ending } from "./outcome.ts";

/** How a call of a server ends that main/ can start: there is nothing to print. */
export const READY_TO_SERVE: Ending = ending("", [], false);

/** A command whose server main/ runs; here its arguments are read, and refused where the server knows none such. */
export function serverCommand<O extends Readonly<Record<string, CommandOption>>>(
  facts: CommandFacts<O>,
  demand: (options: OptionValues<O>, given: readonly string[]) => void = () => undefined,
): CliCommand {
  return command(facts, ({ options, operands, given }) => {
    if (operands[0] !== undefined) throw new UsageError(`${facts.name} takes no ${operands[0]}`);
    demand(options, given);
    return READY_TO_SERVE;
  });
}
