import type { SignName } from "../sign.ts";
import { signsOfCommand, wrappedIn } from "./commandTable.ts";
import type { ScriptFindings } from "./findings.ts";
import { type Interpreter, interpretedCode, interpreterOf } from "./interpreters.ts";
import { pathFrom, type ScriptWalk } from "./scriptWalk.ts";
import { PLACES, UNKNOWN } from "./shellValues.ts";

/** Commands that a shell does by itself. */
const BUILT_IN = new Set(
  (
    ". : [ [[ alias bg bind break builtin caller cd command compgen complete continue declare dirs echo enable eval exec exit " +
    "export false fc fg getopts hash help history jobs let local logout popd printf pushd pwd read readarray mapfile readonly " +
    "return set shift shopt source suspend test times trap true type typeset ulimit umask unalias unset wait kill time"
  ).split(" "),
);
const MAX_DEPTH = 8;

/** Where commands stand, and what is done with what they name. */
export interface CommandPlace {
  readonly findings: ScriptFindings;
  readonly walk: ScriptWalk;
  readonly line: number;
  /** Folders in which a relative path may be meant. */
  readonly folders: readonly string[];
  /** Whether what a command reads from its input stands in the script. */
  readonly hasInput?: boolean;
  /** A value that is not known whole, with the reason, as the end of "runs …". */
  describe(value: string): string;
  /** Whether a value is only of variables that nothing sets, which the shell leaves out. */
  isUnset(value: string): boolean;
  /** Reads a line for a shell. */
  shellLine(line: string): void;
  /** Reads code of another language that stands in the command. */
  code(interpreter: Interpreter, text: string): void;
}

