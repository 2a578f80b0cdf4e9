import type { AssignedLine } from "../syntax/tree.ts";
import { append } from "../text/append.ts";
import { asQuestion } from "../units/lasting.ts";
import { firstLines } from "../units/lineLists.ts";
import { memoBy } from "../units/memo.ts";
import { linesInForce, type Unit } from "../units/unit.ts";
import { commandLineOf } from "../units/unitCommands.ts";
import { namesRunBy, type RunNames } from "./programNames.ts";

/** One command of a service that runs inside its sandbox. */
export interface Program extends RunNames {
  /** The setting that runs it, such as `ExecStartPre`. */
  readonly setting: CommandSetting;
  /** The prefixes, such as `-` or `!`; a command with `+` is not one of these, as it runs outside the sandbox. */
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

/**
 * All commands of a service that its sandbox holds for, in the order in which systemd runs them; the same list as long as none
 * of them is touched, so that what is made of it can hang on it.
 */
export const programsOf: (unit: Unit) => readonly Program[] = asQuestion((unit) => {
  const lists = COMMAND_SETTINGS.map((it) => programsIn(linesInForce(unit, "Service", it), it));
  const all = unit.memory.query("programs", lists, (...each) => each.flat().slice(0, MAX_COMMANDS));
  const written = unit.memory.reuseEqual("programs that count", all);
  const { interpreters } = unit;
  if (!interpreters || interpreters.size === 0) return written;
  return unit.memory.query("programs and what runs them", [written, interpreters], interpreted);
});

/** A script is run by its interpreter, which is what needs the rights; its own name says what the service is. */
const interpreted = (programs: readonly Program[], by: ReadonlyMap<string, string>): readonly Program[] =>
  programs.map((program) => {
    const interpreter = by.get(program.path);
    if (interpreter === undefined) return program;
    const { names, script } = namesRunBy([...interpreter.split(/\s+/), program.path]);
    return { ...program, names: [...program.names, ...names], script: program.script || script };
  });

/** The programs on lines; those on the first ones are mostly enough, and are known again after an edit of a later one. */
function programsIn(lines: readonly AssignedLine[], setting: CommandSetting): readonly Program[] {
  const first = programsOnAll(firstLines(lines, MAX_COMMANDS), setting);
  return first.length >= MAX_COMMANDS ? first : programsOnAll(lines, setting);
}

const programsOnAll = memoBy((lines: readonly AssignedLine[], setting: CommandSetting): readonly Program[] => {
  const found: Program[] = [];
  for (const line of lines) {
    if (found.length >= MAX_COMMANDS) break;
    append(found, programsOn(line, setting));
  }
  return found;
});

const programsOn = memoBy((line: AssignedLine, setting: CommandSetting): readonly Program[] => {
  const inside = commandLineOf(line).commands.filter(({ prefixes }) => !prefixes.includes("+"));
  return inside.slice(0, MAX_COMMANDS).map(({ prefixes, path, args }): Program => {
    const words = args.slice(prefixes.includes("@") ? 1 : 0, MAX_COMMANDS).map((it) => it.value);
    const shell = prefixes.includes("|") ? ["sh", "-c", [path.value, ...words].join(" ")] : undefined;
    return { setting, prefixes, path: path.value, args: words, ...namesRunBy(shell ?? [path.value, ...words]) };
  });
});

/** Where the looking ends in units that nobody would write: commands of a setting or words of one. */
export const MAX_COMMANDS = 100;
