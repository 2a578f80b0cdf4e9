import { version } from "../../../package.json";
import type { ManualSource } from "../features/manual.ts";
import { nearest, nearestEnding } from "../text/nearest.ts";
import { KNOWN_COMMANDS } from "./allCommands.ts";
import { finish, isBatch } from "./batch.ts";
import { afterWork, beginCommand, help, type Run, wrong } from "./begin.ts";
import type { Work } from "./command.ts";
import { isDialogue, NOBODY_ASKED } from "./dialogue.ts";
import { isErrand } from "./errand.ts";
import { commandHelp, programHelp } from "./help.ts";
import type { Host } from "./host.ts";
import { ending } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";

/** Runs a command line without the program's name, up to what is to be written; nothing but results goes to standard output. */
export function run(
  argv: readonly string[],
  host: Host,
  terminal: Terminal,
  source?: Omit<ManualSource, "views">,
): Run {
  const begun = begin(argv, host, terminal, source);
  if (isErrand(begun)) return afterWork(wrong(`${argv[0]} acts on a machine, and there is none here`, ""), terminal);
  if (isDialogue(begun)) return afterWork(wrong(`${argv[0]}: ${NOBODY_ASKED}`, ""), terminal);
  return afterWork(isBatch(begun) ? finish(begun, terminal.progress) : begun, terminal);
}

/** Begins as `run` does, and leaves work over many files and errands to the caller. */
export function begin(
  argv: readonly string[],
  host: Host,
  terminal: Terminal,
  source?: Omit<ManualSource, "views">,
): Work {
  const [name, ...rest] = argv;
  const names = KNOWN_COMMANDS.map((it) => it.name);
  if (name === undefined) return wrong(`name a command: ${names.join(", ")}`, ALL_HELP);
  if (name === "--version") return ending(`unit-warden ${version}\n`, [], false);
  const isHelp = name === "--help" || name === "-h" || name === "help";
  const command = KNOWN_COMMANDS.find((it) => it.name === (isHelp ? rest[0] : name));
  if (isHelp && rest[0] === undefined) return help(programHelp(KNOWN_COMMANDS));
  if (isHelp && command) return help(commandHelp(command));
  if (!command) return wrong(unknownCommand((isHelp && rest[0]) || name, names), ALL_HELP);
  return beginCommand(command, rest, { host, terminal, source });
}

const ALL_HELP = "unit-warden --help lists all commands";

/** What is said of a word that is no command: it may be the path that a command was meant for. */
function unknownCommand(word: string, names: readonly string[]): string {
  const [near] = nearest(word.replace(/^-+/, ""), [...names, "help", "version"]);
  const meant = near && (["help", "version"].includes(near) ? `--${near}` : near);
  const path = /[./]/.test(word) ? `check ${word}` : undefined;
  return `there is no command ${word}${nearestEnding(meant ?? path, "")}`;
}
