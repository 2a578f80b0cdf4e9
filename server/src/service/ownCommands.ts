import type { Command } from "../syntax/commandLine.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { Assignment } from "../syntax/tree.ts";
import type { Word } from "../syntax/words.ts";
import type { Span } from "../text/span.ts";
import { firstLines } from "../units/lineLists.ts";
import type { Unit } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import { isOwn } from "./linePlaces.ts";
import { COMMAND_SETTINGS, MAX_COMMANDS } from "./program.ts";
import { inForce, listLines } from "./settings.ts";
import type { linesThat } from "./userCommands.ts";

/** A command of the file with its line, inside the sandbox or not. */
export interface OwnCommand {
  readonly setting: (typeof COMMAND_SETTINGS)[number];
  readonly node: Assignment;
  readonly command: Command;
}

type Mattering = ReturnType<typeof linesThat>;

/** The commands of the lines of the file that matter to who asks, as innerCommands() has them, those with `+` too. */
export function ownCommands(
  unit: Unit,
  matters: Mattering,
  settings: readonly OwnCommand["setting"][] = COMMAND_SETTINGS,
): readonly OwnCommand[] {
  if (unit.path.kind !== "service" || unit.path.role !== "unit") return [];
  return settings.flatMap((setting) => {
    const places = matters(firstLines(listLines(unit, setting), MAX_COMMANDS));
    if (places.length === 0) return [];
    const nodes = inForce(unit, setting);
    return places.flatMap(({ at }) => {
      const node = nodes[at];
      if (!node || !isOwn(unit, node)) return [];
      return commandLineOf(node.line).commands.map((command) => ({ setting, node, command }));
    });
  });
}

/** Where a word of it stands. */
export const spanOfWord = ({ node }: Pick<OwnCommand, "node">, { from, to }: Pick<Word, "from" | "to">): Span =>
  sourceSpan(node.value, from, to);

/** A word as it is written, with its quotes. */
export const writtenWord = ({ node }: Pick<OwnCommand, "node">, { from, to }: Pick<Word, "from" | "to">): string =>
  node.text.slice(from, to);

/** The place of the script of `sh -c SCRIPT` among the arguments; -1 where the command is none. */
export function scriptAt({ path, args }: Command): number {
  if (!/(?:^|\/)(?:ba|da|z|k|mk|a)?sh$/.test(path.value)) return -1;
  const option = args.findIndex(({ value }) => /^-[a-z]*c$/.test(value));
  return option < 0 || option + 1 >= args.length ? -1 : option + 1;
}
