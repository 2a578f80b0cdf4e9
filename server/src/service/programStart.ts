import PROCESSES from "../../../data/processes.json" with { type: "json" };
import type { ProgramFiles } from "../program/files.ts";
import { lazy } from "../text/tables.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { detachedBy } from "./containers/podmanArgs.ts";
import { unwrapped, withoutVersion } from "./programNames.ts";
import { type ShellEnd, shellEnd } from "./shellEnd.ts";

/** What is known of how a program runs as a process. Patterns fit whole words of its command line. */
export interface ProcessRow {
  /** Names without a version, separated by blanks. */
  readonly names: string;
  /** Where it runs unless its words say otherwise. */
  readonly starts: "background" | "foreground" | "unknown";
  /** What sends it to the background, and what stands there instead to keep it in the foreground. */
  readonly detach?: string;
  readonly instead?: string;
  /** What keeps it in the foreground, and what to add for that. */
  readonly stay?: string;
  readonly add?: string;
  /** What does another job, such as a check of the configuration. */
  readonly other?: string;
  /** The statement of its configuration that decides otherwise, with its usual file and the option that names another one. */
  readonly configured?: string;
  readonly file?: string;
  readonly option?: string;
  /** Whether it sends READY=1: never, where these words say so, or as the application that it runs decides. */
  readonly notify?: string;
  readonly unnotified?: string;
  /** It runs until it is stopped. */
  readonly server?: boolean;
  /** It keeps data that it writes out when it is stopped. */
  readonly data?: boolean;
  /** A language whose applications run in it. */
  readonly runtime?: string;
  /** SIGHUP ends it unless an application handles that. */
  readonly sighup?: string;
  /** Threads, GiB of address space and open files that it does not start without. */
  readonly threads?: number;
  readonly space?: number;
  readonly files?: number;
}

const ROWS = lazy(
  (): ReadonlyMap<string, ProcessRow> =>
    new Map(
      (PROCESSES as readonly ProcessRow[]).flatMap((row) => row.names.split(" ").map((it) => [it, row] as const)),
    ),
);

/** What is known of a program by its path or name; scripts below /etc are named after what they work on. */
export function processRow(program: string): ProcessRow | undefined {
  if (program.startsWith("/etc/")) return undefined;
  const name = program.slice(program.lastIndexOf("/") + 1);
  return ROWS().get(name) ?? ROWS().get(withoutVersion(name));
}

/** How the process of a command goes on. */
export interface ProgramStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly row: ProcessRow | undefined;
  /** `elsewhere`: it hands the work to a daemon of containers and ends. */
  readonly manner: "background" | "elsewhere" | "foreground" | "unknown";
  /** The words that decide; missing where it does so by itself. */
  readonly by?: string;
  /** Whether its configuration may decide otherwise. */
  readonly mayDiffer: boolean;
  /** Set where the command is a line of a shell. */
  readonly shell?: ShellEnd;
}

/** How a command goes on, behind wrappers such as env and a line that it has a shell run. */
export function programStart(words: readonly string[], files?: ProgramFiles): ProgramStart {
  const [program = "", ...args] = unwrapped(words);
  const line = shellLineOf(program, args) ?? scriptOf(program, args, files);
  if (line === undefined) return startOf(program, args, files);
  const shell = shellEnd(line);
  if (shell?.kind === "background") return { ...UNKNOWN, program, args, manner: "background", by: "&", shell };
  if (shell?.kind !== "last") return { ...UNKNOWN, program, args, ...(shell && { shell }) };
  const [inner = "", ...rest] = unwrapped(shell.words);
  return { ...startOf(inner, rest, files), shell };
}

