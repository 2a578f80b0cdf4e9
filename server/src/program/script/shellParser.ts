import { lineIndex } from "../../text/lineIndex.ts";
import type { Heredoc } from "./shellScanner.ts";
import type { CaseBranch, ShellAssignment, ShellCommand, ShellScript, ShellWord } from "./shellSyntax.ts";
import { variableKey } from "./shellValues.ts";
import { ShellWords } from "./shellWords.ts";

/** Reads a shell script (POSIX, with what bash adds). Never throws; what is broken is read as the shell would up to there. */
export function parseShell(text: string, firstLine = 1): ShellScript {
  const parser = new ShellParser(text, firstLine);
  parser.readCommands("");
  return parser.script;
}

/** Commands whose arguments set variables. */
const DECLARING = new Set(["export", "local", "readonly", "declare", "typeset"]);
const MAX_DEPTH = 40;
const MAX_PATTERNS = 50;
const UNKNOWN_WORD: ShellWord = { parts: [{ kind: "unknown" }], source: "" };

class ShellParser {
  readonly script = {
    commands: [] as ShellCommand[],
    assignments: [] as ShellAssignment[],
    functions: new Set<string>(),
  };
  readonly #words: ShellWords;
  readonly #lineOf: (offset: number) => number;
  #scope = "";
  /** The branches of cases that are open; undefined for one that is not known. */
  readonly #branches: (CaseBranch | undefined)[] = [];
  #depth = 0;

