import { signOfPath } from "../pathSigns.ts";
import type { ProgramForm } from "../reading.ts";
import type { SignName } from "../sign.ts";
import type { CommandPlace } from "./commandRuns.ts";
import { entryPointModule } from "./entryPoints.ts";
import type { ScriptFindings } from "./findings.ts";
import { noteInstalledModules } from "./installedModules.ts";
import type { Interpreter } from "./interpreters.ts";
import { noteCalls } from "./languageCalls.ts";
import { signsOfModule } from "./languageTable.ts";
import { type MaskedText, maskedText } from "./maskedText.ts";
import { isStandardModule, type ModuleSearch, moduleFile, modulePlaces } from "./moduleFiles.ts";
import { type LoadedModule, moduleNames } from "./moduleNames.ts";
import { folderHolding, pathFrom, type ScriptTask, type ScriptWalk } from "./scriptWalk.ts";
import { UNKNOWN } from "./shellValues.ts";
import { noteWrittenPaths } from "./writtenPaths.ts";

/** Reads code of another language, or a line for a shell, that stands in a script. */
type ReadInner = (language: Interpreter | "shell", text: string, findings: ScriptFindings, line: number) => void;

/** Reads a script of a language with modules: what it loads, calls, starts and names. */
export function readLanguage(
  source: string,
  findings: ScriptFindings,
  task: ScriptTask,
  walk: ScriptWalk,
  readInner: ReadInner,
  form: ProgramForm = findings.form,
  firstLine = 1,
): void {
  const text = from(maskedText(source, form), firstLine);
  const { modules, aliases, hides, folders } = moduleNames(text, form);
  for (const it of hides) findings.hide(it);
  const search: ModuleSearch = {
    form,
    from: walk.files.look(findings.path)?.path ?? findings.path,
    script: task.script ?? task.path,
    interpreter: task.interpreter,
    folders,
    walk,
  };
  const entry = form === "python" ? entryPointModule(source, modulePlaces(search), walk) : undefined;
  if (task.script === undefined && findings.path === task.path) {
    const file = entry === undefined ? undefined : moduleFile(entry, false, search);
    if (file === undefined) noteMain(text, aliases, findings, search);
    else walk.calls(file);
    noteInstalledModules(search, (path) => walk.findings(path, form, true));
    noteArguments(task, findings, search);
  }
  for (const it of modules) noteModule(it, findings, search);
  if (entry !== undefined) noteModule({ name: entry, line: 1, members: [], isPath: false }, findings, search);
  const commandPlace = (line: number): CommandPlace => ({
    findings,
    walk,
    line,
    folders: [folderHolding(findings.path), ...(walk.folder === undefined ? [] : [walk.folder])],
    describe: (value) =>
      `${value.replace(/\uE000[^\uE002]*\uE002?/g, "…").slice(0, 100)}, which its text does not name`,
    isUnset: () => false,
    shellLine: (inner) => readInner("shell", inner, findings, line),
    code: (interpreter, inner) => readInner(interpreter, inner, findings, line),
  });
  const load = (path: string, line: number): void =>
    noteModule({ name: path, line, members: [], isPath: /^[./]/.test(path) }, findings, search);
  noteCalls({ text, form, aliases, commandPlace, load });
  for (const it of text.strings) notePath(it.text, text.lineOf(it.start), findings);
  noteWrittenPaths(text, findings);
}

/** The module and file names among the arguments: servers are handed the program that they run. */
function noteArguments({ args = [] }: ScriptTask, findings: ScriptFindings, search: ModuleSearch): void {
  const { walk, form } = search;
  for (const word of args.slice(0, 50)) {
    const path = pathFrom(walk.folder ?? "/", word);
    if (/\w\.(?:py|wsgi|psgi|pl|rb|ru|js|mjs|cjs|ts|php|lua)$/.test(word) && walk.files.look(path)?.kind === "file") {
      walk.belongsTo(path);
      walk.add({ path, interpreter: search.interpreter ?? form });
    }
    const module = form === "python" ? /^([A-Za-z_][\w.]*):[A-Za-z_]\w*(?:\(.*\))?$/.exec(word)?.[1] : undefined;
    if (module === undefined) continue;
    const file = moduleFile(module, false, { ...search, script: `${walk.folder ?? ""}/-` });
    if (file === undefined) findings.hide(`loads ${module}, which is not found`);
    else {
      walk.belongsTo(file);
      walk.add({ path: file, interpreter: search.interpreter ?? form });
    }
  }
}

