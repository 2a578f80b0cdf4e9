import type { Command } from "../../syntax/commandLine.ts";
import type { AssignedLine } from "../../syntax/tree.ts";
import { type OnLine, onLines } from "../../units/lineLists.ts";
import { memo } from "../../units/memo.ts";
import { commandLineOf, isSoundLine } from "../../units/unitCommands.ts";
import { isBusName } from "../../values/busName.ts";
import { commandProblem } from "../../values/command.ts";
import { parseUnitName } from "../../values/unitName.ts";
import type { UnitSettings } from "../settings.ts";
import {
  type Assign,
  type Assignments,
  type Fault,
  type ReadingContext,
  splitValue,
  withSpecifiers,
} from "./assign.ts";

/** A command whose program is as systemd checks it: with its specifiers replaced. */
function withProgram(command: Command, context: ReadingContext): Command {
  if (!command.path.value.includes("%")) return command;
  const program = withSpecifiers(command.path.value, context);
  // A percent sign that is left is an ordinary character of the name.
  return program === undefined
    ? command
    : { ...command, path: { ...command.path, value: program.replaceAll("%", "_") } };
}

/** The commands of a line that systemd keeps, or why it refuses the unit. Follows config_parse_exec(), systemd 262. */
function commandsOf(line: AssignedLine, context: ReadingContext): { kept: number; fault?: Fault } {
  const { commands, error, broken } = commandLineOf(line);
  let kept = 0;
  for (const command of commands) {
    const problem = commandProblem(withProgram(command, context), context.version);
    if (problem) return command.prefixes.includes("-") ? { kept } : { kept, fault: problem.wording };
    kept++;
  }
  if (!error || !broken || broken.prefixes.includes("-")) return { kept };
  return { kept, fault: { message: "has a quote that is not closed" } };
}

const isSound = memo((line: AssignedLine): boolean => !line.value.text.includes("%") && isSoundLine(line));

function exec(field: "execStart" | "execStop" | undefined): Assign {
  return (settings, value, context, line = { value: { text: value, start: 0 } }) => {
    if (value === "" && field) settings[field] = 0;
    if (value === "") return undefined;
    if (isSound(line)) {
      if (field) settings[field] += commandLineOf(line).commands.length;
      return undefined;
    }
    const { kept, fault } = commandsOf(line, context);
    if (field) settings[field] += kept;
    return fault;
  };
}

/** Follows config_parse_bus_name(), systemd 257 to 262, which takes the numbered names of connections too. */
const busName: Assign = (settings, value, context) => {
  const name = withSpecifiers(value, context);
  if (name !== undefined && isBusName(name)) settings.busName = name;
  return undefined;
};

/** Follows config_parse_unit_deps(), systemd 257 to 262: names add up and no empty value takes them back. */
function dependencies(field: "onFailure" | "onSuccess"): Assign {
  return (settings: UnitSettings, value, context) => {
    for (const word of splitValue(value, "retain-plain").words) {
      const name = withSpecifiers(word, context);
      if (name !== undefined && parseUnitName(name)) settings[field].add(name);
    }
    return undefined;
  };
}

/** The commands of a service. */
export const SERVICE_COMMANDS: Assignments = {
  ExecCondition: exec(undefined),
  ExecStartPre: exec(undefined),
  ExecStart: exec("execStart"),
  ExecStartPost: exec(undefined),
  ExecReload: exec(undefined),
  ExecReloadPost: exec(undefined),
  ExecStop: exec("execStop"),
  ExecStopPost: exec(undefined),
  BusName: busName,
};

/** The commands of a socket. */
export const SOCKET_COMMANDS: Assignments = {
  ExecStartPre: exec(undefined),
  ExecStartPost: exec(undefined),
  ExecStopPre: exec(undefined),
  ExecStopPost: exec(undefined),
};

/** Commands that change no setting: systemd refuses the unit for them, or they do nothing here. */
export const ONLY_REFUSED: ReadonlySet<string> = new Set(
  [...Object.keys(SERVICE_COMMANDS), ...Object.keys(SOCKET_COMMANDS)].filter(
    (it) => !["ExecStart", "ExecStop", "BusName"].includes(it),
  ),
);

/** The lines among such commands that systemd may refuse. */
export function doubtfulCommands(lines: readonly AssignedLine[]): readonly AssignedLine[] {
  return linesOf(doubtful(lines));
}

const doubtful = onLines((line) => (isSound(line) ? NONE : [line]));
const linesOf = memo((all: readonly OnLine<AssignedLine>[]) => all.map((it) => it.found));
const NONE: readonly never[] = [];

/** The units that start when this one ends. */
export const UNIT_DEPENDENCIES: Assignments = {
  OnFailure: dependencies("onFailure"),
  OnSuccess: dependencies("onSuccess"),
};
