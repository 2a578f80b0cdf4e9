import { effective } from "../security/effective.ts";
import { startType } from "../security/refusals/verifyService.ts";
import type { Command } from "../syntax/commandLine.ts";
import type { Assignment } from "../syntax/tree.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import { hasForeignPrograms } from "./programCommands.ts";
import { type ProgramStart, programStart } from "./programStart.ts";
import { inForce } from "./settings.ts";

/** The command whose process is the service, with the line that it stands in, which may be that of a drop-in. */
export interface MainCommand {
  readonly node: Assignment;
  readonly command: Command;
  readonly start: ProgramStart;
  /** The type that systemd takes the service for. */
  readonly type: string;
}

/** The commands of ExecStart= of a service that systemd loads: one, but for Type=oneshot. */
export const mainCommands: (unit: Unit) => readonly MainCommand[] = memo((unit: Unit) => {
  if (unit.path.kind !== "service" || unit.path.role !== "unit") return [];
  const lines = inForce(unit, "ExecStart");
  if (lines.length === 0 || lines.length > MAX_LINES) return [];
  const { settings, refusal } = effective(unit);
  if (refusal) return [];
  const type = startType(settings);
  const files = hasForeignPrograms(unit) ? undefined : unit.defaults?.files;
  return lines.flatMap((node) =>
    commandLineOf(node.line)
      .commands.filter(({ prefixes }) => !prefixes.includes("|"))
      .map((command) => ({ node, command, type, start: programStart(commandWords(command), files) })),
  );
});

const MAX_LINES = 20;

/** The words of a command, without the name that the prefix `@` gives the process. */
export const commandWords = ({ prefixes, path, args }: Command): readonly string[] => [
  path.value,
  ...args.slice(prefixes.includes("@") ? 1 : 0).map((it) => it.value),
];
