import { FileBytes } from "../native/bytes.ts";
import { filePages } from "./filePages.ts";
import type { PackageDatabase } from "./manager.ts";

const MAGIC = 0x061561;
const HEADER = 26;

/** Pages of entries by their type: sorted, and of older versions. */
const HASH_PAGES: ReadonlySet<number> = new Set([13, 2]);
/** How an entry begins that is in the page whole, and one that is in pages of its own. */
const IN_PAGE = 1;
const OUTSIDE = 3;

/** More bytes than the values of one database take, and than one of them does. */
const MAX_BYTES = 1 << 30;
const MAX_VALUE = 1 << 26;

/** The values of a hash of Berkeley DB in little endian, in no order; what is broken is left out. */
export function* hashValues(path: string, files: PackageDatabase): Iterable<Uint8Array> {
  const head = new FileBytes(files.read(path, 0, 40) ?? new Uint8Array());
  const size = head.u32(20);
  const bytesOf = head.u32(12) === MAGIC ? filePages(path, size, files) : undefined;
  if (!bytesOf) return;
  const page = (number: number): FileBytes => new FileBytes(bytesOf(number));
  let bytes = 0;
  for (let number = 1; number <= head.u32(32); number++) {
    const it = page(number);
    if (it.length < HEADER) return;
    if (!HASH_PAGES.has(it.u8(25))) continue;
    for (const value of valuesOn(it, page)) {
      bytes += value.length;
      if (bytes > MAX_BYTES) return;
      yield value;
    }
  }
}

/** The values on a page: each is behind its key in the list of places, and entries grow from the end of the page. */
function* valuesOn(page: FileBytes, pageAt: (number: number) => FileBytes): Iterable<Uint8Array> {
  const count = Math.min(page.u16(20), page.length >> 1);
  const offsetOf = (entry: number): number => page.u16(HEADER + 2 * entry);
  for (let entry = 1; entry < count; entry += 2) {
    const start = offsetOf(entry);
    const kind = page.u8(start);
    if (kind === IN_PAGE) yield page.bytes.subarray(start + 1, offsetOf(entry - 1));
    else if (kind === OUTSIDE) yield valueOutside(page.u32(start + 4), page.u32(start + 8), pageAt);
  }
}

/** A value in pages that follow each other, each with the length of its part. */
function valueOutside(first: number, length: number, pageAt: (number: number) => FileBytes): Uint8Array {
  const value = new Uint8Array(Math.min(length, MAX_VALUE));
  let filled = 0;
  for (let next = first; next > 0 && filled < value.length; ) {
    const page = pageAt(next);
    const part = page.bytes.subarray(HEADER, HEADER + Math.min(page.u16(22), value.length - filled));
    // An empty part would be followed for ever.
    if (part.length === 0) break;
    value.set(part, filled);
    filled += part.length;
    next = page.u32(16);
  }
  return value;
}
