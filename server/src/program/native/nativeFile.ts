import { signOfPath } from "../pathSigns.ts";
import type { FileReading, ProgramSign } from "../reading.ts";
import type { SignName } from "../sign.ts";
import { latin1 } from "./bytes.ts";
import {
  commandSigns,
  importSigns,
  isSought,
  loadedNames,
  namedCalls,
  numberSigns,
  startedCommands,
} from "./codeSigns.ts";
import { isSystemCall } from "./codeWalk.ts";
import { type DynamicTable, readDynamic } from "./dynamic.ts";
import { type ElfFile, endOf, loadedParts, parseElf, sectionOf } from "./elf.ts";
import { readGoBuild } from "./goBuild.ts";
import {
  isTextOfGo,
  modesOfGo,
  numbersOfGo,
  signsOfGo,
  soughtFunctions,
  startedByGo,
  withoutRuntime,
} from "./goFile.ts";
import { type GoFunctions, readGoFunctions } from "./goTable.ts";
import { type MachineCode, NO_CODE, readMachineCode } from "./machineCode.ts";
import { signOfLibrary, signOfText } from "./nativeTable.ts";
import { addListedTexts, readTexts } from "./texts.ts";
import { isSourceFile, wholePaths } from "./wholePaths.ts";
import { pathsWritten, writtenByGo } from "./writtenFiles.ts";

/** What one file of machine code shows, and what the loader puts next to it. */
export interface NativeFile {
  readonly reading: FileReading;
  readonly needed: readonly string[];
  /** Libraries that it names to load them itself; undefined among them is one whose name comes from elsewhere. */
  readonly loads: readonly (string | undefined)[];
  /** Where its libraries are looked for first, and whether theirs are, too. */
  readonly folders: readonly string[];
  readonly inherited: boolean;
  readonly starts: readonly string[];
}

/** What calls are given distinguishes sockets, memory and modes, and is read of two processors alone. */
const unreadCode = ({ processor }: ElfFile): readonly string[] =>
  processor ? [] : ["gives its calls constants, which are read for x86-64 and aarch64 alone"];

/** Reads a library of others: its imports alone, as its code and texts say little of the program. */
export function readForeignFile(path: string, bytes: Uint8Array): NativeFile | undefined {
  const elf = parseElf(bytes);
  if (!elf) return undefined;
  const dynamic = readDynamic(elf, false);
  return fileOf({ path, elf, dynamic, code: NO_CODE, texts: new Set(), own: false });
}

/** Reads a file of the program: its imports, the constants in its code and its texts. */
export function readOwnFile(path: string, bytes: Uint8Array): NativeFile | undefined {
  const elf = parseElf(bytes);
  if (!elf) return undefined;
  const dynamic = readDynamic(elf, true);
  const go = readGoFunctions(elf);
  if (go) return readGoFile(path, elf, dynamic, go);
  const isRust = RUST.test(sectionText(elf, ".comment")) || namesRust(elf);
  const code = readMachineCode(elf, dynamic, { isSought, counts: isRust, full: true });
  const lengths = new Map([...code.lengths].map(([address, it]) => [address, new Set(it)]));
  if (isRust) addListedTexts(elf, dynamic?.pointers ?? new Map(), lengths);
  const texts = readTexts(elf, isRust ? "both" : "nul", code.references, lengths);
  const compiler = isRust ? "Rust" : undefined;
  const isStatic = !elf.interpreter && (dynamic?.needed.length ?? 0) === 0;
  const brought = isRust ? OF_RUST : isStatic ? OF_C : undefined;
  return fileOf({
    path,
    elf,
    dynamic,
    code,
    texts: brought ? without(texts, (it) => brought.test(it)) : texts,
    own: true,
    compiler,
    // How it opens them stands in no call of the system.
    written: isRust ? [...texts] : pathsWritten(elf, code.calls),
  });
}

/** Reads a program of Go: its texts have no end, its functions have names, and most have no imports. */
function readGoFile(path: string, elf: ElfFile, dynamic: DynamicTable | undefined, go: GoFunctions): NativeFile {
  const code = readMachineCode(elf, dynamic, {
    ...{ isSought, functions: soughtFunctions(go), counts: true, full: false },
  });
  const lengths = new Map([...code.lengths].map(([address, it]) => [address, new Set(it)]));
  addListedTexts(elf, dynamic?.pointers ?? new Map(), lengths);
  const texts = without(readTexts(elf, "length", new Set(), lengths), (it) => isTextOfGo(it, go));
  const build = readGoBuild(elf);
  return fileOf({
    ...{ path, elf, texts, code, own: true },
    dynamic: dynamic && { ...dynamic, imports: withoutRuntime(dynamic.imports, go) },
    go: [...signsOfGo(go), ...numbersOfGo(elf, code.calls, go), ...modesOfGo(code.calls)],
    written: writtenByGo(elf, code.calls),
    compiler: build ? `Go ${build.version.replace(/^go/, "")}` : "Go",
    ...(build && { modules: build.modules }),
  });
}

/** Texts that the libraries of Rust bring into most programs. */
const OF_RUST = /^\/tmp$|^\/sys\/fs\/cgroup(?:\/cpu(?:,cpuacct)?)?$/;

/** Settings of the kernel that the C library asks for where it is linked in. */
const OF_C = /^\/proc\/sys\/(?:kernel\/(?:rtsig-max|ngroups_max|osrelease)|vm\/overcommit_memory)$/;

