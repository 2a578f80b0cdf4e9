import { append } from "../../text/append.ts";
import type { ProgramSign } from "../reading.ts";
import { signsOfCommand } from "../script/commandTable.ts";
import { type CallPlace, isSystemCall } from "./codeWalk.ts";
import { hasRule, signsOfCall, signsOfNumber } from "./constants.ts";
import { type ElfFile, offsetOf } from "./elf.ts";
import type { MachineCode } from "./machineCode.ts";
import { CALL_SIGNS } from "./nativeTable.ts";
import { isOpening } from "./writtenFiles.ts";

/** What the imports of a file show, with the constants that code gives them. */
export function importSigns(imports: ReadonlySet<string>, code: MachineCode): readonly ProgramSign[] {
  const places = new Map<string, CallPlace[]>();
  for (const it of code.calls) {
    const list = places.get(it.name);
    if (list) list.push(it);
    else places.set(it.name, [it]);
  }
  const signs: ProgramSign[] = [];
  for (const name of imports) {
    const calls = places.get(name) ?? [];
    if (name === "socket") signs.push({ sign: "socket", form: "call", what: name });
    if (!hasRule(name) || calls.length === 0 || code.taken.has(name)) append(signs, signsOfCall(name));
    if (hasRule(name)) for (const it of calls) append(signs, signsOfCall(name, it.values));
  }
  return signs;
}

/** What system calls by numbers show. */
interface NumberSigns {
  readonly signs: readonly ProgramSign[];
  readonly hides: readonly string[];
}

/** What system calls by numbers show: those of `syscall()`, and those of instructions. */
export function numberSigns(
  { processor }: ElfFile,
  calls: readonly CallPlace[],
  imports: ReadonlySet<string>,
): NumberSigns {
  const signs: ProgramSign[] = [];
  let isOpen = false;
  for (const it of calls) {
    if (it.name !== "syscall" && !isSystemCall(it)) continue;
    const found = signsOfNumber(isSystemCall(it) ? [it.number, ...it.values] : it.values, processor);
    if (found) append(signs, found);
    // A library that is linked in has such an instruction for its own functions.
    else if (it.name === "syscall" || imports.size > 0) isOpen = true;
  }
  const isUncalled = imports.has("syscall") && !calls.some((it) => it.name === "syscall");
  return { signs, hides: isOpen || isUncalled ? ["makes system calls by numbers that are not in its text"] : [] };
}

/** Words that are names of calls and much else. */
const WORDS: ReadonlySet<string> = new Set(["socket", "bind", "kill", "nice", "system"]);

/** Names of calls among the texts of what looks functions up by their names. */
export function namedCalls(imports: ReadonlySet<string>, texts: ReadonlySet<string>): readonly ProgramSign[] {
  if (!imports.has("dlsym") && !imports.has("dlvsym") && !imports.has("g_module_symbol")) return [];
  return [...texts].flatMap((what) => {
    const sign = WORDS.has(what) || hasRule(what) ? undefined : CALL_SIGNS.get(what);
    return sign ? [{ sign, form: "text", what } as const] : [];
  });
}

/** The functions whose first argument names a library or a program. */
const LOADING = new Set(["dlopen", "lt_dlopen", "lt_dlopenext", "g_module_open"]);
const STARTING = /^(?:exec(?:l|v|ve|vp|le|lp|vpe)|system|popen|posix_spawnp?)$/;

/** The libraries that it loads by itself. */
export function loadedNames(
  elf: ElfFile,
  { calls, taken }: MachineCode,
  imports: ReadonlySet<string>,
): readonly (string | undefined)[] {
  const loading = [...imports].filter((it) => CALL_SIGNS.get(it) === "plugins");
  const places = calls.filter((it) => LOADING.has(it.name));
  const isOpen = loading.some((it) => taken.has(it) || !places.some(({ name }) => name === it));
  // dlopen(NULL) is the program itself.
  const names = places.filter((it) => it.values[0] !== 0).map((it) => textAt(elf, it.values[0]));
  return [...new Set([...names, ...(isOpen ? [undefined] : [])])];
}

/** The commands that it starts whose names stand next to the call, each with the words after it. */
export function startedCommands(elf: ElfFile, { calls }: MachineCode): readonly (readonly string[])[] {
  const commands = new Map<string, readonly string[]>();
  for (const it of calls) {
    if (!STARTING.test(it.name)) continue;
    const place = it.name.startsWith("posix_spawn") ? 1 : 0;
    const text = textAt(elf, it.values[place])?.trim() ?? "";
    const words = text.split(/\s+/);
    if (/^[\w./+-]+$/.test(words[0] ?? "")) commands.set(text, words);
  }
  return [...commands.values()];
}

/**
 * What started commands do, and those that gain rights among the texts of what starts any; of Rust all that are names of commands, as
 * its texts are whole and its calls hidden.
 */
export function commandSigns(
  commands: readonly (readonly string[])[],
  startsAny: boolean,
  texts: ReadonlySet<string>,
  isRust = false,
): readonly ProgramSign[] {
  const isNamed = (it: string): boolean => PRIVILEGED.test(it) || (isRust && COMMAND.test(it));
  const words = isRust ? [...texts].filter((it) => WORD.test(it)) : [];
  const named = startsAny ? [...texts].filter(isNamed).map((it) => [...it.split(/\s+/), ...words]) : [];
  return [...commands, ...named].flatMap(([path = "", ...args]) => {
    const what = path.slice(path.lastIndexOf("/") + 1);
    return signsOfCommand(what, args).map((sign) => ({ sign, form: "command", what }) as const);
  });
}

/** A path or a name alone that may be one of a command; shorter names are words of much else. */
const COMMAND = /^(?:\/[\w./-]*\/)?[a-z][\w.-]{4,19}$/;

/** A text that may be a word of a command. */
const WORD = /^[\w.:=+-]{2,20}$/;

/** Names that are no words of anything else. */
const PRIVILEGED =
  /^(?:\/[\w./-]*\/)?(?:sudo|doas|pkexec|runuser|setpriv|fusermount3?|newuidmap|newgidmap|unix_chkpwd|sendmail)(?:\s|$)/;

function textAt(elf: ElfFile, address: number | undefined): string | undefined {
  const offset = address === undefined ? undefined : offsetOf(elf, address);
  const text = offset === undefined ? "" : elf.file.text(offset);
  return text === "" ? undefined : text;
}

/** Whether the arguments of a function say more than its name. */
export const isSought = (name: string): boolean =>
  hasRule(name) ||
  isOpening(name) ||
  LOADING.has(name) ||
  STARTING.test(name) ||
  name === "syscall" ||
  CALL_SIGNS.get(name) === "plugins";
