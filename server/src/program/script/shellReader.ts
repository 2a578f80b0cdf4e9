import { type CommandPlace, noteCommand, noteWriting } from "./commandRuns.ts";
import type { ScriptFindings } from "./findings.ts";
import { type Interpreter, interpreterOf } from "./interpreters.ts";
import { notePatterns } from "./pathPatterns.ts";
import { folderHolding, pathFrom, type ScriptTask, type ScriptWalk } from "./scriptWalk.ts";
import { parseShell } from "./shellParser.ts";
import type { ShellCommand, ShellScript, ShellWord } from "./shellSyntax.ts";
import { ShellValues, UNKNOWN, variableKey } from "./shellValues.ts";

/** A file of a shell script: the script itself, or one that it sources. */
interface ShellFile {
  readonly findings: ScriptFindings;
  readonly script: ShellScript;
}

/** Code of another language that stands in a script. */
type ReadCode = (interpreter: Interpreter, text: string, findings: ScriptFindings, line: number) => void;

const MAX_SOURCED = 64;
const MAX_LINES_DEPTH = 6;

/** Reads a shell script: each command that may run, followed through variables, functions and the files that it sources. */
export function readShell(text: string, task: ScriptTask, walk: ScriptWalk, readCode: ReadCode): void {
  const reader = new ShellReader(task, walk, readCode);
  reader.addFile(task.path, text);
  reader.read();
}

/** Reads lines for a shell that stand in another file. */
export function readShellLines(
  text: string,
  line: number,
  findings: ScriptFindings,
  walk: ScriptWalk,
  readCode: ReadCode,
): void {
  const reader = new ShellReader({ path: findings.path }, walk, readCode);
  reader.addScript(parseShell(text, line), findings);
  reader.read();
}

class ShellReader {
  readonly #files: ShellFile[] = [];
  readonly #values: ShellValues;
  readonly #functions = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #walk: ScriptWalk;
  readonly #readCode: ReadCode;
  #depth = 0;

  constructor({ path, args }: ScriptTask, walk: ScriptWalk, readCode: ReadCode) {
    this.#walk = walk;
    this.#readCode = readCode;
    this.#values = new ShellValues({ path, args, environment: walk.environment });
    if (walk.folder !== undefined) this.#folders.add(walk.folder);
    this.#folders.add(folderHolding(path));
  }

