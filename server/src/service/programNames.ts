import { append } from "../text/append.ts";
/** What a command shows to run. */
export interface RunNames {
  /** The names of everything that it shows to run: wrappers, interpreters, scripts, modules, commands of a shell line. */
  readonly names: readonly string[];
  /** Whether it is a shell script, of which nothing shows what it runs. */
  readonly script: boolean;
}

/** Commands of a shell line that are looked at. */
const MAX_SHELL_COMMANDS = 100;
/** More letters than the name of any program has. */
const MAX_NAME = 255;

/** Programs that run the command after their own options. */
const WRAPPERS = new Set(
  (
    "env nice ionice chrt taskset numactl setpriv timeout stdbuf nohup setsid flock runuser su sudo doas start-stop-daemon " +
    "chpst softlimit setuidgid daemon dbus-run-session systemd-inhibit systemd-cat capsh setarch linux32 i386 unshare nsenter " +
    "chroot bwrap firejail exec extend-timeout.sh catchsegv strace xvfb-run authbind fakeroot cgexec prlimit time"
  ).split(" "),
);

/** How a launcher is called. */
interface Launcher {
  readonly language?: string;
  readonly verb?: RegExp;
}

/** Programs that run a command of a project, and in which language; `verb` where it stands after a word of theirs. */
const LAUNCHERS: ReadonlyMap<string, Launcher> = new Map<string, Launcher>([
  ...["bundle", "bundler", "rbenv"].map((it) => [it, { language: "ruby", verb: /^exec$/ }] as const),
  ...["poetry", "uv", "pipenv", "pdm", "hatch", "rye", "conda", "mamba", "micromamba"].map(
    (it) => [it, { language: "python", verb: /^run$/ }] as const,
  ),
  ["pyenv", { language: "python", verb: /^exec$/ }],
  ["uvx", { language: "python" }],
  ...["npx", "pnpx", "bunx"].map((it) => [it, { language: "node" }] as const),
  ...["npm", "pnpm", "yarn"].map((it) => [it, { language: "node", verb: /^(?:exec|dlx|x)$/ }] as const),
  ...["direnv", "mise", "asdf"].map((it) => [it, { verb: /^(?:exec|x)$/ }] as const),
  ["nix", { verb: /^(?:-c|--command)$/ }],
  ["nix-shell", { verb: /^--(?:run|command)$/ }],
]);

const SHELL = /^(?:ba|da|z|k|mk|c|tc|a)?sh$|^busybox$/;
const INTERPRETER =
  /^(?:python|pypy|perl|ruby|node|nodejs|php|lua|luajit|tclsh|wish|guile|mono|dotnet|deno|bun|java|Rscript|erl|escript|gjs|pwsh)$/;

/** The names after wrappers, interpreters and shells. */
export function namesRunBy(argv: readonly string[], depth = 0): RunNames {
  const [path, ...args] = argv;
  if (path === undefined || depth > 4) return { names: [], script: false };
  const name = baseName(path);
  const plain = withoutVersion(name);
  // Only this sets the clock; in the names of files the program is everywhere.
  if (name === "date" && !args.some((it) => /^(?:-s|--set\b.*|\d{8,12}(?:\.\d\d)?)$/.test(it)))
    return { names: [], script: false };
  if (SHELL.test(name)) {
    const inner = shellNames(args, depth);
    return { names: [name, ...inner.names], script: inner.script };
  }
  if (WRAPPERS.has(name)) {
    const at = commandIn(name, args);
    const inner = at < 0 ? { names: [], script: false } : namesRunBy(args.slice(at), depth + 1);
    const text = args[args.indexOf("-c") + 1];
    const line = args.includes("-c") && text !== undefined ? shellLine(text, depth) : { names: [], script: false };
    return { names: [name, ...inner.names, ...line.names], script: inner.script || line.script };
  }
  if (LAUNCHERS.has(name)) {
    const { language } = LAUNCHERS.get(name) ?? {};
    const inner = launched(name, args, depth);
    return { names: [name, ...(language === undefined ? [] : [language]), ...inner.names], script: inner.script };
  }
  const tool = MOUNTING.test(name) && args.some((it) => /^\w*mount\d?$/.test(it)) ? [`mount.${name}`] : [];
  if (tool.length > 0) return { names: [name, ...tool], script: false };
  if (INTERPRETER.test(plain)) return { names: [name, ...interpreted(args)], script: false };
  return { names: [name], script: isShellScript(path) };
}

/** Tools with many commands, of which one mounts a file system of their own. */
const MOUNTING = /^(?:rclone|juicefs|weed|blobfuse2)$/;

/** What a launcher runs; a module of Python too. */
function launched(name: string, args: readonly string[], depth: number): RunNames {
  const verb = LAUNCHERS.get(name)?.verb;
  const behind = verb === undefined ? 0 : args.findIndex((it) => verb.test(it)) + 1;
  const rest = behind === 0 && verb !== undefined ? [] : args.slice(behind);
  if (name === "nix-shell") return rest[0] === undefined ? { names: [], script: false } : shellLine(rest[0], depth);
  const dashes = rest.indexOf("--");
  const first = dashes >= 0 ? dashes + 1 : rest.findIndex((it, i) => !it.startsWith("-") && !isOfLauncher(rest[i - 1]));
  const at = name === "direnv" && dashes < 0 ? first + 1 : first;
  const module = rest.indexOf("-m");
  if (module >= 0 && (first < 0 || module < first)) return { names: interpreted(rest.slice(module)), script: false };
  const [command, ...more] = first < 0 ? [] : rest.slice(at);
  return command === undefined
    ? { names: [], script: false }
    : namesRunBy([command.replace(/(?<=\w)@[\w.^~-]+$/, ""), ...more], depth + 1);
}

