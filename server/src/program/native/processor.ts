import type { CountedText, CountedTexts } from "./countedTexts.ts";
import type { Registers } from "./registers.ts";

/** What code does with an address or a text that it names. */
export interface CodeVisitor {
  /** The name of what stands at an address that is called or jumped to. */
  called(address: number): string | undefined;
  /** The name of what a cell of memory leads to. */
  inCell(address: number): string | undefined;
  /** An address that code takes without calling it there. */
  takes(address: number): void;
  /** A function whose address goes where it is not followed. */
  passes(name: string): void;
  /** The texts that were named just before. */
  near(): readonly CountedText[];
  /** One instruction, after the registers know what it did. */
  visits(registers: Registers): void;
}

/** The name of a system call that an instruction makes by itself. */
export const SYSTEM_CALL = "syscall instruction";

export const GOES_ON = 0;
export const CALLS = 1;
export const BRANCHES = 2;
export const ENDS = 3;

/** Where the code goes after an instruction, filled again for each. */
export interface Flow {
  kind: number;
  name: string | undefined;
  target: number;
  /** The register that has the address of what is called, -1 for none. */
  register: number;
}

export const emptyFlow = (): Flow => ({ kind: GOES_ON, name: undefined, target: -1, register: -1 });

/** The instructions of one kind of processor, read one after another: each is kept until the next one is read. */
export interface Processor {
  /** The registers of the first arguments of a call. */
  readonly arguments: readonly number[];
  /** The register of the number of a system call. */
  readonly number: number;
  /** The registers of the first arguments of a call in Go. */
  readonly goArguments: readonly number[];
  /** Of each register those that may hold the length of a text whose address it holds. */
  readonly lengthsBeside: readonly (readonly number[])[];
  /** Registers in which nothing is known yet. */
  registers(): Registers;
  /** Reads the instruction at a place of some bytes, with where it leads; returns its length, 0 for what is none. */
  read(bytes: Uint8Array, place: number, at: number, visitor: CodeVisitor, flow: Flow): number;
  /** Follows what it does to registers where it goes on, and reports addresses in it; returns how many bytes that took. */
  follow(registers: Registers, visitor: CodeVisitor): number;
  /** Reports an address and a length next to each other. */
  count(texts: CountedTexts, registers: Registers): void;
  /** A number in it that may be text; NaN for none. */
  textNumber(registers: Registers): number;
}
