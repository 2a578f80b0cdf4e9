import { commandLineOf } from "../units/commands.ts";
import { latest, once, remembered } from "../units/once.ts";
import { type Unit, valuesInForce } from "../units/unit.ts";
import { namesRunBy, type RunNames } from "./programNames.ts";

/** One command of a service that runs inside its sandbox. */
export interface Program extends RunNames {
  /** The setting that runs it, such as `ExecStartPre`. */
  readonly setting: CommandSetting;
  /** The prefixes, such as `-` or `!`; a command with `+` is none of these, as it runs outside of the sandbox. */
  readonly prefixes: string;
  /** The program as written. */
  readonly path: string;
  readonly args: readonly string[];
}

/** The settings of a service that run commands. */
export const COMMAND_SETTINGS = [
  "ExecCondition",
  "ExecStartPre",
  "ExecStart",
  "ExecStartPost",
  "ExecReload",
  "ExecStop",
  "ExecStopPost",
] as const;

type CommandSetting = (typeof COMMAND_SETTINGS)[number];

/** All commands of a service that its sandbox holds for, in the order in which systemd runs them. */
export function programsOf(unit: Unit): readonly Program[] {
  return ofAll(...COMMAND_SETTINGS.map((setting) => readers[setting].all(valuesInForce(unit, "Service", setting))));
}

const readers = Object.fromEntries(
  COMMAND_SETTINGS.map((setting) => [
    setting,
    { all: once((values: readonly string[]) => firstPrograms(setting, values)), one: programsIn(setting) },
  ]),
) as Readonly<Record<CommandSetting, Reader>>;

/** How the commands of one setting are read: all of a list, and those of one value. */
interface Reader {
  readonly all: (values: readonly string[]) => readonly Program[];
  readonly one: (value: string) => readonly Program[];
}

function firstPrograms(setting: CommandSetting, values: readonly string[]): readonly Program[] {
  const found: Program[] = [];
  for (const value of values) {
    if (found.length >= MAX_COMMANDS) break;
    found.push(...readers[setting].one(value));
  }
  return found;
}

const ofAll = latest((...lists: readonly (readonly Program[])[]): readonly Program[] =>
  lists.flat().slice(0, MAX_COMMANDS),
);

function programsIn(setting: CommandSetting): Reader["one"] {
  return remembered((value) => {
    const { commands } = commandLineOf(value);
    const inside = commands.filter(({ prefixes }) => !prefixes.includes("+"));
    return inside.slice(0, MAX_COMMANDS).map(({ prefixes, path, args }): Program => {
      const words = args.slice(prefixes.includes("@") ? 1 : 0, MAX_COMMANDS).map((it) => it.value);
      const shell = prefixes.includes("|") ? ["sh", "-c", [path.value, ...words].join(" ")] : undefined;
      return { setting, prefixes, path: path.value, args: words, ...namesRunBy(shell ?? [path.value, ...words]) };
    });
  });
}

/** Where the looking ends in units that nobody would write: commands of a setting or words of one. */
export const MAX_COMMANDS = 100;
