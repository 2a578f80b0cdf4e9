import { append } from "../../text/append.ts";
import { signOfPath } from "../pathSigns.ts";
import type { FileReading, ProgramSign } from "../reading.ts";
import { latin1 } from "./bytes.ts";
import { type CallPlace, isSystemCall } from "./codeWalk.ts";
import { hasRule, signsOfCall, signsOfNumber } from "./constants.ts";
import { type DynamicTable, readDynamic } from "./dynamic.ts";
import { type ElfFile, offsetOf, parseElf, partsOf, sectionOf } from "./elf.ts";
import { type MachineCode, readCode } from "./machineCode.ts";
import { CALL_SIGNS, signOfLibrary, signOfText } from "./nativeTable.ts";
import { isSourceFile, pathsIn } from "./paths.ts";
import { addListedTexts, readTexts } from "./texts.ts";

/** What one file of machine code shows, and what the loader puts beside it. */
export interface NativeFile {
  readonly reading: FileReading;
  readonly elf: ElfFile;
  readonly needed: readonly string[];
  /** Libraries that it names to load them itself; undefined among them is one whose name comes from elsewhere. */
  readonly loads: readonly (string | undefined)[];
  /** Where its libraries are looked for first, and whether theirs are, too. */
  readonly folders: readonly string[];
  readonly inherited: boolean;
  readonly starts: readonly string[];
}

const NO_CODE: MachineCode = {
  calls: [],
  taken: new Set(),
  references: new Set(),
  lengths: new Map(),
  pieces: new Set(),
};

/** Reads a library of others: its imports alone, as its code and texts say little of the program. */
export function readForeignFile(path: string, bytes: Uint8Array): NativeFile | undefined {
  const elf = parseElf(bytes);
  if (!elf) return undefined;
  const dynamic = readDynamic(elf, false);
  return fileOf(path, elf, dynamic, NO_CODE, new Set(), false);
}

/** Reads a file of the program: its imports, the constants in its code and its texts. */
export function readOwnFile(path: string, bytes: Uint8Array): NativeFile | undefined {
  const elf = parseElf(bytes);
  if (!elf) return undefined;
  const dynamic = readDynamic(elf, true);
  const isRust = RUST.test(sectionText(elf, ".comment")) || namesRust(elf);
  const code = elf.x86 ? readCode(elf, dynamic, new Map(), isRust) : NO_CODE;
  const lengths = new Map([...code.lengths].map(([address, it]) => [address, new Set(it)]));
  if (isRust) addListedTexts(elf, dynamic?.pointers ?? new Map(), lengths);
  const texts = readTexts(elf, isRust ? "both" : "nul", code.references, lengths);
  return fileOf(path, elf, dynamic, code, texts, true);
}

const RUST = /rustc version/;

function sectionText(elf: ElfFile, name: string): string {
  const section = sectionOf(elf, name);
  return section ? latin1(elf.file.bytes.subarray(section.offset, section.offset + Math.min(section.size, 4096))) : "";
}

/** Whether its texts name files of the standard library of Rust. */
const namesRust = (elf: ElfFile): boolean =>
  partsOf(elf, false).some(({ offset, size }) =>
    latin1(elf.file.bytes.subarray(offset, offset + size)).includes("/rustc/"),
  );

function fileOf(
  path: string,
  elf: ElfFile,
  dynamic: DynamicTable | undefined,
  code: MachineCode,
  texts: ReadonlySet<string>,
  own: boolean,
): NativeFile {
  const imports = dynamic?.imports ?? new Set<string>();
  const signs = new SignList();
  signs.add(importSigns(imports, code));
  const numbers = numberSigns(code.calls, imports);
  signs.add(numbers.signs);
  for (const it of dynamic?.needed ?? []) signs.addOne(signOfLibrary(it), "library", it);
  const named = namedCalls(imports, texts);
  signs.add(named);
  for (const it of [...texts, ...code.pieces]) if (!isSourceFile(it)) signs.addOne(textSign(it), "text", it);
  const loads = loadedNames(elf, code, imports);
  for (const it of loads) signs.addOne(it === undefined ? undefined : signOfLibrary(it), "library", it ?? "");
  const loader = new Set([elf.interpreter, ...(dynamic?.folders ?? [])]);
  return {
    elf,
    reading: {
      path,
      form: "native",
      own,
      signs: signs.list,
      paths: pathsIn(texts).filter((it) => !loader.has(it)),
      hides: own ? numbers.hides : [],
      ...(own && !elf.x86 && { partly: "constants of its calls, which are read for x86-64 alone" }),
    },
    needed: dynamic?.needed ?? [],
    loads,
    folders: dynamic?.folders ?? [],
    inherited: dynamic?.inherited ?? false,
    starts: startedNames(elf, code),
  };
}

const textSign = (text: string) =>
  (text.startsWith("/") && !/\s/.test(text) ? signOfPath(text) : undefined) ?? signOfText(text);

/** Signs, each once. */
class SignList {
  readonly list: ProgramSign[] = [];
  readonly #known = new Set<string>();

  add(signs: Iterable<ProgramSign>): void {
    for (const it of signs) this.addOne(it.sign, it.form, it.what);
  }

  addOne(sign: ProgramSign["sign"] | undefined, form: ProgramSign["form"], what: string): void {
    if (sign === undefined || this.#known.has(`${sign} ${what}`)) return;
    this.#known.add(`${sign} ${what}`);
    this.list.push({ sign, form, what });
  }
}

function importSigns(imports: ReadonlySet<string>, code: MachineCode): readonly ProgramSign[] {
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

interface NumberSigns {
  readonly signs: readonly ProgramSign[];
  readonly hides: readonly string[];
}

/** What system calls by numbers show: those of `syscall()`, and those of instructions. */
function numberSigns(calls: readonly CallPlace[], imports: ReadonlySet<string>): NumberSigns {
  const signs: ProgramSign[] = [];
  let isOpen = false;
  for (const it of calls) {
    if (it.name !== "syscall" && !isSystemCall(it)) continue;
    const found = signsOfNumber(it.values);
    if (found) append(signs, found);
    // A library that is linked in has such an instruction for its own functions.
    else if (it.name === "syscall") isOpen = true;
  }
  const isUncalled = imports.has("syscall") && !calls.some((it) => it.name === "syscall");
  return { signs, hides: isOpen || isUncalled ? ["makes system calls by numbers that are not in its text"] : [] };
}

/** Words that are names of calls and much else. */
const WORDS: ReadonlySet<string> = new Set(["socket", "bind", "kill", "nice", "system"]);

/** Names of calls among the texts of what looks functions up by their names. */
function namedCalls(imports: ReadonlySet<string>, texts: ReadonlySet<string>): readonly ProgramSign[] {
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
function loadedNames(
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

/** The programs that it starts by names that stand beside the call. */
function startedNames(elf: ElfFile, { calls }: MachineCode): readonly string[] {
  const names = new Set<string>();
  for (const it of calls) {
    if (!STARTING.test(it.name)) continue;
    const place = it.name.startsWith("posix_spawn") ? 1 : 0;
    const text = textAt(elf, it.values[place]);
    const program = text?.trim().split(/\s/, 1)[0];
    if (program !== undefined && /^[\w./+-]+$/.test(program)) names.add(program);
  }
  return [...names];
}

function textAt(elf: ElfFile, address: number | undefined): string | undefined {
  const offset = address === undefined ? undefined : offsetOf(elf, address);
  const text = offset === undefined ? "" : elf.file.text(offset);
  return text === "" ? undefined : text;
}
