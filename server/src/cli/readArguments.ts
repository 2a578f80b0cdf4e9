import { parseArgs } from "node:util";
import { nearest, nearestEnding } from "../text/nearest.ts";
import { type CommandOption, UsageError } from "./option.ts";

/** What follows the name of a command, apart. */
interface Arguments {
  /** What was written after each option, in order; for a switch as many empty texts as it was written. */
  readonly written: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/** Separates the options of a command from its operands; throws UsageError with the nearest option for one that there is not. */
export function readArguments(
  argv: readonly string[],
  command: string,
  options: Readonly<Record<string, CommandOption>>,
): Arguments {
  const known = Object.fromEntries(
    Object.entries(options).map(([name, { argument, short }]) => [
      name,
      { type: argument === undefined ? "boolean" : "string", multiple: true, ...(short && { short }) } as const,
    ]),
  );
  const { tokens, positionals } = parseArgs({ args: [...argv], options: known, strict: false, tokens: true });
  const written = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) throw new UsageError(unknownOption(argv[token.index] ?? name, command, Object.keys(options)));
    const { argument } = option;
    if (argument === undefined && value !== undefined) throw new UsageError(`--${name} takes no value, not ${value}`);
    if (argument !== undefined && value === undefined)
      throw new UsageError(`--${name} is followed by nothing: ${argument} is missing`);
    if (argument !== undefined && !inlineValue && value?.startsWith("-") && value.length > 1)
      throw new UsageError(
        `--${name} is followed by ${value}: ${argument} is missing; what begins with a dash is written --${name}=${value}`,
      );
    const values = written.get(name) ?? [];
    written.set(name, values);
    values.push(value ?? "");
  }
  return { written, operands: positionals };
}

/** An option as it was written, which may lack a dash. */
function unknownOption(word: string, command: string, names: readonly string[]): string {
  const [option = ""] = word.split("=");
  const [meant] = nearest(option.replace(/^-*/, ""), names);
  return `${command} has no option ${option}${nearestEnding(meant && `--${meant}`, "")}`;
}
