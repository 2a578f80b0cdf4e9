import type { ProgramForm } from "../reading.ts";
import { valueAt } from "./callArguments.ts";
import type { MaskedText } from "./maskedText.ts";

/** A module that a script loads. */
export interface LoadedModule {
  readonly name: string;
  readonly line: number;
  /** What it takes of it, which may be modules too. */
  readonly members: readonly string[];
  /** Whether the name is a path that begins at the script. */
  readonly isPath: boolean;
}

/** What a script loads, what short names in it stand for, and what it loads by a name that is not in its text. */
export interface ModuleNames {
  readonly modules: readonly LoadedModule[];
  readonly aliases: ReadonlyMap<string, string>;
  readonly hides: readonly string[];
  /** Folders in which it looks for modules, as it says. */
  readonly folders: readonly string[];
}

class Names implements ModuleNames {
  readonly modules: LoadedModule[] = [];
  readonly aliases = new Map<string, string>();
  readonly hides: string[] = [];
  readonly folders: string[] = [];
  readonly #text: MaskedText;

  constructor(text: MaskedText) {
    this.#text = text;
  }

  add(name: string, index: number, members: readonly string[] = [], isPath = false): void {
    if (name !== "" && name.length < 200) this.modules.push({ name, line: this.#text.lineOf(index), members, isPath });
  }

  /** What is loaded by a call whose argument begins at an offset; `path` makes a path of what is no name. */
  addValue(at: number, how: string, isPath: (text: string) => boolean): void {
    const value = valueAt(this.#text, at);
    if (value.kind === "text" && !value.text.includes("\uE000")) this.add(value.text, at, [], isPath(value.text));
    else if (value.kind === "code" && CHOICE.test(value.source))
      for (const it of stringsBetween(this.#text.strings, at, at + value.source.length))
        this.add(it, at, [], isPath(it));
    else this.hides.push(`loads by ${how} what its text does not name`);
  }
}

/** One of two texts. */
const CHOICE = /^[^?"']{1,60}\?\s*["'][^"']*["']\s*:\s*["'][^"']*["']$/;

type Reader = (text: MaskedText, names: Names) => void;

/** The modules that a script loads. */
export function moduleNames(text: MaskedText, form: ProgramForm): ModuleNames {
  const names = new Names(text);
  READERS[form]?.(text, names);
  return names;
}

const python: Reader = ({ code, stringAt }, names) => {
  const lines =
    /^[ \t]*(?:import[ \t]+([\w., \t]+)|from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(?:\(([^()]{0,5000})\)|([^\n;]*)))|;[ \t]*import[ \t]+([\w., \t]+)/gm;
  for (const { 1: plain, 2: from, 3: listed, 4: rest, 5: behind, index } of code.matchAll(lines)) {
    for (const item of (plain ?? behind ?? "").split(",")) {
      const [name = "", , alias] = item.trim().split(/[ \t]+/);
      names.add(name, index);
      if (alias !== undefined) names.aliases.set(alias, name);
    }
    if (from === undefined) continue;
    const members: string[] = [];
    for (const item of (listed ?? rest ?? "").split(",")) {
      const [member = "", , alias] = item.trim().split(/\s+/);
      if (!/^\w+$/.test(member)) continue;
      members.push(member);
      names.aliases.set(alias ?? member, from === "os" && member === "path" ? "os.path" : `${from}.${member}`);
    }
    names.add(from, index, members);
  }
  for (const { 0: whole, index } of code.matchAll(/\bsys\.path\.(?:insert\(\s*\d\s*,|append\()\s*/g)) {
    const string = stringAt(index + whole.length);
    if (string) names.folders.push(string.text);
  }
};

const node: Reader = ({ code }, names) => {
  const isPath = (text: string): boolean => /^\.{0,2}\//.test(text) || text === "." || text === "..";
  const bare =
    /(?<![\w$.])(?:require\s*\(|import\s*\(|import\s+(?=["'])|\bfrom\s+(?=["'])|createRequire\([^)]{0,80}\)\()\s*/g;
  for (const { 0: whole, index } of code.matchAll(bare)) {
    const how = whole.trim().startsWith("import") ? "import()" : "require()";
    const before = code.slice(Math.max(0, index - 300), index);
    const at = index + whole.length;
    const value = names.modules.length;
    names.addValue(at, how, isPath);
    const name = names.modules[value]?.name.replace(/^node:/, "");
    if (name === undefined) continue;
    const given =
      /(?:\b(?:const|let|var)\s+|\bimport\s+(?:type\s+)?)(?:\*\s+as\s+)?(?:([\w$]+)\s*,?\s*)?(?:\{([^{}]{0,250})\})?\s*(?:=\s*(?:await\s+)?)?$/.exec(
        before,
      );
    if (given?.[1] !== undefined) names.aliases.set(given[1], name);
    for (const item of given?.[2]?.split(",") ?? []) {
      const [member = "", alias] = item.trim().split(/\s{0,20}(?::|\bas\b)\s{0,20}/);
      if (member !== "") names.aliases.set(alias ?? member, `${name}.${member}`);
    }
  }
  for (const [, alias = "", made = ""] of code.matchAll(
    /(?<![\w$])([\w$]{1,60})\s{0,9}=\s{0,9}(?:util\.)?promisify\(\s*([\w$.]{1,80})\s*\)/g,
  )) {
    const [first = "", ...rest] = made.split(".");
    names.aliases.set(alias, [names.aliases.get(first) ?? first, ...rest].join("."));
  }
};

const perl: Reader = ({ code, stringAt, strings }, names) => {
  for (const { 1: how = "", 2: name = "", 0: whole, index } of code.matchAll(
    /(?<![\w$@%>-])(use|require|no)\s+([A-Za-z_][\w:]*)/g,
  )) {
    if (how === "no") continue;
    const end = code.indexOf(";", index);
    const members = strings.length > 0 ? stringsBetween(strings, index + whole.length, end < 0 ? index : end) : [];
    if (name === "lib") for (const it of members) names.folders.push(it);
    else if (name === "base" || name === "parent") for (const it of members) names.add(it, index);
    else if (!/^v?\d/.test(name)) names.add(name, index, members);
  }
  for (const { 0: whole, 1: how = "", index } of code.matchAll(/(?<![\w$@%>:-])(require|do)\s*\(?\s*(?=["'$])/g)) {
    if (
      how === "do" &&
      !stringAt(index + whole.length) &&
      !/^\$\w+\s*[;)]/.test(code.slice(index + whole.length, index + whole.length + 60))
    )
      continue;
    names.addValue(index + whole.length, `${how}()`, () => true);
  }
  for (const { 0: whole, index } of code.matchAll(/\beval\s*\(?\s*(?=["'$q])/g)) {
    const value = valueAt({ code, stringAt, strings, lineOf: () => 1 }, index + whole.length);
    if (value.kind !== "text" || value.text.includes("\uE000"))
      names.hides.push("runs code by eval() that is not in its text");
  }
};

function stringsBetween(strings: MaskedText["strings"], start: number, end: number): string[] {
  let low = 0;
  let high = strings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((strings[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let i = low; i < strings.length && found.length < 50 && (strings[i]?.start ?? end) < end; i++)
    found.push(strings[i]?.text ?? "");
  return found;
}

const ruby: Reader = ({ code }, names) => {
  for (const { 0: whole, 1: how = "", index } of code.matchAll(
    /(?<![\w.@:])(require|require_relative|autoload)[\s(]+(?::\w+\s*,\s*)?/g,
  ))
    names.addValue(index + whole.length, `${how}()`, (text) => how === "require_relative" || /^\.{0,2}\//.test(text));
};

const php: Reader = ({ code, stringAt, strings, lineOf }, names) => {
  for (const { 0: whole, 1: how = "", index } of code.matchAll(
    /(?<![\w$>])((?:require|include)(?:_once)?)[\s(]+(?:__DIR__\s*\.\s*|dirname\(\s*__FILE__\s*\)\s*\.\s*)?/g,
  )) {
    const value = valueAt({ code, stringAt, strings, lineOf }, index + whole.length);
    const text = value.kind === "text" ? value.text : undefined;
    if (text === undefined || text.includes("\uE000"))
      names.hides.push(`loads by ${how}() what its text does not name`);
    else names.add(/__DIR__|__FILE__/.test(whole) ? `.${text}` : text, index, [], true);
  }
  for (const { 1: name = "", index } of code.matchAll(/^\s*use\s+([A-Za-z_][\w\\]*)/gm))
    names.add(name.replaceAll("\\", "/"), index);
};

const lua: Reader = ({ code }, names) => {
  for (const { 0: whole, index } of code.matchAll(/(?<![\w.:])require[\s(]*/g))
    names.addValue(index + whole.length, "require()", () => false);
};

const READERS: Partial<Record<ProgramForm, Reader>> = { python, node, perl, ruby, php, lua };
