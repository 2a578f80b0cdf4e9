import { latin1 } from "./bytes.ts";
import type { CallPlace } from "./codeWalk.ts";
import { type ElfFile, offsetOf } from "./elf.ts";

/** Where a function that opens files takes the path, and what says that it is opened to write. */
interface Opening {
  readonly path: number;
  readonly flags?: number;
  /** Whether it is said by a text as that of fopen(), by the bits of open(), or by those of a stream of C++. */
  readonly by: "always" | "text" | "bits" | "stream";
}

const BY_PATH: Opening = { path: 0, flags: 1, by: "bits" };
const BY_FOLDER: Opening = { path: 1, flags: 2, by: "bits" };
const BY_TEXT: Opening = { path: 0, flags: 1, by: "text" };
const STREAM: Opening = { path: 1, flags: 2, by: "stream" };

const OPENINGS: Readonly<Record<string, Opening>> = {
  ...{ open: BY_PATH, open64: BY_PATH, __open_2: BY_PATH, __open64_2: BY_PATH, openat: BY_FOLDER, openat64: BY_FOLDER },
  ...{ fopen: BY_TEXT, fopen64: BY_TEXT, freopen: BY_TEXT, creat: { path: 0, by: "always" } },
  _ZNSt13basic_filebufIcSt11char_traitsIcEE4openEPKcSt13_Ios_Openmode: STREAM,
  _ZNSt14basic_ofstreamIcSt11char_traitsIcEEC1EPKcSt13_Ios_Openmode: { path: 1, by: "always" },
  ...{ "os.WriteFile": { path: 0, by: "always" }, "os.Create": { path: 0, by: "always" }, "os.OpenFile": BY_PATH },
};

/** Whether a function of C, C++ or Go opens files. */
export const isOpening = (name: string): boolean => Object.hasOwn(OPENINGS, name);

/** The bits of open() that let it write, and the one of streams. */
const WRITING = 3;
const OUT = 16;

/** The files that a program of C or C++ opens to write, as far as their paths stand next to the call. */
export const pathsWritten = (elf: ElfFile, calls: readonly CallPlace[]): readonly string[] =>
  calls.flatMap(({ name, values }) => {
    const opening = isOpening(name) ? OPENINGS[name] : undefined;
    const path = opening && textAt(elf, values[opening.path]);
    return path && isToWrite(opening, values, elf) ? [path] : [];
  });

function isToWrite({ flags = -1, by }: Opening, values: CallPlace["values"], elf: ElfFile): boolean {
  const value = values[flags];
  if (by === "always") return true;
  if (value === undefined) return false;
  if (by === "text") return /[wa+]/.test(textAt(elf, value) ?? "");
  return (value & (by === "bits" ? WRITING : OUT)) !== 0;
}

/** The same of Go, which hands a text over by its address and its length. */
export const writtenByGo = (elf: ElfFile, calls: readonly CallPlace[]): readonly string[] =>
  calls.flatMap(({ name, goValues: [address, length = MAX_PATH + 1, flags = 0] }) => {
    if (!isOpening(name) || !name.startsWith("os.")) return [];
    const isWritten = name !== "os.OpenFile" || (flags & WRITING) !== 0;
    const start = address === undefined ? undefined : offsetOf(elf, address);
    if (!isWritten || start === undefined || length > MAX_PATH) return [];
    return [latin1(elf.file.bytes.subarray(start, start + length))];
  });

const MAX_PATH = 512;

function textAt(elf: ElfFile, address: number | undefined): string | undefined {
  const offset = address === undefined ? undefined : offsetOf(elf, address);
  const text = offset === undefined ? "" : elf.file.text(offset);
  return text === "" ? undefined : text;
}
