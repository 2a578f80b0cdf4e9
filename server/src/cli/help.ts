import { wrapped } from "../manual/plain.ts";
import { largest } from "../text/extremes.ts";
import type { CommandFacts } from "./command.ts";
import type { CommandOption } from "./option.ts";

/** Characters in a line of help, for the narrowest usual terminal. */
const WIDTH = 80;

/** Where the help of an option begins. */
const COLUMN = 26;

/** What the exit statuses mean, for the help and the documentation. */
export const EXIT_STATUS: readonly (readonly [status: number, meaning: string])[] = [
  [0, "nothing found at the --fail-on severity or above the threshold, nothing to change, or all of it written"],
  [1, "something found, a unit that systemd refuses, or changes that are not written"],
  [
    2,
    "wrong usage, an unknown code, key or argument, a file that cannot be read, changed or created, a folder or a run without files to judge, or a name without an explanation",
  ],
  [141, "the reader closed the pipe before anything was found"],
];

/** What the environment changes. */
export const ENVIRONMENT_VARIABLES: readonly (readonly [variable: string, meaning: string])[] = [
  ["NO_COLOR", "no colours, if it is set to something"],
  [
    "FORCE_COLOR",
    "colours in a file or pipe as well, if it is set to something but 0 or false; a diff for patch gets none",
  ],
  ["TERM", "no colours and no progress bar, if it is dumb"],
  ["UNIT_WARDEN_THREADS", "how many threads check and security use, in place of what suits the number of files"],
  ["MANPATH", "where explain looks for the manual pages of systemd first"],
];

/** How the program is called. */
export function programHelp(commands: readonly CommandFacts[]): string {
  return [
    usage(commands.flatMap((it) => it.synopsis)),
    table(commands.map(({ name, summary }) => [name, summary])),
    "unit-warden COMMAND --help explains a command and its options,\nunit-warden --version names the version\n",
    `exit status:\n${table(EXIT_STATUS.map(([status, meaning]) => [String(status), meaning]))}`,
    `environment:\n${table(ENVIRONMENT_VARIABLES)}`,
  ].join("\n");
}

/** How one command is called. */
export function commandHelp({ name, synopsis, summary, details, options }: CommandFacts): string {
  return [
    usage(synopsis),
    `${wrapped(`${name}: ${summary}`, WIDTH)}\n`,
    ...(details?.split("\n\n").map((it) => `${wrapped(it, WIDTH)}\n`) ?? []),
    table(Object.entries(options).map(([option, it]) => [written(option, it), it.help])),
  ].join("\n");
}

/** An option as it is written: `-h, --help`, `--format text|json`. */
export function written(name: string, { argument, short }: CommandOption): string {
  return `${short ? `-${short}, ` : ""}--${name}${argument === undefined ? "" : ` ${argument}`}`;
}

function usage(synopsis: readonly string[]): string {
  return `usage: ${synopsis.map((it) => `unit-warden ${it}`).join("\n       ")}\n`;
}

/** Rows of a term and what it means; a long term has a line of its own. */
function table(rows: readonly (readonly [term: string, meaning: string])[]): string {
  const column = Math.min(COLUMN, largest(rows.map(([term]) => term.length)) + 4);
  return rows
    .map(([term, meaning]) => {
      const [first = "", ...rest] = wrapped(meaning, WIDTH - column).split("\n");
      const lines =
        term.length + 4 > column ? [`  ${term}`, first, ...rest] : [`  ${term}`.padEnd(column) + first, ...rest];
      return lines.map((it, i) => `${i === 0 ? "" : " ".repeat(column)}${it}\n`).join("");
    })
    .join("");
}