/** What a script has a shell do, where its file is at hand and short. */
function scriptOf(program: string, args: readonly string[], files: ProgramFiles | undefined): string | undefined {
  const path = SHELL.test(program) ? (args[0] ?? "") : program;
  if (!files || !path.startsWith("/") || /[$%]/.test(path)) return undefined;
  const bytes = files.read(path, 0, MAX_SCRIPT + 1);
  if (!bytes || bytes.length > MAX_SCRIPT) return undefined;
  const text = decodeUtf8(bytes);
  if (!/^#![ \t]*\S{0,100}\b(?:ba|da|k)?sh\b/.test(text)) return undefined;
  return text.replace(/^[ \t]*#.*$/gm, "");
}

/** Longer ones do more than start something. */
const MAX_SCRIPT = 4000;
const SHELL = /(?:^|\/)(?:ba|da|z|k)?sh$/;

const UNKNOWN = { row: undefined, manner: "unknown", mayDiffer: false } as const;

/** What a shell is told to run after `-c`. */
export function shellLineOf(program: string, args: readonly string[]): string | undefined {
  if (!SHELL.test(program)) return undefined;
  const at = args.findIndex((it) => /^-[a-z]*c$/.test(it));
  return at < 0 || at > 2 ? undefined : args[at + 1];
}

function startOf(program: string, args: readonly string[], files: ProgramFiles | undefined): ProgramStart {
  const base = { program, args, row: undefined, mayDiffer: false };
  const detached = detachedBy([program, ...args]);
  if (detached !== undefined) return { ...base, manner: "elsewhere", by: detached };
  const known = processRow(program);
  const script = known?.runtime === undefined ? undefined : args.find((it) => !it.startsWith("-"));
  const row = script?.startsWith("/") ? (processRow(script) ?? known) : known;
  if (!row) return { ...base, manner: "unknown" };
  return { ...base, row, ...mannerOf(row, args, files) };
}

function mannerOf(row: ProcessRow, args: readonly string[], files: ProgramFiles | undefined) {
  const line = args.join(" ");
  const isOpen = args.some((it) => it.startsWith("$"));
  if (found(row.other, line) !== undefined) return { manner: "unknown", mayDiffer: false } as const;
  const stays = found(row.stay, line);
  if (stays !== undefined) return { manner: "foreground", by: stays, mayDiffer: false } as const;
  const detaches = found(row.detach, line);
  if (detaches !== undefined) return { manner: "background", by: detaches, mayDiffer: false } as const;
  if (isOpen) return { manner: "unknown", mayDiffer: false } as const;
  const configured = configuredIn(row, args, files);
  if (configured === true) return { manner: "unknown", mayDiffer: false } as const;
  return { manner: row.starts, mayDiffer: row.configured !== undefined && configured === undefined };
}

/** The words of a command line that a pattern fits. */
export const found = (pattern: string | undefined, line: string): string | undefined =>
  pattern === undefined ? undefined : patternOf(pattern).exec(line.slice(0, MAX_LINE))?.[1];

/** More than any command line of a daemon has. */
const MAX_LINE = 2000;
const PATTERNS = new Map<string, RegExp>();
function patternOf(pattern: string): RegExp {
  const known = PATTERNS.get(pattern) ?? new RegExp(`(?:^| )(${pattern})(?= |$)`, "s");
  PATTERNS.set(pattern, known);
  return known;
}

/** Whether the configuration of a program has the statement that decides; undefined where it cannot be read. */
function configuredIn(row: ProcessRow, args: readonly string[], files: ProgramFiles | undefined): boolean | undefined {
  if (row.configured === undefined || row.file === undefined || !files) return undefined;
  const named = args[args.indexOf(row.option ?? "") + 1];
  const path = row.option !== undefined && args.includes(row.option) && named !== undefined ? named : row.file;
  const bytes = path.startsWith("/") ? files.read(path, 0, MAX_FILE) : undefined;
  if (!bytes) return undefined;
  const words = row.configured.split(/\s+/).map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^[ \\t]*${words.join("[ \\t]+")}`, "m").test(decodeUtf8(bytes));
}

const MAX_FILE = 200_000;
