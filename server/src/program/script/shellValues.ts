import type { ShellAssignment, ShellCommand, ShellWord, WordPart } from "./shellSyntax.ts";

/** Begins in a value what the script does not show, with the name of the variable. */
export const UNKNOWN = "\uE000";
/** Ends it. */
const UNKNOWN_END = "\uE002";
/** A value that is not known, with the name of the variable. */
export const unknownValue = (name = ""): string => UNKNOWN + name + UNKNOWN_END;
/** Work for one script; more is an attack. */
const MAX_STEPS = 500_000;
/** Stands in a value for a blank at which the shell splits it. */
const SPLIT = "\uE001";
const MAX_VALUES = 8;
const MAX_VALUE = 2000;
const MAX_DEPTH = 12;

/** What is known from outside of a script. */
export interface ShellSurroundings {
  readonly path: string;
  readonly args: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** What the variables of a shell script stand for, wherever in it they are set. */
export class ShellValues {
  readonly #given = new Map<string, ShellAssignment[]>();
  readonly #known = new Map<string, readonly string[]>();
  readonly #open = new Set<string>();
  readonly #surroundings: ShellSurroundings;
  #steps = 0;

  constructor(surroundings: ShellSurroundings) {
    this.#surroundings = surroundings;
  }

  add(assignment: ShellAssignment): void {
    const given = this.#given.get(assignment.name) ?? [];
    if (given.length < MAX_VALUES) given.push(assignment);
    this.#given.set(assignment.name, given);
    this.#known.clear();
  }

  /** A value as a person would write it, and why it is not known. */
  describe(value: string): string {
    const names: string[] = [];
    const text = value.replace(PLACES, (_, name: string) => {
      names.push(name);
      return name === "" ? "$(…)" : `$${name}`;
    });
    const isSet = names.every((it) => this.#isSet(it));
    return `${text.slice(0, 100)}, ${isSet ? "whose value is not in its text" : "which nothing sets"}`;
  }

  #isSet(name: string): boolean {
    return name === "" || this.#given.has(name) || /^\W|^\d/.test(name) || BY_SHELL.test(name);
  }

