import { inflateSync } from "fflate/browser";

/** A file of a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** Its content; undefined where it is too long or broken. */
  read(): Uint8Array | undefined;
}

const MAX_ENTRIES = 20_000;
/** A class or list is shorter; a longer entry is data, or made to fill memory. */
const MAX_ENTRY = 1 << 20;
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** The files of a zip archive, by its list of contents; none for anything else. */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: ZipEntry[] = [];
  let at = listStart(view);
  while (at >= 0 && at + 46 <= bytes.length && view.getUint32(at, true) === CENTRAL && found.length < MAX_ENTRIES) {
    const [method, packed, size] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
    ];
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const start = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
    found.push({ name, read: () => contentAt(bytes, view, { start, method, packed, size }) });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}

/** Where the list of contents begins; -1 without one. */
function listStart(view: DataView): number {
  for (let at = view.byteLength - 22; at >= 0 && at > view.byteLength - 66_000; at--)
    if (view.getUint32(at, true) === END) return view.getUint32(at + 16, true);
  return -1;
}

interface Stored {
  readonly start: number;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
}

function contentAt(bytes: Uint8Array, view: DataView, { start, method, packed, size }: Stored): Uint8Array | undefined {
  if (size > MAX_ENTRY || packed > MAX_ENTRY || start + 30 > bytes.length) return undefined;
  if (view.getUint32(start, true) !== LOCAL) return undefined;
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const data = bytes.subarray(from, from + packed);
  if (method === 0) return data;
  if (method !== 8) return undefined;
  try {
    return inflateSync(data, { out: new Uint8Array(size) });
  } catch {
    return undefined;
  }
}
