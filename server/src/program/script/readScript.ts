import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramForm } from "../reading.ts";
import { type CommandPlace, noteCommand, noteInterpreted } from "./commandRuns.ts";
import { wrappedIn } from "./commandTable.ts";
import { readAssembly } from "./dotnetReader.ts";
import type { ScriptFindings } from "./findings.ts";
import { type Interpreter, interpreterOf } from "./interpreters.ts";
import { readClass, readJar } from "./javaReader.ts";
import { readLanguage } from "./languageReader.ts";
import { moduleFile } from "./moduleFiles.ts";
import { recognise } from "./recognition.ts";
import { MAX_ARCHIVE, type ScriptTask, type ScriptWalk } from "./scriptWalk.ts";
import { readShell, readShellLines } from "./shellReader.ts";

/** Reads one file of a script, by what it is. */
export function readScript(task: ScriptTask, walk: ScriptWalk): void {
  const path = task.isModule ? moduleOf(task, walk) : task.path;
  if (path === undefined) {
    walk.unread(task.path, "is a module that is not on this machine");
    return;
  }
  const file = walk.fileAt(path, /\.(?:jar|war|dll|exe)$/.test(path) ? MAX_ARCHIVE : undefined);
  if (!file) return;
  const found = recognise(file.path, walk.head(file.path) ?? new Uint8Array(), task.interpreter);
  if (!found) {
    walk.start(path);
    return;
  }
  const [interpreter, ...options] = found.interpreter;
  const known = interpreter === undefined ? undefined : interpreterOf(interpreter);
  const bytes = walk.bytesOf(file);
  if (!bytes) return;
  const run: ScriptTask = { ...task, path, ...(interpreter === undefined ? {} : { interpreter }) };
  if (found.form === "java" || found.form === "dotnet") readArchive(found.form, bytes, run, walk);
  else readForm(found.form, decodeUtf8(bytes), run, walk);
  const findings = walk.findingsOf(path);
  if (!findings || task.script !== undefined) return;
  for (const it of known?.shows ?? []) findings.sign(it, "library", lastPart(interpreter ?? ""), 1);
  // Some runtimes are started by a script of their name.
  for (const it of interpreterOf(path)?.shows ?? []) findings.sign(it, "command", lastPart(path), 1);
  if (options.some((it) => /--(?:jit|yjit)/.test(it)))
    findings.sign("compiles", "library", lastPart(interpreter ?? ""), 1);
}

function readArchive(form: "java" | "dotnet", bytes: Uint8Array, { path, args }: ScriptTask, walk: ScriptWalk): void {
  const findings = walk.findings(path, form);
  if (form === "dotnet") readAssembly(bytes, findings, walk);
  else if (bytes[0] === 0xca) readClass(bytes, findings);
  else readJar(bytes, findings, walk, args?.[0]);
}

function readForm(form: ProgramForm, text: string, task: ScriptTask, walk: ScriptWalk): void {
  if (form === "shell") readShell(text, task, walk, readCodeIn(walk));
  else if (/^(?:python|node|perl|ruby|php|lua)$/.test(form)) {
    const findings = walk.findings(task.path, form);
    readLanguage(text, findings, task, walk, readCodeIn(walk));
  } else {
    const findings = walk.findings(task.path, form);
    if (form === "unknown") walk.unread(task.path, "is neither a program nor a script that can be read");
    else findings.hide(`is a program in ${form === "other script" ? "a language" : form} whose text is not read`);
  }
}

/** Reads what the arguments of an interpreter or wrapper name; false for any other program. */
export function readCommandLine(path: string, args: readonly string[], walk: ScriptWalk): boolean {
  const name = lastPart(path);
  const interpreter = interpreterOf(path);
  if (!interpreter && !wrappedIn([name, ...args])) return false;
  const head = walk.head(path);
  if (head && recognise(path, head)?.form !== "unknown" && recognise(path, head)) return false;
  const findings = walk.findings(path, interpreter?.form ?? "native");
  const readCode = readCodeIn(walk);
  const place: CommandPlace = {
    findings,
    walk,
    line: 1,
    folders: [walk.folder ?? "/"],
    describe: (value) => `${value}, which its text does not name`,
    isUnset: () => false,
    shellLine: (line) => readCode("shell", line, findings, 1),
    code: (language, text) => readCode(language, text, findings, 1),
  };
  if (interpreter) noteInterpreted(path, interpreter, args, place);
  else noteCommand([path, ...args], place);
  const [first] = walk.tasks;
  if (first && !first.isModule) walk.belongsTo(first.path);
  return true;
}

/** Reads code that stands inside of a script of another language. */
const readCodeIn =
  (walk: ScriptWalk) =>
  (interpreter: Interpreter | "shell", text: string, findings: ScriptFindings, line: number): void => {
    if (interpreter === "shell") readShellLines(text, line, findings, walk, readCodeIn(walk));
    else if (/^(?:python|node|perl|ruby|php|lua)$/.test(interpreter.form))
      readLanguage(text, findings, { path: findings.path }, walk, readCodeIn(walk), interpreter.form, line);
  };

/** The file of a module that is run by its name. */
function moduleOf({ path, interpreter }: ScriptTask, walk: ScriptWalk): string | undefined {
  const search = {
    form: "python",
    from: "/",
    script: `${walk.folder ?? ""}/-`,
    interpreter,
    folders: [],
    walk,
  } as const;
  const found = moduleFile(path, false, search);
  if (found?.endsWith("/__init__.py")) walk.add({ path: found.replace(/__init__\.py$/, "__main__.py") });
  if (found !== undefined) walk.belongsTo(found);
  return found;
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
