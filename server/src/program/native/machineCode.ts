import type { FileBytes } from "./bytes.ts";
import { type CallPlace, type CodeVisitor, walkCode } from "./codeWalk.ts";
import { CountedTexts } from "./countedTexts.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { ElfFile } from "./elf.ts";
import type { X86Instruction } from "./x86Instruction.ts";

/** What the machine code of a file shows. */
export interface MachineCode {
  readonly calls: readonly CallPlace[];
  /** Imports that code takes the address of, so that a call of them may have any arguments. */
  readonly taken: ReadonlySet<string>;
  /** Addresses that code names. */
  readonly references: ReadonlySet<number>;
  /** The lengths of texts without an end, by their addresses. */
  readonly lengths: ReadonlyMap<number, ReadonlySet<number>>;
  /** The first characters of texts that stand in instructions themselves. */
  readonly pieces: ReadonlySet<string>;
}

const MAX_REFERENCES = 2_000_000;
const MAX_PIECES = 10_000;

/** How code is followed. */
interface CodeReading {
  /** Which imports are looked for: of all others it only counts that they are there. */
  readonly isSought: (name: string) => boolean;
  /** Functions whose calls count, too, by their addresses. */
  readonly functions?: ReadonlyMap<number, string>;
  /** Whether texts have lengths beside their addresses. */
  readonly counts: boolean;
  /** Whether arguments and addresses of texts with an end are looked for, too. */
  readonly full: boolean;
}

/** Follows the code of a file for x86-64. */
export function readMachineCode(
  elf: ElfFile,
  dynamic: DynamicTable | undefined,
  { isSought, functions, counts, full }: CodeReading,
): MachineCode {
  const cells = new Map([...(dynamic?.cells ?? [])].filter(([, name]) => isSought(name)));
  const stubs = new Map([...(functions ?? []), ...stubsOf(elf, cells)]);
  const taken = new Set(dynamic?.taken);
  const references = new Set<number>(full ? dynamic?.pointers.values() : []);
  const counted = new CountedTexts();
  const pieces = new Set<string>();
  const visitor: CodeVisitor = {
    called: (address) => stubs.get(address),
    inCell: (address) => cells.get(address),
    takes(address) {
      if (full && references.size < MAX_REFERENCES) references.add(address);
      if (cells.size === 0) return;
      const name = cells.get(address) ?? stubs.get(address);
      if (name !== undefined) taken.add(name);
    },
    passes: (name) => void taken.add(name),
    visits(it, at, registers) {
      if (it.map !== 0) return;
      if (counts) counted.visit(it, at, registers);
      const piece = it.immediate % 256 === SLASH ? pieceOf(it) : undefined;
      if (piece !== undefined && pieces.size < MAX_PIECES) pieces.add(piece);
    },
  };
  return { calls: walkCode(elf, visitor, full), taken, references, lengths: counted.lengths, pieces };
}

/** The short pieces of code through which imports are called, by their addresses. */
function stubsOf(elf: ElfFile, cells: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const stubs = new Map<number, string>();
  if (cells.size === 0) return stubs;
  const { file } = elf;
  for (const { offset, size, address } of stubParts(elf)) {
    for (let i = 0; i + 6 <= size; i++) {
      if (file.u8(offset + i) !== 0xff || file.u8(offset + i + 1) !== 0x25) continue;
      const name = cells.get(address + i + 6 + file.i32(offset + i + 2));
      if (name === undefined) continue;
      for (const before of beginnings(file, offset + i)) stubs.set(address + i - before, name);
    }
  }
  return stubs;
}

/** The sections of such pieces, or all code where nothing names sections. */
function stubParts({ sections, segments }: ElfFile): readonly { offset: number; size: number; address: number }[] {
  const stubs = sections.filter((it) => it.name.startsWith(".plt"));
  return stubs.length > 0 ? stubs : segments.filter((it) => it.executable);
}

const ENDBR = 0xfa1e0ff3;

/** How many bytes before its jump such a piece may begin. */
function beginnings(file: FileBytes, at: number): readonly number[] {
  const prefix = file.u8(at - 1) === 0xf2 ? 1 : 0;
  return [0, prefix, ...(file.u32(at - prefix - 4) === ENDBR ? [prefix + 4] : [])];
}

/** A number of 32 or 64 bits that is text from its first byte on, with nothing but NUL after it. */
function pieceOf(it: X86Instruction): string | undefined {
  if (it.map !== 0 || it.vector) return undefined;
  const isNumber = (it.opcode >= 0xb8 && it.opcode < 0xc0) || (it.opcode === 0xc7 && it.hasOperands);
  if (!isNumber) return undefined;
  let text = "";
  for (let rest = it.immediate; rest > 0; rest = Math.floor(rest / 256)) {
    const byte = rest % 256;
    if (byte < 0x21 || byte > 0x7e) return undefined;
    text += String.fromCharCode(byte);
  }
  return text.length > 3 ? (CUT[text] ?? text) : undefined;
}

/** Names of folders that an instruction of 32 bits cuts, whose end stands in the next one. */
const CUT: Readonly<Record<string, string>> = { "/pro": "/proc", "/hom": "/home", "/roo": "/root" };

const SLASH = 0x2f;
