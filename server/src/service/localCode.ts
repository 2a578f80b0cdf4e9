import { memo } from "../units/memo.ts";
import type { Facts } from "./facts.ts";
import { FROM_PACKAGE, isKnownByName } from "./kinds.ts";
import { isLauncher } from "./programNames.ts";
import { baseNameOf } from "./userCommands.ts";

type Programs = Facts["programs"];

/** Whether a command runs a script, an archive or a project of the directory that it works in. */
export const runsLocal = memo((programs: Programs): boolean => programs.some(isLocal));
const isLocal = memo((program: Programs[number]): boolean =>
  commandsOf(program).some((words) => {
    const { runner, rest } = runnerIn(words, program.names);
    if (runner === undefined) return startsLocally(words);
    return isLauncher(baseNameOf(runner)) || isRelative(fileOf(baseNameOf(runner), rest));
  }),
);

/**
 * Whether a command runs code that its interpreter looks for in the directory that it works in before it does elsewhere: a
 * module of Python that is not known by its name, or code that the command writes out.
 */
export const looksForCode = memo((programs: Programs): boolean =>
  programs.some((it) => !isKnownByName(it) && !STANDARD.test(it.args.join(" ")) && hasModule(it)),
);
const hasModule = memo((program: Programs[number]): boolean =>
  commandsOf(program).some((words) => {
    const { runner, rest } = runnerIn(words, program.names);
    if (runner === undefined || !/^(?:python|pypy)/.test(baseNameOf(runner))) return false;
    const end = rest.findIndex((it) => !it.startsWith("-"));
    return rest.slice(0, end < 0 ? undefined : end).some((it) => MODULE.test(it));
  }),
);

/** Modules of the standard library that are services. */
const STANDARD = /(?:^|\s)-m ?(?:http\.server|smtpd|asyncio|xmlrpc\.server|wsgiref\.simple_server)(?:\s|$)/;
const MODULE = /^-[a-zA-Z]*[cm]/;

/** Whether a line of a shell runs a program or script by a path outside of what packages bring. */
export const runsForeignLine = memo((programs: Programs): boolean => programs.some(hasForeignLine));
const hasForeignLine = memo((program: Programs[number]): boolean =>
  commandsOf(program)
    .slice(1)
    .some((words) => {
      const { runner, rest } = runnerIn(words, program.names);
      const file = runner === undefined ? undefined : fileOf(baseNameOf(runner), rest);
      return [words[0], file].some((it) => it?.startsWith("/") && !FROM_PACKAGE.test(it) && !it.startsWith("/etc/"));
    }),
);

/** The words of a command, and those of each command of a line that it has a shell run. */
const commandsOf = memo(({ path, args }: Programs[number]): readonly (readonly string[])[] => {
  const own = [path, ...args];
  const shell = own.findIndex((it) => /(?:^|\/)(?:ba|da|z|k|a)?sh$/.test(it));
  const switchAt =
    shell < 0 || shell > MAX_WRAPPERS ? -1 : own.findIndex((it, i) => i > shell && /^-[a-z]*c$/.test(it));
  const line = switchAt < 0 ? "" : (own[switchAt + 1] ?? "");
  if (line === "" || line.length > MAX_LINE) return [own];
  return [own.slice(0, switchAt), ...line.split(/[;&|\n(){}]+/).map(wordsOfPart)].filter((it) => it.length > 0);
});

/** The command of a part of a shell line, without the words of the shell before it. */
function wordsOfPart(part: string): readonly string[] {
  const words = part.trim().split(/\s+/);
  const at = words.findIndex(
    (it) => !/^(?:exec|if|then|else|elif|do|while|until|!|command|time|[A-Za-z_]\w*=.*)$/.test(it),
  );
  return at < 0 ? [] : words.slice(at);
}

/** More than anyone writes in one line of a shell. */
const MAX_LINE = 5000;
/** The words of a wrapper, such as env and its assignments, before an interpreter. */
const MAX_WRAPPERS = 8;

function runnerIn(
  words: readonly string[],
  names: readonly string[],
): { readonly runner?: string; readonly rest: readonly string[] } {
  const at = words.findIndex(
    (it) => names.includes(baseNameOf(it)) && (RUNS_FILES.test(it) || isLauncher(baseNameOf(it))),
  );
  const runner = at > MAX_WRAPPERS ? undefined : words[at];
  return runner === undefined ? { rest: [] } : { runner, rest: words.slice(at + 1) };
}

/** Whether a shell or a wrapper runs a program by a path below the directory that it works in; systemd itself does not. */
function startsLocally([program = "", ...args]: readonly string[]): boolean {
  const isWrapped = /^(?:env|nice|ionice|exec)$/.test(baseNameOf(program));
  return [program, ...(isWrapped ? args.slice(0, MAX_WRAPPERS) : [])].some((it) => /^\.\.?\/[\w./-]+$/.test(it));
}

/** The script or archive that an interpreter is told to run, or the first relative place of its classes. */
function fileOf(runner: string, rest: readonly string[]): string | undefined {
  const archive = rest.indexOf("-jar") + 1;
  if (archive > 0) return rest[archive];
  const classes = rest.findIndex((it) => CLASS_PATH.test(it)) + 1;
  if (classes > 0) return rest[classes]?.split(":").find((it) => isRelative(it) || it === "");
  const own = OWN_WORD.find(([of]) => of.test(runner))?.[1];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? "";
    if (!word.startsWith("-")) return word;
    if (own?.test(word)) i++;
    else if (HANDED.test(word)) return undefined;
  }
  return undefined;
}

const isRelative = (file: string | undefined): boolean => /^[\w.][\w./-]*$/.test(file ?? "");

/** Interpreters that take the name of a file. */
const RUNS_FILES =
  /^(?:\/.*\/)?(?:python|pypy|perl|ruby|node|nodejs|php|lua|luajit|java|deno|bun|mono|dotnet|tclsh|guile)[\d.]*$/;
/** Options with a word of their own that is not the script. */
const OWN_WORD: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:node|nodejs|bun)/, /^(?:-r|-C|--require|--import|--loader|--env-file|--conditions)$/],
  [/^(?:python|pypy)/, /^-[WX]$/],
  [/^ruby/, /^-[ICr]$/],
  [/^php/, /^-[cdz]$/],
];
const CLASS_PATH = /^(?:-cp|-classpath|--class-path|--module-path|-p)$/;
/** Options after which code or a module stands. */
const HANDED = /^-(?:[a-zA-Z]*[cemr]|-eval|p)$/;
