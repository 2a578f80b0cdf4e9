import { type FileBytes, latin1 } from "../native/bytes.ts";
import type { PackageDatabase } from "./manager.ts";
import { type SqlitePages, sqlitePages } from "./sqlitePages.ts";

/** More bytes than the packages of a machine take, and than one of them does. */
const MAX_BYTES = 1 << 30;
const MAX_ROW = 1 << 26;

/**
 * The last field of each row of a table, which for a table of keys and values is the value. Follows the file format of SQLite;
 * what is broken is left out.
 */
export function* lastFields(path: string, table: string, files: PackageDatabase): Iterable<Uint8Array> {
  const pages = sqlitePages(path, files);
  const schema = pages ? rowsFrom(1, pages) : [];
  for (const row of schema) {
    const [kind, name, , root] = fieldsOf(row);
    if (pages && kind && name && root && latin1(kind) === "table" && latin1(name) === table)
      for (const it of rowsFrom(numberIn(root), pages)) yield fieldsOf(it).at(-1) ?? new Uint8Array();
  }
}

const INTERIOR = 5;
const LEAF = 13;

/** The rows below a page of a table, each page looked at once. */
function* rowsFrom(root: number, pages: SqlitePages): Iterable<Uint8Array> {
  const waiting = [root];
  const seen = new Set<number>();
  let bytes = 0;
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) continue;
    seen.add(number);
    const page = pages.page(number);
    // The first page begins with the header of the file.
    const start = number === 1 ? 100 : 0;
    const kind = page.u8(start);
    if (kind === INTERIOR)
      waiting.push(
        page.u32be(start + 8),
        ...cellsOf(page, start, 12)
          .map((it) => page.u32be(it))
          .reverse(),
      );
    if (kind !== LEAF) continue;
    for (const it of cellsOf(page, start, 8)) {
      const row = rowAt(it, page, pages);
      bytes += row.length;
      if (bytes > MAX_BYTES) return;
      yield row;
    }
  }
}

/** Where the cells of a page begin, whose list stands behind its header. */
const cellsOf = (page: FileBytes, start: number, header: number): readonly number[] =>
  Array.from({ length: Math.min(page.u16be(start + 3), page.length >> 1) }, (_, i) =>
    page.u16be(start + header + 2 * i),
  );

/** The bytes of a row, of which a long one goes on in pages of its own. */
function rowAt(at: number, page: FileBytes, pages: SqlitePages): Uint8Array {
  const length = numberAt(page, at);
  const start = numberAt(page, length.end).end;
  const whole = Math.min(length.value, MAX_ROW);
  const here = bytesInCell(whole, pages.size);
  const row = new Uint8Array(whole);
  row.set(page.bytes.subarray(start, start + here));
  let next = here < whole ? page.u32be(start + here) : 0;
  for (let filled = here; filled < whole && next > 0; filled += pages.size - 4) {
    const more = pages.page(next);
    row.set(more.bytes.subarray(4, 4 + Math.min(pages.size - 4, whole - filled)), filled);
    next = more.u32be(0);
  }
  return row;
}

/** How many bytes of a row stand in its cell (file format of SQLite, 1.6). */
function bytesInCell(length: number, size: number): number {
  const most = size - 35;
  if (length <= most) return length;
  const least = Math.floor(((size - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (size - 4));
  return fitting <= most ? fitting : least;
}

/** The fields of a row, whose kinds stand before them. */
function fieldsOf(row: Uint8Array): readonly Uint8Array[] {
  const header = numberIn7(row, 0);
  const fields: Uint8Array[] = [];
  let start = header.value;
  for (let at = header.end; at < header.value && at < row.length; ) {
    const kind = numberIn7(row, at);
    const length = kind.value < 12 ? (SIZES[kind.value] ?? 0) : (kind.value - (kind.value % 2) - 12) / 2;
    fields.push(row.subarray(start, start + length));
    start += length;
    at = kind.end;
  }
  return fields;
}

/** The bytes of numbers, by their kinds from 0. */
const SIZES = [0, 1, 2, 3, 4, 6, 8, 8];

/** A number in big endian. */
const numberIn = (bytes: Uint8Array): number => bytes.reduce((number, it) => number * 256 + it, 0);

const numberAt = (page: FileBytes, at: number): ReturnType<typeof numberIn7> => numberIn7(page.bytes, at);

/** A number of seven bits a byte, and where it ends; the ninth byte would count whole, which is more than any length. */
function numberIn7(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let end = at; end < at + 8; ) {
    const byte = bytes[end++] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return { value, end };
  }
  return { value, end: at + 9 };
}