/** Whether an option of a launcher takes the word after it. */
const isOfLauncher = (option: string | undefined): boolean =>
  /^-[npC]$|^--(?:with|with-requirements|python|project|directory|extra|group|env-file|name|prefix|package|filter|from)$/.test(
    option ?? "",
  );

/** Wrappers that take a word of their own before the command, such as a lock file, a time or a new root. */
const OPERAND: ReadonlySet<string> = new Set(["flock", "chroot", "timeout", "setuidgid", "capsh"]);

/**
 * Where the command of a wrapper begins: after `--` or, of env, after options and assignments; else at the first path,
 * known program or word that is no option, value or assignment.
 */
function commandIn(wrapper: string, args: readonly string[]): number {
  if (wrapper === "env") return behindEnv(args);
  const from = OPERAND.has(wrapper) ? args.findIndex((it) => !it.startsWith("-")) + 1 : 0;
  const isOwnValue = (i: number): boolean => i > 0 && /^-[ugGpUC]$|^--(?:user|group|chdir)$/.test(args[i - 1] ?? "");
  const isProgram = (it: string, i: number): boolean =>
    i >= from && !isOwnValue(i) && (it.startsWith("/") || isKnown(it) || args[i - 1] === "--");
  const at = args.findIndex(isProgram);
  return at >= 0 ? at : args.findIndex((it, i) => i >= from && !isOwnValue(i) && /^[A-Za-z][\w.-]*$/.test(it));
}

const isKnown = (word: string): boolean => WRAPPERS.has(word) || runsCodeOf(word);

/** Whether a program runs code that it is handed: a shell, an interpreter or a launcher of projects. */
export const runsCodeOf = (name: string): boolean =>
  LAUNCHERS.has(name) || SHELL.test(name) || INTERPRETER.test(withoutVersion(name));

/** The words of a command without the wrappers in front of it that become it, such as env and nice. */
export function unwrapped(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let i = 0; i < MAX_WRAPPERS; i++) {
    const name = baseName(rest[0] ?? "");
    const at = BECOMES.has(name) ? commandIn(name, rest.slice(1)) : -1;
    if (at < 0) return rest;
    rest = rest.slice(at + 1);
  }
  return rest;
}

const MAX_WRAPPERS = 4;
/** Wrappers whose process becomes that of the command. */
const BECOMES: ReadonlySet<string> = new Set(
  "env nice ionice chrt taskset numactl setpriv stdbuf nohup chpst softlimit setuidgid prlimit exec".split(" "),
);

/** env(1): options, some of them with a word of their own, then assignments, then the command. */
function behindEnv(args: readonly string[]): number {
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    if (word === "--") continue;
    if (/^-[uC]$|^--(?:unset|chdir)$/.test(word)) i++;
    else if (!word.startsWith("-") && !/^\w+=/.test(word)) return i;
  }
  return -1;
}

/** The script, module or archive that an interpreter runs. */
function interpreted(args: readonly string[]): string[] {
  const module = args[args.indexOf("-m") + 1];
  if (args.includes("-m") && module !== undefined) return [module.split(".")[0] ?? module, module];
  const file =
    args.find((it) => /\.(?:jar|war|dll|exe|phar|m?js|ts|py|pl|rb)$/.test(it)) ??
    args.find((it) => !it.startsWith("-"));
  return file === undefined ? [] : [baseName(file)];
}

function shellNames(args: readonly string[], depth: number): RunNames {
  const at = args.findIndex((it) => /^-[a-z]*c$/.test(it));
  const line = at < 0 ? undefined : args.slice(at + 1).find((it) => !/^[-+]/.test(it));
  if (line !== undefined) return shellLine(line, depth);
  const file = args.find((it) => !it.startsWith("-"));
  return { names: file === undefined ? [] : [baseName(file)], script: true };
}

/** Words of a shell that are no programs of their own. */
const BUILT_IN = new Set(
  (
    "if then else elif fi for do done while until case esac in ! [ [[ test true false : . source cd set unset export umask " +
    "ulimit echo printf read wait trap exit return shift eval local sleep"
  ).split(" "),
);

/** The names of the commands of a shell line; words in quotes are not looked into. */
function shellLine(line: string, depth: number): RunNames {
  const names: string[] = [];
  let script = false;
  for (const part of line.replace(/\$\(|`/g, ";").split(/[;&|\n(){}]+/, MAX_SHELL_COMMANDS)) {
    const words = part.trim().split(/\s+/);
    const at = words.findIndex((it) => !BUILT_IN.has(it) && !/^[A-Za-z_]\w*=/.test(it));
    const first = words[at]?.replace(/["']/g, "");
    if (first === undefined || !/^[\w/.%@+][\w/.%@+-]*$/.test(first) || !/[A-Za-z]/.test(first)) continue;
    const seen = namesRunBy([first, ...words.slice(at + 1)], depth + 1);
    append(names, seen.names);
    script ||= seen.script;
  }
  return { names, script };
}

function isShellScript(path: string): boolean {
  return /\.(?:sh|bash)$/.test(path) || /^\/etc\/(?:init|rc)\.d\//.test(path) || /^\/etc\/rc\.local$/.test(path);
}

/** Whether a program runs the commands of a project, such as npm and bundle. */
export const isLauncher = (name: string): boolean => LAUNCHERS.has(name);

/** The last part of a path, without its specifiers. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/%.$/, "");
}

/** A name as tables know it: `php-fpm8.2` is php-fpm, `python3.13` python. */
export function withoutVersion(name: string): string {
  if (name.length > MAX_NAME) return name;
  return name.replace(/[-_.]?v?\d[\d.]*$/, "") || name;
}
