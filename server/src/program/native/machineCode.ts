import { ArmProcessor } from "./armProcessor.ts";
import { type CallPlace, walkCode } from "./codeWalk.ts";
import { CountedTexts } from "./countedTexts.ts";
import type { DynamicTable } from "./dynamic.ts";
import type { ElfFile } from "./elf.ts";
import type { CodeVisitor } from "./processor.ts";
import { stubsOf } from "./stubs.ts";
import { X86Processor } from "./x86Processor.ts";

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
  /** Numbers in instructions that are modes of set-user-ID or set-group-ID files. */
  readonly modes: ReadonlySet<number>;
}

/** Of a file whose code is not followed. */
export const NO_CODE: MachineCode = {
  calls: [],
  taken: new Set(),
  references: new Set(),
  lengths: new Map(),
  pieces: new Set(),
  modes: new Set(),
};

const PROCESSORS = { "x86-64": X86Processor, aarch64: ArmProcessor } as const;

const MAX_REFERENCES = 2_000_000;
const MAX_PIECES = 10_000;

/** How code is followed. */
interface CodeReading {
  /** Which imports are looked for: of all others it only counts that they are there. */
  readonly isSought: (name: string) => boolean;
  /** Functions whose calls count, too, by their addresses. */
  readonly functions?: ReadonlyMap<number, string>;
  /** Whether texts have lengths next to their addresses. */
  readonly counts: boolean;
  /** Whether arguments and addresses of texts with an end are looked for, too. */
  readonly full: boolean;
}

/** Follows the code of a file; of a processor whose instructions are not known there is none. */
export function readMachineCode(
  elf: ElfFile,
  dynamic: DynamicTable | undefined,
  { isSought, functions, counts, full }: CodeReading,
): MachineCode {
  if (elf.processor === undefined) return NO_CODE;
  const processor = new PROCESSORS[elf.processor]();
  const cells = new Map([...(dynamic?.cells ?? [])].filter(([, name]) => isSought(name)));
  const stubs = new Map([...(functions ?? []), ...stubsOf(elf, cells)]);
  const taken = new Set(dynamic?.taken);
  const references = new Set<number>(full ? dynamic?.pointers.values() : []);
  const counted = new CountedTexts(processor.lengthsBeside);
  const pieces = new Set<string>();
  const modes = new Set<number>();
  const visitor: CodeVisitor = {
    called: (address) => stubs.get(address),
    inCell: (address) => cells.get(address),
    takes(address) {
      if (full && references.size < MAX_REFERENCES) references.add(address);
      if (cells.size === 0) return;
      const name = cells.get(address) ?? stubs.get(address);
      if (name !== undefined) taken.add(name);
    },
    near: () => (counts ? counted.recent() : NO_TEXTS),
    passes: (name) => void taken.add(name),
    visits(registers) {
      if (counts) processor.count(counted, registers);
      const number = processor.textNumber(registers);
      if (full && isSetIdMode(number)) modes.add(number);
      const piece = number % 256 === SLASH ? pieceOf(number) : undefined;
      if (piece !== undefined && pieces.size < MAX_PIECES) pieces.add(piece);
    },
  };
  return { calls: walkCode(elf, processor, visitor, full), taken, references, lengths: counted.lengths, pieces, modes };
}

const NO_TEXTS: readonly never[] = [];

/** Whether a number is a mode as programs write it; what ends in 0 may be any size. */
const isSetIdMode = (number: number): boolean =>
  number > 0o2000 && number < 0o10000 && /^[2467][5-7][015][15]$/.test(number.toString(8));

/** A number that is text from its first byte on, with nothing but NUL after it. */
function pieceOf(number: number): string | undefined {
  let text = "";
  for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) {
    const byte = rest % 256;
    if (byte < 0x21 || byte > 0x7e) return undefined;
    text += String.fromCharCode(byte);
  }
  return text.length > 3 ? (CUT[text] ?? text) : undefined;
}

/** Names of folders that an instruction of 32 bits cuts, whose end stands in the next one. */
const CUT: Readonly<Record<string, string>> = { "/pro": "/proc", "/hom": "/home", "/roo": "/root" };

const SLASH = 0x2f;