/** Notes what a command runs and does; its words are values, in which parts may be unknown. */
export function noteCommand(argv: readonly string[], place: CommandPlace, depth = 0): void {
  const [first = "", ...args] = argv;
  const { findings, walk, line } = place;
  if (first === "" || depth > MAX_DEPTH || /^[-{[]/.test(first)) return;
  const name = first.slice(first.lastIndexOf("/") + 1);
  // A line that is put together may begin with what it sets.
  if (/^\w*(?:\[[^\]]*\])?\+?=/.test(first.replace(PLACES, "x"))) return;
  if (name.includes(UNKNOWN)) {
    findings.hide(`runs ${place.describe(first)}`);
    if (place.isUnset(first)) noteCommand(args, place, depth + 1);
    return;
  }
  if (first.includes(UNKNOWN)) findings.hide(`runs ${place.describe(first)}`);
  if (!isCommandName(name)) return;
  for (const it of signsOfCommand(name, args)) findings.sign(it, "command", name, line);
  if (name === "tee") for (const it of args) noteWriting(it, place);
  if (name === "dd") for (const it of args) if (it.startsWith("of=")) noteWriting(it.slice(3), place);
  const isBuiltIn = first === name && BUILT_IN.has(name);
  if (!isBuiltIn) findings.sign("exec", "command", name, line);
  const interpreter = interpreterOf(name);
  if (interpreter && (interpreter.shows.length > 0 || interpreter.form !== "other script"))
    noteInterpreted(first, interpreter, args, place);
  else if (!isBuiltIn) walk.start(first.includes(UNKNOWN) ? name : first);
  if (!isBuiltIn) for (const it of args) if (isHandedOver(it, first, place)) walk.start(it);
  const wrapped = wrappedIn([name, ...args]);
  if (wrapped) {
    noteCommand(wrapped.command, place, depth + 1);
    for (const it of wrapped.lines) place.shellLine(it);
  }
}

/** Whether a program gets another one of the same package to start, as loggers and listeners do. */
function isHandedOver(word: string, program: string, { findings, walk: { files } }: CommandPlace): boolean {
  if (!/^\/[\w.+/-]+$/.test(word) || !program.startsWith("/")) return false;
  const own = files.packageOf(findings.path);
  if (own === undefined || files.packageOf(program) !== own || files.packageOf(word) !== own) return false;
  const found = files.look(word);
  return found?.kind === "file" && (found.mode & 0o111) !== 0;
}

/** Whether a word may be the name or path of a program, as those are written. */
export const isCommandName = (word: string): boolean => /^(?:\S*\/)?(?![\d-])[\w.@%+~-]+$/.test(word);

/** The archives and folders in which Java looks for classes. */
function classPath(args: readonly string[]): readonly string[] {
  const at = args.findIndex((it) => /^-?-(?:cp|classpath|class-path)$/.test(it));
  return at < 0 ? [] : (args[at + 1]?.split(":").slice(0, 200) ?? []);
}

function noteJars(path: string, main: string, { walk, folders }: CommandPlace): void {
  const star = path.endsWith("/*") ? pathFrom(folders[0] ?? "/", path.slice(0, -2)) : undefined;
  const names = star === undefined ? [path] : walk.files.list(star).map((it) => `${star}/${it}`);
  for (const it of names)
    if (it.endsWith(".jar") && !it.includes(UNKNOWN))
      walk.add({ path: pathFrom(folders[0] ?? "/", it), interpreter: "java", args: [main] });
}

/** What writing to a path does to the machine. */
function signOfWriting(path: string): SignName | undefined {
  if (/^\/sys\/fs\/cgroup\//.test(path)) return "controlGroups";
  if (/^\/dev\/(?:tcp|udp)\//.test(path)) return "socket";
  return /^\/(?:proc\/sys|sys)\//.test(path) ? "kernelSettings" : undefined;
}

/** Notes that a path is written to. */
export function noteWriting(path: string, { findings, line }: CommandPlace): void {
  const sign = signOfWriting(path);
  if (sign) findings.sign(sign, "call", `> ${path}`, line);
}

/** What an interpreter adds to the name of a script. */
const ENDINGS: Readonly<Partial<Record<Interpreter["form"], readonly string[]>>> = {
  node: ["", ".js", "/index.js", ".cjs", ".mjs"],
};

/** Notes what an interpreter runs by its arguments. */
export function noteInterpreted(
  path: string,
  interpreter: Interpreter,
  args: readonly string[],
  place: CommandPlace,
): void {
  const { findings, walk, line } = place;
  const name = path.slice(path.lastIndexOf("/") + 1);
  for (const it of interpreter.shows) findings.sign(it, "command", name, line);
  const jars = interpreter.form === "java" ? classPath(args) : [];
  const run = interpretedCode(interpreter, args);
  if (run.kind === "file" && jars.length > 0 && !args.includes("-jar")) {
    for (const it of jars) noteJars(it, run.text, place);
    return;
  }
  if (run.kind === "none") {
    const readsInput = interpreter.form !== "other script" && args.every((it) => /^(?:-[seu]*)?$/.test(it));
    if (readsInput && !place.hasInput) findings.hide(`runs ${name} with what another command writes`);
    return;
  }
  if (run.kind === "code") {
    if (interpreter.form === "shell") place.shellLine(run.text);
    else if (run.text.startsWith(UNKNOWN)) findings.hide(`runs ${name} with ${place.describe(run.text)}`);
    else place.code(interpreter, run.text);
    return;
  }
  if (interpreter.form === "other script") return;
  if (run.text.includes(UNKNOWN)) {
    findings.hide(`runs ${name} with ${place.describe(run.text)}`);
    return;
  }
  const known = run.args.some((it) => it.includes(UNKNOWN)) ? undefined : run.args;
  const task = { interpreter: path, ...(known && interpreter.form !== "java" ? { args: known } : {}) };
  if (run.kind === "module") {
    walk.add({ path: run.text, isModule: true, ...task });
    return;
  }
  const script = place.folders
    .flatMap((it) => (ENDINGS[interpreter.form] ?? [""]).map((end) => pathFrom(it, `${run.text}${end}`)))
    .find((it) => walk.files.look(it)?.kind === "file");
  if (script !== undefined || run.text.startsWith("/")) walk.add({ path: script ?? run.text, ...task });
  else findings.hide(`runs ${name} with ${run.text}, whose folder is not in its text`);
}