  /** Whether a value is only of variables that nothing sets. */
  isUnset(value: string): boolean {
    return value.replace(PLACES, (mark, name: string) => (this.#isSet(name) ? mark : "")) === "";
  }

  /** The words that a word becomes, for each of the values that it may have. */
  possibleWords(word: ShellWord, scope: string): readonly (readonly string[])[] {
    return this.#valuesOf(word, scope, 0).map((it) => it.split(SPLIT).filter((part, i) => i === 0 || part !== ""));
  }

  /** The values of a word which stay one word. */
  textsOf(word: ShellWord, scope: string): readonly string[] {
    return this.#valuesOf(word, scope, 0).map((it) => it.replaceAll(SPLIT, " "));
  }

  #valuesOf(word: ShellWord, scope: string, depth: number): readonly string[] {
    let values: readonly string[] = [""];
    for (const part of word.parts) {
      const next = this.#partValues(part, scope, depth);
      const joined = new Set<string>();
      for (const before of values)
        for (const it of next) if (joined.size < MAX_VALUES) joined.add((before + it).slice(0, MAX_VALUE));
      values = [...joined];
    }
    return values;
  }

  #partValues(part: WordPart, scope: string, depth: number): readonly string[] {
    if (part.kind === "text") return [part.text];
    if (part.kind === "unknown" || depth > MAX_DEPTH || ++this.#steps > MAX_STEPS) return [unknownValue()];
    const split = (it: string): string => (part.quoted ? it.replaceAll(SPLIT, " ") : it.replace(/\s+/g, SPLIT));
    if (part.kind === "output") return this.#output(part.commands, scope, depth).map(split);
    const values = this.#expanded(part, scope, depth);
    return part.name === "@" ? values : values.map(split);
  }

  #expanded(part: WordPart & { kind: "variable" }, scope: string, depth: number): readonly string[] {
    const { name, operator, operand } = part;
    const values = this.#variable(name, scope, depth);
    const fallback = (): readonly string[] => (operand ? this.#valuesOf(operand, scope, depth + 1) : [""]);
    if (/^:?[-=]$/.test(operator)) {
      const known = values.filter((it) => !it.startsWith(UNKNOWN) && it !== "");
      return [...new Set([...known, ...fallback()])];
    }
    if (/^:?\+$/.test(operator)) return [...new Set(["", ...fallback()])];
    if (operator === "" || /^:?\?$/.test(operator)) return values;
    if (operator === "##" && operand?.source === "*/") return values.map(baseName);
    if (operator === "%" && operand?.source === "/*") return values.map(folderName);
    return [unknownValue()];
  }

  #variable(name: string, scope: string, depth: number): readonly string[] {
    const key = variableKey(name, scope);
    const known = this.#known.get(key);
    if (known) return known;
    // A value that is made of itself adds nothing.
    if (this.#open.has(key)) return [""];
    this.#open.add(key);
    const values = new Set<string>(this.#fromOutside(name, scope));
    for (const given of this.#given.get(key) ?? []) {
      let lists: readonly string[] = [""];
      for (const [i, word] of given.words.entries()) {
        const next = this.#valuesOf(word, given.scope, depth + 1);
        lists = lists.flatMap((it) => next.map((text) => it + (i > 0 ? SPLIT : "") + text)).slice(0, MAX_VALUES);
      }
      for (const it of lists) if (values.size < MAX_VALUES) values.add(it.slice(0, MAX_VALUE));
    }
    this.#open.delete(key);
    const found = values.size > 0 ? [...values] : [unknownValue(name)];
    // What was read inside of itself is not the whole value.
    if (this.#open.size === 0) this.#known.set(key, found);
    return found;
  }

  #fromOutside(name: string, scope: string): readonly string[] {
    const { path, args, environment } = this.#surroundings;
    if (name === "0" || name === "BASH_SOURCE") return [path];
    if (args && scope === "") {
      if (name === "@" || name === "*") return [args.join(SPLIT)];
      const arg = /^[1-9]\d?$/.test(name) ? args[Number(name) - 1] : undefined;
      if (arg !== undefined) return [arg];
      if (/^[1-9]\d?$/.test(name)) return [""];
    }
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    return value === undefined ? [] : [value];
  }

  /** What a substitution puts in, as far as its last command shows. */
  #output(commands: readonly ShellCommand[], scope: string, depth: number): readonly string[] {
    const last = commands.at(-1);
    const [name = "", ...args] = last?.words.map((it) => it.source) ?? [];
    const operand = last?.words.findLast((_, i) => i > 0);
    const values = (): readonly string[] => (operand ? this.#valuesOf(operand, scope, depth + 1) : [unknownValue()]);
    const plain = commands.length === 1 || (commands.length === 2 && commands[0]?.words[0]?.source === "cd");
    if (!plain || !last || last.redirects.some((it) => it.operator === "<")) return [unknownValue()];
    if (name === "pwd" && commands.length === 2) {
      const folder = commands[0]?.words[1];
      return folder ? this.#valuesOf(folder, scope, depth + 1) : [unknownValue()];
    }
    if (/^(?:command|type|which|readlink|realpath|echo)$/.test(name))
      return args.length === 1 || (args.length === 2 && /^-\w+$/.test(args[0] ?? "")) ? values() : [unknownValue()];
    if (name === "dirname") return values().map(folderName);
    if (name === "basename") return args.length === 1 ? values().map(baseName) : [unknownValue()];
    return [unknownValue()];
  }
}

/** What a shell or the manager gives a value. */
const BY_SHELL = /^(?:PWD|OLDPWD|HOME|PATH|USER|LOGNAME|SHELL|E?UID|PPID|HOSTNAME|RANDOM|IFS|LANG)$/;

/** The marks of values that are not known, and their names. */
export const PLACES = new RegExp(`${UNKNOWN}([^${UNKNOWN_END}]{0,100})${UNKNOWN_END}?`, "g");

/** The key of a variable: arguments belong to a function, all else to the whole script. */
export const variableKey = (name: string, scope: string): string =>
  /^(?:\d+|[@*])$/.test(name) ? `${scope} ${name.replace("*", "@")}` : name;

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const folderName = (path: string): string =>
  path.includes("/") ? path.slice(0, path.lastIndexOf("/")) || "/" : path.includes(UNKNOWN) ? UNKNOWN : ".";