  addFile(path: string, text: string): void {
    this.addScript(parseShell(text), this.#walk.findings(path, "shell"));
  }

  addScript(script: ShellScript, findings: ScriptFindings): void {
    this.#files.push({ findings, script });
    for (const it of script.assignments) this.#values.add(it);
    for (const it of script.functions) this.#functions.add(it);
  }

  read(): void {
    this.#source();
    const files = [...this.#files];
    for (const { script } of files) for (const it of script.commands) this.#bindArguments(it);
    for (const { script } of files)
      for (const { words } of script.commands)
        if (words[0]?.source === "cd" && words[1]) this.#enter(this.#values.textsOf(words[1], ""));
    const reached = this.#reachedFunctions();
    for (const { script, findings } of files) {
      for (const it of script.commands) if (reached.has(it.scope) && this.#mayRun(it)) this.#note(it, findings);
      for (const it of script.assignments)
        for (const word of it.words) this.#notePaths(word, it.scope, findings, undefined);
    }
  }

  #enter(folders: readonly string[]): void {
    for (const it of folders)
      if (it.startsWith("/") && !it.includes(UNKNOWN) && this.#folders.size < 20) this.#folders.add(it);
  }

  /** Reads the files that are sourced, as long as their variables name more. */
  #source(): void {
    const seen = new Set<string>();
    const open = new Map<string, ScriptFindings>();
    const guarded = new Set<string>();
    for (let round = 0, known = -1; known !== this.#files.length && round < 10; round++) {
      known = this.#files.length;
      open.clear();
      for (const { script, findings } of [...this.#files])
        for (const { words, scope } of script.commands) {
          const [first, target] = words;
          if (/^(?:\[\[?|test)$/.test(first?.source ?? "")) for (const it of words) guarded.add(it.source);
          if (!target || !/^(?:\.|source)$/.test(first?.source ?? "")) continue;
          for (const path of this.#values.textsOf(target, scope))
            if (path.includes(UNKNOWN)) open.set(`sources ${this.#values.describe(path)}`, findings);
            else if (!seen.has(path) && seen.size < MAX_SOURCED) {
              seen.add(path);
              this.#sourceFile(path, guarded.has(target.source), findings);
            }
        }
    }
    for (const [sentence, findings] of open) findings.hide(sentence);
  }

  /** Reads a file that is sourced; a test before it says that it may be missing. */
  #sourceFile(path: string, mayMiss: boolean, findings: ScriptFindings): void {
    for (const it of this.#filesNamed(path, findings.path)) {
      if (mayMiss && !this.#walk.files.look(it)) continue;
      if (this.#files.some((file) => file.findings.path === it)) continue;
      const text = this.#walk.textAt(it);
      if (text !== undefined && this.#files.length < MAX_SOURCED) this.addFile(it, text);
    }
  }

  #filesNamed(path: string, from: string): readonly string[] {
    const { files } = this.#walk;
    const star = /^(\/[^*?[]*)\/([^/*]*)\*([^/*]*)$/.exec(path);
    if (star) {
      const [, folder = "", start = "", end = ""] = star;
      const names = files.list(folder).filter((it) => it.startsWith(start) && it.endsWith(end));
      return names.slice(0, MAX_SOURCED).map((it) => `${folder}/${it}`);
    }
    if (path.startsWith("/")) return [path];
    const places = [folderHolding(from), ...this.#folders].map((it) => pathFrom(it, path));
    return [places.find((it) => files.look(it)) ?? this.#walk.programAt(path) ?? pathFrom(folderHolding(from), path)];
  }

  /** Gives the arguments of a function what its calls hand to it. */
  #bindArguments({ words, scope }: ShellCommand): void {
    const [first, ...rest] = words;
    if (!first || !this.#functions.has(first.source)) return;
    this.#values.add({ name: variableKey("@", first.source), words: rest, scope });
    for (const [i, word] of rest.slice(0, 20).entries())
      this.#values.add({ name: variableKey(`${i + 1}`, first.source), words: [word], scope });
  }

  /** The functions that are called; all where a call is hidden in a variable. */
  #reachedFunctions(): ReadonlySet<string> {
    const calls = new Map<string, string[]>();
    for (const { script } of this.#files)
      for (const command of script.commands) {
        const { words, scope } = command;
        if (!this.#mayRun(command)) continue;
        const names = words.map((it) => it.source).filter((it) => this.#functions.has(it));
        const list = calls.get(scope) ?? [];
        if (words[0] && /[$`]/.test(words[0].source))
          for (const it of this.#values.possibleWords(words[0], scope)) names.push(it[0] ?? "");
        for (const it of names) list.push(it);
        calls.set(scope, list);
      }
    const reached = new Set([""]);
    let hidden = false;
    for (const scope of reached) {
      const names = calls.get(scope) ?? [];
      for (const it of names) reached.add(it);
      if (hidden || !names.some((it) => it.includes(UNKNOWN))) continue;
      hidden = true;
      for (const { script, findings } of this.#files)
        if (findings.own) for (const name of script.functions) reached.add(name);
    }
    return reached;
  }

  /** Whether the arguments of the script lead to a command, as far as they are compared with texts. */
  #mayRun({ branches, scope }: ShellCommand): boolean {
    return branches.every(({ subject, patterns, earlier }) => {
      if (!/^"?\$(?:\d|\{\d\})"?$/.test(subject.source)) return true;
      const values = this.#values.textsOf(subject, scope);
      const textsOf = (words: readonly ShellWord[]): readonly string[] =>
        words.flatMap((it) => this.#values.textsOf(it, scope));
      const texts = textsOf(patterns);
      if (texts.includes("*") && !values.some((it) => it.includes(UNKNOWN))) {
        const others = textsOf(earlier);
        return values.some((it) => !others.includes(it));
      }
      return [...values, ...texts].some((it) => /[*?[\uE000]/.test(it)) || values.some((it) => texts.includes(it));
    });
  }

  #note(command: ShellCommand, findings: ScriptFindings): void {
    const { words, redirects, line, scope, input } = command;
    const place = { ...this.#commandPlace(findings, line), hasInput: input !== undefined };
    for (const it of words) this.#notePaths(it, scope, findings, line);
    for (const { operator, target } of redirects) {
      this.#notePaths(target, scope, findings, line);
      if (operator.includes(">")) for (const it of this.#values.textsOf(target, scope)) noteWriting(it, place);
    }
    const [first] = words;
    if (!first || this.#functions.has(first.source)) return;
    const values = words.map((it) => this.#values.possibleWords(it, scope));
    const count = values.slice(0, 10).reduce((most, it) => Math.max(most, it.length), 1);
    const seen = new Set<string>();
    for (let i = 0; i < count; i++) {
      const argv = values.flatMap((it) => it[Math.min(i, it.length - 1)] ?? []);
      while (argv[0] === "") argv.shift();
      const key = argv.join("\0");
      if (seen.has(key) || this.#functions.has(argv[0] ?? "")) continue;
      seen.add(key);
      if (/^(?:\.|source)$/.test(argv[0] ?? "")) continue;
      noteCommand(argv, place);
      if (!input) continue;
      const language = interpreterOf(argv[0] ?? "");
      if (/^(?:su|sudo|ssh)$/.test(argv[0] ?? "") || language?.form === "shell") place.shellLine(input.text);
      else if (language && (argv[1] ?? "-") === "-") place.code(language, input.text);
    }
  }

  #notePaths(word: ShellWord, scope: string, findings: ScriptFindings, line: number | undefined): void {
    if (word.parts.length === 0) return;
    for (const text of this.#values.textsOf(word, scope)) {
      if (!text.includes("/")) continue;
      for (const [, path = ""] of text.matchAll(/(?:^|[\s=:,])(\/[^\s=:,;"'*?|<>()\uE000]{1,199})(?=[\s=:,;"'|]|$)/g))
        findings.namedPath(path, line);
      notePatterns(text, findings, line);
    }
  }

  #commandPlace(findings: ScriptFindings, line: number): CommandPlace {
    return {
      findings,
      walk: this.#walk,
      line,
      folders: [...this.#folders],
      describe: (value) => this.#values.describe(value),
      isUnset: (value) => this.#values.isUnset(value),
      shellLine: (text) => this.#lines(text, line, findings),
      code: (interpreter, text) => this.#readCode(interpreter, text, findings, line),
    };
  }

  /** Commands of a line that is handed to a shell. */
  #lines(text: string, line: number, findings: ScriptFindings): void {
    if (this.#depth >= MAX_LINES_DEPTH) return;
    this.#depth++;
    const { commands, assignments } = parseShell(text, line);
    for (const it of assignments) this.#values.add(it);
    for (const it of commands) this.#note({ ...it, line }, findings);
    this.#depth--;
  }
}
