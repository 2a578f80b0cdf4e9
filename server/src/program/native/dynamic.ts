import { type ElfFile, offsetOf } from "./elf.ts";

/** What a file asks of the loader. */
export interface DynamicTable {
  readonly needed: readonly string[];
  /** The folders of RUNPATH or RPATH, with $ORIGIN and the like as they stand there. */
  readonly folders: readonly string[];
  /** Whether the folders are those of RPATH, which libraries of the program inherit. */
  readonly inherited: boolean;
  /** The functions and data that it takes from libraries. */
  readonly imports: ReadonlySet<string>;
  /** The names of imports by the address of the cell that the loader fills. */
  readonly cells: ReadonlyMap<number, string>;
  /** Imports whose addresses stand in data, so that a call of them is not to be found. */
  readonly taken: ReadonlySet<string>;
  /** Addresses in the file itself by the cell that holds them. */
  readonly pointers: ReadonlyMap<number, number>;
}

const TAG = {
  ...{ needed: 1, strings: 5, symbols: 6, rpath: 15, runpath: 29 },
  ...{ rela: 7, relaSize: 8, rel: 17, relSize: 18, pltRel: 20, jumps: 23, jumpsSize: 2 },
} as const;

/** What a file asks of the loader, without the cells where only imports count; undefined for what is linked statically. */
export function readDynamic(elf: ElfFile, withCells: boolean): DynamicTable | undefined {
  if (!elf.dynamic || elf.dynamic.size === 0) return undefined;
  const { file, wide } = elf;
  const tags = readTags(elf, elf.dynamic);
  const value = (tag: number): number => tags.get(tag)?.[0] ?? 0;
  const strings = offsetOf(elf, value(TAG.strings)) ?? -1;
  const text = (at: number): string => (strings < 0 ? "" : file.text(strings + at));
  const inherited = !tags.has(TAG.runpath);
  const symbols = readSymbols(elf, offsetOf(elf, value(TAG.symbols)), text);
  const links = new Links(symbols, wide);
  if (withCells) {
    links.read(elf, value(TAG.rela), value(TAG.relaSize), true);
    links.read(elf, value(TAG.rel), value(TAG.relSize), false);
    links.read(elf, value(TAG.jumps), value(TAG.jumpsSize), value(TAG.pltRel) === TAG.rela);
  }
  return {
    needed: (tags.get(TAG.needed) ?? []).map(text).filter((it) => it !== ""),
    folders: text(value(inherited ? TAG.rpath : TAG.runpath))
      .split(":")
      .filter((it) => it !== "" && tags.has(inherited ? TAG.rpath : TAG.runpath)),
    inherited,
    ...{ imports: new Set(symbols.values()), cells: links.cells, taken: links.taken, pointers: links.pointers },
  };
}

function readTags({ file, wide }: ElfFile, { offset, size }: { offset: number; size: number }) {
  const tags = new Map<number, number[]>();
  const step = wide ? 16 : 8;
  for (let at = offset; at + step <= offset + size; at += step) {
    const tag = file.word(at, wide);
    if (tag === 0) break;
    const values = tags.get(tag);
    if (!values) tags.set(tag, [file.word(at + step / 2, wide)]);
    else if (values.length < MAX_NEEDED) values.push(file.word(at + step / 2, wide));
  }
  return tags;
}

const MAX_NEEDED = 500;

/** The names of undefined symbols by their numbers: the table ends where its entries stop to look like some. */
function readSymbols(
  elf: ElfFile,
  start: number | undefined,
  text: (at: number) => string,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (start === undefined) return names;
  const { file, wide } = elf;
  const size = wide ? 24 : 16;
  const end = Math.min(file.length, start + symbolBytes(elf, start));
  let characters = 0;
  for (let at = start + size, i = 1; at + size <= end; at += size, i++) {
    const info = file.u8(at + (wide ? 4 : 12));
    if (file.u16(at + (wide ? 6 : 14)) !== 0 || info >> 4 === 0) continue;
    const name = text(file.u32(at));
    characters += name.length;
    if (characters > file.length) break;
    if (name !== "") names.set(i, name);
  }
  return names;
}

/** The size of the table of symbols, which the section says, else the table of texts that follows. */
function symbolBytes(elf: ElfFile, start: number): number {
  const section = elf.sections.find((it) => it.name === ".dynsym" && it.offset === start);
  if (section) return section.size;
  const { file, wide, dynamic } = elf;
  const tags = readTags(elf, dynamic ?? { offset: 0, size: 0 });
  const strings = offsetOf(elf, tags.get(TAG.strings)?.[0] ?? 0) ?? 0;
  return strings > start ? strings - start : Math.min(file.length - start, (wide ? 24 : 16) * 4096);
}

/** What the loader puts into a cell, by the numbers of x86-64 and of aarch64. */
const DATA: ReadonlySet<number> = new Set([1, 257]);
const SYMBOL: ReadonlySet<number> = new Set([6, 7, 1025, 1026]);
const RELATIVE: ReadonlySet<number> = new Set([8, 1027]);

/** What the loader writes into cells of memory. */
class Links {
  readonly cells = new Map<number, string>();
  readonly taken = new Set<string>();
  readonly pointers = new Map<number, number>();
  readonly #symbols: ReadonlyMap<number, string>;
  readonly #wide: boolean;

  constructor(symbols: ReadonlyMap<number, string>, wide: boolean) {
    this.#symbols = symbols;
    this.#wide = wide;
  }

  read(elf: ElfFile, address: number, bytes: number, withAddend: boolean): void {
    const start = address === 0 ? undefined : offsetOf(elf, address);
    if (start === undefined) return;
    const { file } = elf;
    const wide = this.#wide;
    const size = (wide ? 16 : 8) + (withAddend ? (wide ? 8 : 4) : 0);
    const end = Math.min(start + bytes, file.length);
    for (let at = start; at + size <= end; at += size) {
      const info = file.u32(at + (wide ? 8 : 4));
      const type = wide ? info : info & 0xff;
      if (RELATIVE.has(type)) {
        if (wide && withAddend) this.pointers.set(file.u64(at), file.u64(at + 16));
      } else this.#link(file.word(at, wide), type, wide ? file.u32(at + 12) : info >>> 8);
    }
  }

  #link(cell: number, type: number, symbol: number): void {
    const name = this.#symbols.get(symbol);
    if (name === undefined) return;
    if (SYMBOL.has(type)) this.cells.set(cell, name);
    else if (DATA.has(type)) this.taken.add(name);
  }
}