const without = (texts: ReadonlySet<string>, isBrought: (text: string) => boolean): ReadonlySet<string> =>
  new Set([...texts].filter((it) => !isBrought(it)));

const RUST = /rustc version/;

function sectionText(elf: ElfFile, name: string): string {
  const section = sectionOf(elf, name);
  return section ? latin1(elf.file.bytes.subarray(section.offset, section.offset + Math.min(section.size, 4096))) : "";
}

/** Whether its texts name files of the standard library of Rust. */
const namesRust = (elf: ElfFile): boolean =>
  loadedParts(elf, false).some(({ offset, size }) =>
    latin1(elf.file.bytes.subarray(offset, offset + size)).includes("/rustc/"),
  );

/** What was found in a file. */
interface Contents {
  readonly path: string;
  readonly elf: ElfFile;
  readonly dynamic: DynamicTable | undefined;
  readonly code: MachineCode;
  readonly texts: ReadonlySet<string>;
  readonly own: boolean;
  /** What its functions show where it is one of Go. */
  readonly go?: readonly ProgramSign[];
  readonly compiler?: string | undefined;
  readonly modules?: readonly string[];
  /** The files that it may open to write. */
  readonly written?: readonly string[];
}

function fileOf({ path, elf, dynamic, code, texts, own, go, compiler, modules, written = [] }: Contents): NativeFile {
  const imports = dynamic?.imports ?? new Set<string>();
  const numbers = go ? { signs: go, hides: [] } : numberSigns(elf, code.calls, imports);
  const loads = loadedNames(elf, code, imports);
  const commands = [...startedCommands(elf, code), ...(go ? startedByGo(elf, code.calls) : [])];
  const signs = new SignList();
  signs.add([...importSigns(imports, code), ...numbers.signs, ...namedCalls(imports, texts)]);
  const startsAny = signs.has("exec");
  signs.add(commandSigns(commands, startsAny, texts, compiler === "Rust"));
  if (signs.has("mode") && !signs.has("setuidMode"))
    for (const it of code.modes) signs.addOne("setuidMode", "constant", `0${it.toString(8)}`);
  for (const it of written) if (OF_KERNEL.test(it)) signs.addOne("kernelSettings", "text", it);
  for (const it of [...(dynamic?.needed ?? []), ...loads])
    if (it !== undefined) signs.addOne(signOfLibrary(it), "library", it);
  for (const text of [...texts, ...code.pieces])
    if (!isSourceFile(text)) for (const it of textSigns(text)) signs.addOne(it, "text", text);
  const loader = new Set([elf.interpreter, ...(dynamic?.folders ?? [])]);
  return {
    reading: {
      ...{ path, own, signs: signs.list, form: go ? "go" : "native" },
      paths: wholePaths(texts).filter((it) => !loader.has(it)),
      hides: own ? [...numbers.hides, ...hiddenParts(elf, dynamic, code, go !== undefined), ...unreadCode(elf)] : [],
      ...(compiler !== undefined && { compiler }),
      ...(modules && { modules }),
    },
    ...{ needed: dynamic?.needed ?? [], loads, starts: [...new Set(commands.map(([it = ""]) => it))] },
    ...{ folders: dynamic?.folders ?? [], inherited: dynamic?.inherited ?? false },
  };
}

/** What the kernel shows of devices and of itself; of networks and control groups other signs speak. */
const OF_KERNEL = /^\/sys\/(?!fs\/cgroup(?:\/|$)|class\/net(?:\/|$))[^\s]+$/;

const textSigns = (text: string): readonly (SignName | undefined)[] => [
  text.startsWith("/") && !/\s/.test(text) ? signOfPath(text) : undefined,
  signOfText(text),
];

const MAX_SIGNS = 50;

/** How much may stand after the last part of a file before it counts as something else: tools pad files. */
const MAX_REST = 65_536;

/** What a file holds besides code that can be read, each the end of a sentence. */
function hiddenParts(
  elf: ElfFile,
  dynamic: DynamicTable | undefined,
  code: MachineCode,
  isGo: boolean,
): readonly string[] {
  const { bytes } = elf.file;
  if (latin1(bytes.subarray(0, 4096)).includes("UPX!")) return ["is packed, so that its code cannot be read"];
  if (bytes.length - endOf(elf) > MAX_REST || sectionOf(elf, "pydata")) return ["carries files that are not read"];
  const isSilent = elf.processor && !isGo && !dynamic && !code.calls.some(isSystemCall);
  return isSilent ? ["has no code that could be read"] : [];
}

/** Signs, each once, and of each kind as many as anyone reads. */
class SignList {
  readonly list: ProgramSign[] = [];
  readonly #known = new Set<string>();
  readonly #counts = new Map<SignName, number>();

  has(sign: SignName): boolean {
    return this.#counts.has(sign);
  }

  add(signs: Iterable<ProgramSign>): void {
    for (const it of signs) this.addOne(it.sign, it.form, it.what);
  }

  addOne(sign: ProgramSign["sign"] | undefined, form: ProgramSign["form"], what: string): void {
    if (sign === undefined || this.#known.has(`${sign} ${what}`)) return;
    const count = this.#counts.get(sign) ?? 0;
    if (count >= MAX_SIGNS) return;
    this.#counts.set(sign, count + 1);
    this.#known.add(`${sign} ${what}`);
    this.list.push({ sign, form, what });
  }
}
