import type { ProgramForm } from "../reading.ts";
import { type CallArgument, callArguments } from "./callArguments.ts";
import type { CommandPlace } from "./commandRuns.ts";
import { type CallEffect, effectsOfCall, signOfEffect, signOfNativeCall, signsOfConstant } from "./languageTable.ts";
import type { MaskedText } from "./maskedText.ts";
import { UNKNOWN } from "./shellValues.ts";
import { StartedPrograms } from "./startedPrograms.ts";

/** A script whose calls are read. */
export interface CallingScript {
  readonly text: MaskedText;
  readonly form: ProgramForm;
  /** What short names of the script stand for: `run` → `subprocess.run`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Notes commands that stand in the script. */
  commandPlace(line: number): CommandPlace;
  /** Reads a module or script that is loaded by its path. */
  load(path: string, line: number): void;
}

/** A function of the script that hands one of its arguments to a call that starts programs. */
interface Starter {
  readonly name: string;
  readonly index: number;
  readonly effect: CallEffect;
  readonly call: string;
}

const CHAIN = /(?<![\w$])([A-Za-z_$][\w$]*(?:\s{0,3}(?:\.|::|->)\s{0,3}[A-Za-z_$][\w$]*[?!=]?){0,6})(\s{0,3}\()?/g;
const MAX_STARTERS = 20;

/** Whether a call itself names the program that it starts, which then is a sign of its own. */
const namesProgram = ([first]: readonly CallArgument[]): boolean =>
  first?.kind === "text" || (first?.kind === "list" && first.items[0]?.kind === "text");

/** Notes what the calls of a script do. */
export function noteCalls(script: CallingScript): void {
  new CallReader(script).read();
}

class CallReader {
  readonly #script: CallingScript;
  readonly #code: string;
  readonly #starters: Starter[] = [];
  readonly #started: StartedPrograms;

  constructor(script: CallingScript) {
    this.#script = script;
    this.#code = script.text.code;
    this.#started = new StartedPrograms(script.text);
  }

  read(): void {
    for (const { 1: chain = "", 2: bracket, index } of this.#code.matchAll(CHAIN)) this.#chain(chain, bracket, index);
    if (this.#script.form === "perl") this.#perlUsers();
    for (const it of this.#script.text.strings)
      if (it.isCommand) this.#started.line(it.text, this.#script.commandPlace(this.#script.text.lineOf(it.start)));
    for (let i = 0; i < this.#starters.length; i++) {
      const starter = this.#starters[i];
      if (starter) this.#callsOf(starter);
    }
  }

  /** Perl changes its user by giving a variable a value. */
  #perlUsers(): void {
    const { text, commandPlace } = this.#script;
    for (const { 0: found, index } of this.#code.matchAll(
      /\$(?:[<>()]|E?[UG]ID\b)(?=[^=;\n]{0,20}(?<![=!<>~])=(?![=~]))/g,
    )) {
      const { findings, line } = commandPlace(text.lineOf(index));
      findings.sign("setuid", "call", found, line);
    }
  }

  #chain(chain: string, bracket: string | undefined, index: number): void {
    const { text, form, aliases } = this.#script;
    const parts = chain.split(/\s{0,3}(?:\.|::|->)\s{0,3}/);
    const last = parts.at(-1) ?? "";
    this.#constant(last, index);
    const alias = aliases.get(parts[0] ?? "");
    const name = [alias ?? parts[0] ?? "", ...parts.slice(1)].join(".");
    const end = index + chain.length;
    const before = this.#code.slice(Math.max(0, index - 12), index);
    if (/(?:\bdef|\bfunction|\bsub|\bclass|\bfunc)\s+$|[$@%&]$/.test(before)) return;
    if (parts.length > 1 && /^_?(?:libc?|c?libc?|cdll)$/i.test(parts[0] ?? "")) this.#native(last, text.lineOf(index));
    if (!bracket && !this.#isCommandCall(form, parts, end)) return;
    const owner = /(?:->|(?<!\.)\.)\s*$/.test(before) ? this.#loadedBefore(index) : "";
    let effects = owner === undefined ? [] : effectsOfCall(form, owner + name);
    if (effects.length === 0) effects = effectsOfCall(form, `.${last}`);
    if (effects.length === 0 && parts.length > 2) effects = effectsOfCall(form, parts.slice(-2).join("."));
    for (const it of effects) this.#effect(it, name, end + (bracket?.length ?? 0), bracket !== undefined, index);
  }

  #constant(name: string, index: number): void {
    const signs = signsOfConstant(name);
    if (signs.length === 0) return;
    const { findings, line } = this.#script.commandPlace(this.#script.text.lineOf(index));
    for (const it of signs) findings.sign(it, "constant", name, line);
  }

  /** `child_process.` after `require("child_process").`; undefined after anything else. */
  #loadedBefore(index: number): string | undefined {
    const start = Math.max(0, index - 80);
    const found = /\brequire\(\s{0,3}(?=["'][^"']*["']\s{0,3}\)\s{0,3}\.\s*$)/.exec(this.#code.slice(start, index));
    const module = found && this.#script.text.stringAt(start + found.index + found[0].length);
    return module ? `${module.text.replace(/^node:/, "")}.` : undefined;
  }

  #native(name: string, line: number): void {
    const { findings } = this.#script.commandPlace(line);
    const sign = signOfNativeCall(name);
    if (sign) findings.sign(sign, "call", name, line);
    if (sign === "socket") findings.sign("socketKind", "call", name, line);
  }

  /** Perl, Ruby and Lua call without brackets, Ruby what belongs to a class even without arguments. */
  #isCommandCall(form: string, parts: readonly string[], end: number): boolean {
    if (form !== "perl" && form !== "ruby" && form !== "lua") return false;
    if (form === "ruby" && parts.length > 1 && /^[A-Z]/.test(parts[0] ?? "")) return true;
    const isAssigned = parts.at(-1)?.endsWith("=") === true;
    if (isAssigned || [0, 1, 2].some((it) => this.#script.text.stringAt(end + it))) return true;
    return /^[ \t]+(?![=,;)}\]|&.<>?:*-]|(?:if|unless|and|or)\b)\S|^\s{0,3};/.test(this.#code.slice(end, end + 12));
  }

  #effect(effect: CallEffect, name: string, at: number, hasBrackets: boolean, index: number): void {
    const { text, commandPlace } = this.#script;
    const place = commandPlace(text.lineOf(index));
    const { findings, line } = place;
    const sign = signOfEffect(effect);
    if (sign) findings.sign(sign, "call", name, line);
    else if (effect === "hidden") findings.hide(`runs code by ${name}() that is not in its text`);
    else if (effect === "chmod") this.#mode(name, at, line);
    else if (effect === "family") this.#family(name, callArguments(text, at, hasBrackets), place);
    else if (effect === "pipe") this.#pipe(callArguments(text, at, hasBrackets), place);
    else if (effect === "load" || effect === "fork") this.#loads(name, callArguments(text, at, hasBrackets)[0], line);
    else {
      const values = callArguments(text, at, hasBrackets);
      const isStarter = this.#isStarter(values[0], effect, name, index);
      const isNoted = !isStarter && this.#started.note(values, effect, place);
      if (!(isNoted && namesProgram(values))) findings.sign("exec", "call", name, line);
      if (!isStarter && !isNoted) findings.hide(`starts programs by ${name}() that its text does not name`);
    }
  }

  /** A file that is opened may be the output of a program, by a sign before or after its name. */
  #pipe(values: readonly CallArgument[], place: CommandPlace): void {
    const at = values.findIndex((it) => it.kind === "text" && /^\||\|$/.test(it.text.trim()));
    const mode = values[at];
    if (mode?.kind !== "text") return;
    place.findings.sign("exec", "call", "open", place.line);
    const line = mode.text
      .trim()
      .replace(/^\||\|$/g, "")
      .trim();
    const isStarted = /^-?$/.test(line)
      ? this.#started.note(values.slice(at + 1), "start", place)
      : this.#started.line(line, place);
    if (!isStarted) place.findings.hide("starts programs by open() that its text does not name");
  }

  /** A socket is of the internet where nothing is said; else its family is a constant, or not known. */
  #family(name: string, values: readonly CallArgument[], { findings, line }: CommandPlace): void {
    const isNamed = values.some((it) => it.kind === "code" && /(?<!\w)[AP]F_[A-Z]/.test(it.source));
    if (values.length > 0 && !isNamed) findings.sign("socketKind", "call", name, line);
  }

  #mode(name: string, at: number, line: number): void {
    const { findings } = this.#script.commandPlace(line);
    const rest = this.#code.slice(at, at + 200);
    const end = rest.search(/[)\n;]/);
    const shown = end < 0 ? rest : rest.slice(0, end);
    if (/\b0o?[2-7]\d{3}\b/.test(shown)) findings.sign("setuidMode", "constant", name, line);
    else if (!/\b0?o?[0-7]{3,4}\b|S_I[RWX]|\+[rwx]/.test(shown)) findings.sign("mode", "call", name, line);
  }

  #loads(name: string, argument: CallArgument | undefined, line: number): void {
    const { findings } = this.#script.commandPlace(line);
    if (argument?.kind === "code" && /^(?:None|nil|null)\b/.test(argument.source)) return;
    const text = argument?.kind === "text" ? argument.text : undefined;
    if (text === undefined || text.includes(UNKNOWN)) findings.hide(`loads by ${name}() what its text does not name`);
    else if (!/^lib[\w+-]+\.so|^c$/.test(text)) this.#script.load(text, line);
  }

  /** Whether a call starts what its function was handed; the calls of that function then say it. */
  #isStarter(argument: CallArgument | undefined, effect: CallEffect, call: string, index: number): boolean {
    const source = argument?.kind === "list" ? argument.items[0] : argument;
    const name =
      source?.kind === "code" ? /^(?:shlex\.split\(|list\()?[$@*]{0,2}(\w+)/.exec(source.source)?.[1] : undefined;
    if (name === undefined || this.#starters.length >= MAX_STARTERS) return false;
    const before = this.#code.slice(Math.max(0, index - 4000), index);
    const outer = [...before.matchAll(/\b(?:def|function|sub)\s+([\w.]+)\s{0,3}\(?([^()]{0,300})/g)].at(-1);
    const named = [
      ...before.matchAll(/\b(?:const|let|var|local)\s+(\w+)\s*=\s*(?:async\s*)?(?:function\s*)?\(([^()]{0,300})\)/g),
    ].at(-1);
    const [, owner = "", list = ""] = outer && (!named || outer.index > named.index) ? outer : (named ?? []);
    const parameters = list.split(",").map((it) => /^[\s*&$@]*(\w+)/.exec(it)?.[1] ?? "");
    const at = parameters.filter((it) => it !== "self" && it !== "cls").indexOf(name);
    if (at < 0 || owner === "") return false;
    if (!this.#starters.some((it) => it.name === owner)) this.#starters.push({ name: owner, index: at, effect, call });
    return true;
  }

  #callsOf({ name, index, effect, call }: Starter): void {
    const { text, commandPlace } = this.#script;
    const short = name.slice(name.lastIndexOf(".") + 1);
    let isOpen = false;
    for (const found of this.#code.matchAll(new RegExp(`(?<![\\w$])${short}\\s{0,3}\\(`, "g"))) {
      if (/(?:def|function|sub)\s+[\w.]*$/.test(this.#code.slice(Math.max(0, found.index - 40), found.index))) continue;
      const place = commandPlace(text.lineOf(found.index));
      const values = callArguments(text, found.index + found[0].length, true).slice(index);
      if (!this.#isStarter(values[0], effect, call, found.index) && !this.#started.note(values, effect, place))
        isOpen = true;
    }
    if (isOpen) commandPlace(1).findings.hide(`starts programs by ${call}() that its text does not name`);
  }
}