  constructor(text: string, firstLine: number) {
    const lines = lineIndex(text);
    this.#lineOf = (offset) => lines.positionAt(offset).line + firstLine;
    this.#words = new ShellWords(text, {
      substitution: () => this.#nested(() => this.readCommands(")")),
      backticks: (inner, at) => this.#nested(() => this.#readText(inner, this.#lineOf(at))),
      assign: (name, words) => this.#assign(name, words),
    });
  }

  /** The commands up to the closing sign, or to the end of the text. */
  readCommands(close: "" | ")"): ShellCommand[] {
    const words = this.#words;
    const found: ShellCommand[] = [];
    const outer: { sign: string; scope: string; subject?: ShellWord | undefined }[] = [];
    const cases = this.#branches.length;
    let pending: string | undefined;
    const open = (sign: string): void => {
      outer.push({ sign, scope: this.#scope });
      if (pending !== undefined) this.#scope = pending;
      pending = undefined;
    };
    const leave = (sign: string): boolean => {
      if (outer.at(-1)?.sign !== sign) return false;
      this.#scope = outer.pop()?.scope ?? "";
      if (sign === "case") this.#branches.pop();
      return true;
    };
    while (!words.atEnd) {
      words.skipBlanks();
      const sign = words.separator();
      if (sign === ")") {
        if (leave("(")) continue;
        if (close === ")") break;
      } else if (sign === "(") {
        if (words.arithmetic()) continue;
        open("(");
      }
      if (sign !== "") {
        if (/^;;?&?$/.test(sign) && sign !== ";" && outer.at(-1)?.sign === "case")
          this.#nextBranch(outer.at(-1)?.subject);
        continue;
      }
      const keyword = words.keyword();
      if (keyword === "case") {
        const subject = words.nextWord();
        words.skipLines();
        words.keyword("in");
        outer.push({ sign: "case", scope: this.#scope, subject });
        this.#branches.push(undefined);
        this.#nextBranch(subject);
      } else if (keyword === "esac") leave("case");
      else if (keyword === "}") leave("{");
      else if (keyword === "{") open("{");
      else if (keyword === "function") pending = this.#named(words.nextWord()?.source ?? "");
      else if (keyword === "for" || keyword === "select") this.#loop();
      else if (keyword === "[[") this.#test();
      if (keyword !== "") continue;
      const name = words.functionName();
      if (name !== undefined) pending = this.#named(name);
      else {
        const command = this.#command();
        if (command) found.push(command);
      }
    }
    if (outer[0]) this.#scope = outer[0].scope;
    this.#branches.length = cases;
    return found;
  }

  #named(name: string): string {
    this.script.functions.add(name);
    this.#words.skipParentheses();
    return name;
  }

  /** Reads what stands before the `)` of a case, unless it ends. */
  #nextBranch(subject: ShellWord | undefined): void {
    this.#words.skipLines();
    if (this.#words.isKeyword("esac")) return;
    const patterns = this.#words.casePatterns();
    const before = this.#branches.at(-1);
    const earlier = before ? [...before.earlier, ...before.patterns].slice(0, MAX_PATTERNS) : [];
    this.#branches[this.#branches.length - 1] = subject && { subject, patterns, earlier };
  }

  #loop(): void {
    const words = this.#words;
    if (words.arithmetic()) return;
    const name = words.nextWord()?.source ?? "";
    words.skipLines();
    const values: ShellWord[] = [];
    if (words.keyword("in") !== "") for (let it = words.nextWord(); it; it = words.nextWord()) values.push(it);
    else values.push(UNKNOWN_WORD);
    for (const it of values) this.#assign(name, [it]);
  }

  /** A test may name a file that is sourced after it. */
  #test(): void {
    const line = this.#lineOf(this.#words.at);
    const words = this.#words.testWords();
    this.script.commands.push({ words, redirects: [], line, scope: this.#scope, branches: [], input: undefined });
  }

  #assign(name: string, words: readonly ShellWord[]): void {
    this.script.assignments.push({ name, words, scope: this.#scope });
  }

  #command(): ShellCommand | undefined {
    const scanner = this.#words;
    const line = this.#lineOf(scanner.at);
    const start = scanner.at;
    const words: ShellWord[] = [];
    const redirects: { operator: string; target: ShellWord }[] = [];
    const heredocs: Heredoc[] = [];
    let declares = false;
    for (;;) {
      scanner.skipBlanks();
      const operator = scanner.redirect();
      if (operator !== "") {
        const target = scanner.word() ?? UNKNOWN_WORD;
        if (operator === "<<" || operator === "<<-")
          heredocs.push(scanner.expectHeredoc(target.source, operator === "<<-"));
        else redirects.push({ operator, target });
        continue;
      }
      if (words.length === 0 || declares) {
        const given = scanner.assignment();
        if (given) {
          this.#assign(given.name, given.words);
          continue;
        }
      }
      const word = scanner.word();
      if (!word) break;
      if (words.length === 0) declares = DECLARING.has(word.source);
      words.push(word);
    }
    if (scanner.at === start) scanner.at++;
    this.#assignedBy(words);
    if (words.length === 0 && redirects.length === 0) return undefined;
    const scope = this.#scope;
    const branches = this.#branches.filter((it) => it !== undefined);
    const command: ShellCommand = { words, redirects, line, scope, branches, input: heredocs[0] };
    this.script.commands.push(command);
    return command;
  }

  /** Variables that a command sets by its own: `read X`, `set -- a b`, `printf -v X`. */
  #assignedBy(words: readonly ShellWord[]): void {
    const [first, ...rest] = words;
    if (first?.source === "read" || first?.source === "mapfile" || first?.source === "getopts")
      for (const it of rest) if (/^[A-Za-z_]\w*$/.test(it.source)) this.#assign(it.source, [UNKNOWN_WORD]);
    if (first?.source === "shift")
      for (const it of "123456789") this.#assign(variableKey(it, this.#scope), [UNKNOWN_WORD]);
    if (first?.source === "set" && rest[0]?.source === "--") {
      const values = rest.slice(1);
      this.#assign(variableKey("@", this.#scope), values);
      for (const [i, it] of values.entries()) this.#assign(variableKey(`${i + 1}`, this.#scope), [it]);
    }
  }

  #nested(read: () => ShellCommand[]): readonly ShellCommand[] {
    if (this.#depth >= MAX_DEPTH) return [];
    this.#depth++;
    const found = read();
    this.#depth--;
    return found;
  }

  #readText(text: string, line: number): ShellCommand[] {
    const inner = parseShell(text, line);
    for (const it of inner.commands) this.script.commands.push({ ...it, scope: it.scope || this.#scope });
    for (const it of inner.assignments) this.script.assignments.push(it);
    return [...inner.commands];
  }
}