/** A script that only calls a module is shorter. */
const MAX_STARTER = 3000;

/** What a script is made to call belongs to the program, or is not on this machine. */
function noteMain(
  { code }: MaskedText,
  aliases: ReadonlyMap<string, string>,
  findings: ScriptFindings,
  search: ModuleSearch,
): void {
  if (search.form !== "python") return;
  const exit = /\bsys\.exit\(\s*(\w+)\(/.exec(code)?.[1];
  const calls =
    code.length > MAX_STARTER ? [] : [...code.matchAll(/(?<![\w.])(\w{1,60})\(/g)].map(([, name = ""]) => name);
  const called = aliases.get(exit ?? calls.findLast((it) => aliases.has(it)) ?? "");
  const module = called?.slice(0, called.lastIndexOf("."));
  if (module === undefined || module === "") return;
  const file = moduleFile(module, false, search);
  if (file === undefined && exit === undefined) return;
  if (file !== undefined) search.walk.calls(file);
  else search.walk.unread(`${module} (${findings.path})`, "is a module that is not on this machine");
}

/** A text whose lines are counted from another one. */
const from = (text: MaskedText, first: number): MaskedText =>
  first === 1 ? text : { ...text, lineOf: (offset) => text.lineOf(offset) + first - 1 };

/** Notes a module, and follows it where it belongs to the program. */
function noteModule(module: LoadedModule, findings: ScriptFindings, search: ModuleSearch): void {
  const { form, walk } = search;
  const { name, line, members, isPath } = module;
  const plain = name.replace(/^node:/, "");
  for (const it of signsOfModule(form, plain)) findings.sign(it, "library", plain, line);
  const follow = (path: string | undefined): void => {
    if (path === undefined || !walk.isOwn(path) || path.endsWith(".json")) return;
    if (/\.so$/.test(path)) walk.start(path);
    else walk.add({ path, interpreter: search.interpreter ?? form, script: search.script });
  };
  const file = moduleFile(name, isPath, search);
  if (file === undefined && isPath && form !== "ruby" && form !== "perl" && !/\.json$/.test(name))
    walk.unread(pathFrom(folderHolding(search.from), name), "is not on this machine");
  follow(file);
  if (!(file !== undefined && walk.isOwn(file)) && !isStandardModule(plain, search)) findings.foreign(plain);
  if (form !== "python") return;
  const parts = name.split(".");
  for (let i = 1; i < parts.length && !name.startsWith("."); i++)
    follow(moduleFile(parts.slice(0, i).join("."), false, search));
  const dot = /\.$/.test(name) ? "" : ".";
  for (const it of members.slice(0, 100)) follow(moduleFile(`${name}${dot}${it}`, false, search));
}

/** Notes a string that is a path; one of a site, such as `/home`, is not of the machine. */
function notePath(text: string, line: number, findings: ScriptFindings): void {
  if (!/^\/\w/.test(text) || text.length > 200 || /\/:\w/.test(text) || /[\s<>"|^\\;()]/.test(text)) return;
  if (!/[{%*?]/.test(text) && !text.includes(UNKNOWN)) {
    const begun = BEGUN.find(({ path }) => path.test(text));
    if (begun) findings.sign(begun.sign, "text", text, line);
    else if (!/^\/(?:home|root)\/?$/.test(text)) findings.namedPath(text, line);
    return;
  }
  const shown = text.replace(/\uE000[^\uE002]*\uE002?/g, "*");
  const sign = signOfPath(shown);
  if (sign) findings.sign(sign, "text", shown, line);
}

/** Beginnings of paths that the rest is put to: a folder that no program needs for itself. */
const BEGUN: readonly { readonly path: RegExp; readonly sign: SignName }[] = [
  { path: /^\/dev\/?$/, sign: "devices" },
  { path: /^\/home\/$/, sign: "homes" },
];
