import { FileBytes } from "../native/bytes.ts";
import { filePages } from "./filePages.ts";
import type { PackageDatabase } from "./manager.ts";

/** The pages of a database of SQLite, with what is committed in its log and not yet in the file. */
export interface SqlitePages {
  /** The bytes of a page that tables use. */
  readonly size: number;
  /** A page by its number, from 1. */
  page(number: number): FileBytes;
}

const MAGIC = "SQLite format 3\0";

/** The pages of a file; undefined for one of another form. */
export function sqlitePages(path: string, files: PackageDatabase): SqlitePages | undefined {
  const head = files.read(path, 0, 100);
  if (!head || new FileBytes(head).text(0) !== MAGIC.slice(0, -1)) return undefined;
  const header = new FileBytes(head);
  // The largest size does not fit into its field.
  const length = header.u16be(16) === 1 ? 65_536 : header.u16be(16);
  const inFile = filePages(path, length, files);
  if (!inFile) return undefined;
  const log = committedPages(files.read(`${path}-wal`), length);
  return { size: length - header.u8(20), page: (it) => new FileBytes(log.get(it) ?? inFile(it - 1)) };
}

const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/** The last state of each page in a write-ahead log, up to the last frame that ends a transaction. */
function committedPages(bytes: Uint8Array | undefined, length: number): ReadonlyMap<number, Uint8Array> {
  const committed = new Map<number, Uint8Array>();
  const log = new FileBytes(bytes ?? new Uint8Array());
  let open: (readonly [number, Uint8Array])[] = [];
  for (let at = LOG_HEADER; at + FRAME_HEADER + length <= log.length; at += FRAME_HEADER + length) {
    // Frames of an earlier round have other salts.
    if (log.u32(at + 8) !== log.u32(16) || log.u32(at + 12) !== log.u32(20)) break;
    const start = at + FRAME_HEADER;
    open.push([log.u32be(at), log.bytes.subarray(start, start + length)]);
    if (log.u32be(at + 4) === 0) continue;
    for (const [number, page] of open) committed.set(number, page);
    open = [];
  }
  return committed;
}
