import { FileBytes } from "../native/bytes.ts";
import { CODED, COLUMNS } from "./dotnetTables.ts";

/** What an assembly of .NET refers to, and the texts of its code. */
export interface AssemblyNames {
  /** Types of others with their namespace: `System.IO.File`. */
  readonly types: readonly string[];
  /** What it calls of them: `System.IO.File.WriteAllText`. */
  readonly members: readonly string[];
  /** Functions of native libraries. */
  readonly nativeCalls: readonly string[];
  readonly assemblies: readonly string[];
  readonly texts: readonly string[];
}

const TYPE_REF = 1;
const MEMBER_REF = 10;
const IMPLEMENTATION_MAP = 28;
const ASSEMBLY_REF = 35;

/** More rows than the tables of one assembly have that are read. */
const MAX_ROWS = 100_000;

/** The names in an assembly; undefined for a file of another form. Follows ECMA-335, II.24 and II.25. */
export function assemblyNames(bytes: Uint8Array): AssemblyNames | undefined {
  const file = new FileBytes(bytes);
  const root = metadataAt(file);
  if (root === undefined) return undefined;
  const streams = streamsOf(file, root);
  const start = streams.get("#~");
  if (start === undefined) return undefined;
  const tables = new Tables(file, start);
  const names = streams.get("#Strings") ?? file.length;
  const text = (row: readonly number[] | undefined, column: number): string =>
    row ? file.text(names + (row[column] ?? 0)) : "";
  const typeNames = tables
    .rows(TYPE_REF)
    .map((it) => [text(it, 2), text(it, 1)].filter((part) => part !== "").join("."));
  const members = tables.rows(MEMBER_REF).flatMap((it) => {
    const parent = it[0] ?? 0;
    // The lowest bits say that it is a type of another assembly.
    const type = (parent & 7) === 1 ? typeNames[(parent >> 3) - 1] : undefined;
    return type === undefined ? [] : [`${type}.${text(it, 1)}`];
  });
  return {
    types: typeNames,
    members,
    nativeCalls: tables.rows(IMPLEMENTATION_MAP).map((it) => text(it, 2)),
    assemblies: tables.rows(ASSEMBLY_REF).map((it) => text(it, 6)),
    texts: textsIn(file, streams.get("#US")),
  };
}

const COFF = 24;
const SECTION = 40;

/** Where the metadata begins, by way of the header that says that a program is one of .NET. */
function metadataAt(file: FileBytes): number | undefined {
  const start = file.u32(0x3c);
  if (file.u16(0) !== 0x5a4d || file.u32(start) !== 0x4550) return undefined;
  const optional = start + COFF;
  const isWide = file.u16(optional) === 0x20b;
  const sections = optional + file.u16(start + 20);
  const offsetOf = (address: number): number | undefined => {
    for (let i = 0; i < file.u16(start + 6); i++) {
      const at = sections + i * SECTION;
      const within = address - file.u32(at + 12);
      if (within >= 0 && within < file.u32(at + 16)) return file.u32(at + 20) + within;
    }
    return undefined;
  };
  const header = offsetOf(file.u32(optional + (isWide ? 224 : 208)));
  const root = header === undefined ? undefined : offsetOf(file.u32(header + 8));
  return root !== undefined && file.u32(root) === 0x424a5342 ? root : undefined;
}

const MOST_STREAMS = 16;

/** The parts of the metadata by their names. */
function streamsOf(file: FileBytes, root: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const version = root + 16 + file.u32(root + 12);
  let at = version + 4;
  for (let i = 0; i < Math.min(file.u16(version + 2), MOST_STREAMS); i++) {
    const name = file.text(at + 8, 32);
    found.set(name, root + file.u32(at));
    at += 8 + 4 * Math.floor(name.length / 4 + 1);
  }
  return found;
}

/** The tables of an assembly, whose columns are as wide as the tables and texts that they lead to are long. */
class Tables {
  readonly #file: FileBytes;
  readonly #counts: readonly number[];
  readonly #heaps: number;
  readonly #first: number;

  constructor(file: FileBytes, start: number) {
    this.#file = file;
    this.#heaps = file.u8(start + 6);
    let at = start + 24;
    this.#counts = Array.from({ length: 64 }, (_, table) => {
      const isThere = (file.u8(start + 8 + (table >> 3)) >> (table & 7)) & 1;
      at += 4 * isThere;
      return isThere ? file.u32(at - 4) : 0;
    });
    this.#first = at;
  }

  /** The rows of a table as far as the file has them, each the numbers in its columns. */
  rows(table: number): readonly (readonly number[])[] {
    const start = COLUMNS.slice(0, table).reduce((at, _, it) => at + this.#size(it) * this.#count(it), this.#first);
    const sizes = this.#columns(table);
    const size = this.#size(table);
    const fitting = Math.max(0, Math.floor((this.#file.length - start) / size));
    return Array.from({ length: Math.min(this.#count(table), fitting, MAX_ROWS) }, (_, row) => {
      let at = start + row * size;
      return sizes.map((it) => {
        at += it;
        return it === 2 ? this.#file.u16(at - 2) : this.#file.u32(at - it);
      });
    });
  }

  #count(table: number): number {
    return this.#counts[table] ?? 0;
  }

  #size(table: number): number {
    return this.#columns(table).reduce((sum, it) => sum + it, 0);
  }

  #columns(table: number): readonly number[] {
    return (COLUMNS[table] ?? []).map((it) => (typeof it === "number" ? it : this.#width(it)));
  }

  #width(column: string): number {
    const heap = "SGB".indexOf(column);
    if (heap >= 0) return (this.#heaps >> heap) & 1 ? 4 : 2;
    const { bits, tables } = CODED[column] ?? { bits: 0, tables: [Number(column.slice(1))] };
    return tables.every((it) => this.#count(it) < 2 ** (16 - bits)) ? 2 : 4;
  }
}

const MAX_TEXTS = 20_000;
const MAX_TEXT = 2000;
const UTF16 = new TextDecoder("utf-16le");

/** The texts of the code: each has its length before it, and a byte behind. */
function textsIn(file: FileBytes, start: number | undefined): readonly string[] {
  const texts: string[] = [];
  if (start === undefined) return texts;
  for (let at = start + 1; at < file.length && texts.length < MAX_TEXTS; ) {
    const { length, from } = lengthAt(file, at);
    // Zeros fill the end up.
    if (length === 0) break;
    texts.push(UTF16.decode(file.bytes.subarray(from, from + Math.min(length - 1, MAX_TEXT))));
    at = from + length;
  }
  return texts;
}

/** A length of one, two or four bytes (ECMA-335, II.23.2). */
function lengthAt(file: FileBytes, at: number): { readonly length: number; readonly from: number } {
  const first = file.u8(at);
  if (first < 0x80) return { length: first, from: at + 1 };
  if (first < 0xc0) return { length: file.u16be(at) & 0x3fff, from: at + 2 };
  return { length: file.u32be(at) & 0x1fffffff, from: at + 4 };
}
