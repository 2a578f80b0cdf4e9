import { FileBytes, isElf } from "./bytes.ts";

/** A part of a file that the kernel or the loader puts into memory. */
interface Segment {
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly executable: boolean;
}

interface Section {
  readonly name: string;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly executable: boolean;
  readonly holdsBytes: boolean;
}

/** Machine code in a file of the form ELF, in little endian. */
export interface ElfFile {
  readonly file: FileBytes;
  /** Whether addresses have 64 bits. */
  readonly wide: boolean;
  /** The processor that it is for, where its instructions are known. */
  readonly processor: "x86-64" | "aarch64" | undefined;
  /** Whether it is linked to one address, so that code names data by numbers. */
  readonly fixed: boolean;
  readonly segments: readonly Segment[];
  readonly sections: readonly Section[];
  readonly interpreter?: string;
  /** Where the table for the loader is in the file, and its size. */
  readonly dynamic?: { readonly offset: number; readonly size: number };
}

const MAX_HEADERS = 512;
const MAX_SECTIONS = 4096;
/** Processors by their numbers in the header. */
const PROCESSORS: Readonly<Record<number, ElfFile["processor"]>> = { 62: "x86-64", 183: "aarch64" };

/** The parts of a file; undefined for what is no ELF or not in little endian. */
export function parseElf(bytes: Uint8Array): ElfFile | undefined {
  const file = new FileBytes(bytes);
  if (!isElf(bytes) || file.u8(5) !== 1) return undefined;
  const wide = file.u8(4) === 2;
  const headers = programHeaders(file, wide);
  const interpreter = headers.find((it) => it.type === INTERPRETER);
  const dynamic = headers.find((it) => it.type === DYNAMIC);
  return {
    file,
    wide,
    processor: wide ? PROCESSORS[file.u16(18)] : undefined,
    fixed: file.u16(16) === 2,
    segments: headers.filter((it) => it.type === LOADED && it.size > 0),
    sections: sectionsOf(file, wide),
    ...(interpreter && { interpreter: file.text(interpreter.offset, interpreter.size) }),
    ...(dynamic && { dynamic }),
  };
}

const LOADED = 1;
const DYNAMIC = 2;
const INTERPRETER = 3;

interface ProgramHeader extends Segment {
  readonly type: number;
}

function programHeaders(file: FileBytes, wide: boolean): readonly ProgramHeader[] {
  const start = file.word(wide ? 32 : 28, wide);
  const size = file.u16(wide ? 54 : 42);
  const count = Math.min(file.u16(wide ? 56 : 44), MAX_HEADERS);
  if (size < (wide ? 56 : 32)) return [];
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return {
      type: file.u32(at),
      executable: (file.u32(at + (wide ? 4 : 24)) & 1) !== 0,
      ...inFile(file, file.word(at + (wide ? 8 : 4), wide), file.word(at + (wide ? 32 : 16), wide)),
      address: file.word(at + (wide ? 16 : 8), wide),
    };
  });
}

function sectionsOf(file: FileBytes, wide: boolean): readonly Section[] {
  const start = file.word(wide ? 40 : 32, wide);
  const size = file.u16(wide ? 58 : 46);
  const count = Math.min(file.u16(wide ? 60 : 48), MAX_SECTIONS);
  if (start === 0 || size < (wide ? 64 : 40)) return [];
  const names = file.word(start + file.u16(wide ? 62 : 50) * size + (wide ? 24 : 16), wide);
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return {
      name: file.text(names + file.u32(at), 64),
      holdsBytes: file.u32(at + 4) !== NO_BITS,
      executable: (file.u32(at + 8) & 4) !== 0,
      address: file.word(at + (wide ? 16 : 12), wide),
      ...inFile(file, file.word(at + (wide ? 24 : 16), wide), file.word(at + (wide ? 32 : 20), wide)),
    };
  });
}

const NO_BITS = 8;

/** A place that lies in the file as a whole. */
function inFile(file: FileBytes, offset: number, size: number): { offset: number; size: number } {
  const start = Math.min(offset, file.length);
  return { offset: start, size: Math.min(size, file.length - start) };
}

/** Where in the file a byte of memory is. */
export function offsetOf({ segments }: ElfFile, address: number): number | undefined {
  for (const it of segments)
    if (address >= it.address && address < it.address + it.size) return address - it.address + it.offset;
  return undefined;
}

/** Runs of bytes with their addresses: of machine code, or of all else that is loaded. */
export function loadedParts(elf: ElfFile, executable: boolean): readonly Segment[] {
  const sections = elf.sections.filter((it) => it.holdsBytes && it.address > 0 && it.size > 0);
  const parts = sections.some((it) => it.executable)
    ? sections.filter((it) => it.executable === executable && !LOADER_TABLES.test(it.name))
    : elf.segments.filter((it) => it.executable === executable);
  return firstBytes(parts, elf.file.length);
}

/** Those that together have no more bytes than the file, as parts of a sound one do not overlap. */
function firstBytes(parts: readonly Segment[], most: number): readonly Segment[] {
  let bytes = 0;
  return parts.filter((it) => {
    bytes += it.size;
    return bytes <= most;
  });
}

/** Sections of names and versions for the loader, which are no texts of the program. */
const LOADER_TABLES =
  /^\.(?:dynstr|dynsym|gnu\.|interp|note|hash|rela?\.|eh_frame|gcc_except_table|gopclntab|dynamic|got|plt)/;

/** Where the last part of a file ends. */
export function endOf({ file, wide, segments, sections }: ElfFile): number {
  const headers = file.word(wide ? 40 : 32, wide) + file.u16(wide ? 58 : 46) * file.u16(wide ? 60 : 48);
  const parts = [...segments, ...sections.filter((it) => it.holdsBytes)];
  return parts.reduce((end, it) => Math.max(end, it.offset + it.size), headers);
}

/** A section by its name. */
export const sectionOf = ({ sections }: ElfFile, name: string): Section | undefined =>
  sections.find((it) => it.name === name && it.holdsBytes);
