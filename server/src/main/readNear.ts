import {
  close,
  closeSync,
  constants,
  fstat,
  fstatSync,
  open,
  openSync,
  read,
  readSync,
  type Stats,
  stat,
  statSync,
} from "node:fs";
import { promisify } from "node:util";

/**
 * Several times as fast as those of node:fs/promises, which counts when thousands of files are read. Made when first asked for:
 * the bundle is also loaded where there is no node:fs.
 */
const makeCalls = () => ({
  stat: promisify(stat),
  open: promisify(open),
  fstat: promisify(fstat),
  read: promisify(read),
  close: promisify(close),
});

let calls: ReturnType<typeof makeCalls> | undefined;

/** Nothing is waited for, such as a pipe that took the place of a file since it was looked at; not all systems know these. */
const openFlags = (): number => constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * More than any unit file has, in bytes: systemd itself reads files of any length, with lines of up to 1 MiB, and the
 * longest one of a distribution has some 100 KiB. Without a bound one link in a repository could fill the memory.
 */
export const LONGEST_NEAR_FILE = 16 << 20;

/**
 * The bytes of a file of this machine; fails for pipes, sockets, folders, and for what is too long. A device is empty, as it
 * is for systemd, which takes any for /dev/null; it is never opened, as that alone may do something.
 */
export async function readNear(path: string): Promise<Uint8Array> {
  calls ??= makeCalls();
  const node = calls;
  if (!hasBytes(await node.stat(path))) return new Uint8Array();
  const handle = await node.open(path, openFlags());
  try {
    const read = new BoundedBytes(sizeOf(await node.fstat(handle)));
    while (read.took((await node.read(handle, ...read.room(), null)).bytesRead));
    return read.bytes();
  } finally {
    await node.close(handle);
  }
}

/** The same for whoever has nothing else to do meanwhile. What `is` a file, and no link, is opened at once. */
export function readNearNow(path: string | Buffer, is?: "file"): Uint8Array {
  const plain = is === "file" ? openPlain(path) : undefined;
  if (plain === undefined && !hasBytes(statSync(path))) return new Uint8Array();
  const handle = plain ?? openSync(path, openFlags());
  try {
    const size = sizeOf(fstatSync(handle));
    const read = new BoundedBytes(size);
    // Whoever says how long it is, is not asked for more; files of the kernel say nothing.
    while (read.took(readSync(handle, ...read.room(), null)) && !(size > 0 && read.length === size));
    return read.bytes();
  } finally {
    closeSync(handle);
  }
}

/** Opens what is no link; undefined where it has become one, or cannot be opened. */
function openPlain(path: string | Buffer): number | undefined {
  if (constants.O_NOFOLLOW === undefined) return undefined;
  try {
    return openSync(path, openFlags() | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
}

/** Whether there may be something in it; throws for what is no file. */
function hasBytes(it: Stats): boolean {
  if (it.isCharacterDevice() || it.isBlockDevice()) return false;
  sizeOf(it);
  return true;
}

/** How long a file says that it is, which what the kernel makes up as it is read does not say; throws where it is not read. */
function sizeOf(it: Stats): number {
  if (!it.isFile()) throw new Error("this is not a file");
  if (it.size > LONGEST_NEAR_FILE) throw tooLong();
  return it.size;
}

const tooLong = (): Error => new Error("this is too long for a unit file");

/** Where nobody says how much is to come, in bytes. */
const SMALLEST = 4096;

/** What is read piece by piece, up to the longest that is read at all. */
export class BoundedBytes {
  #bytes: Uint8Array<ArrayBuffer>;
  #filled = 0;

  /** Of something that is expected to have this many bytes; small ones share what Node.js sets aside for them. */
  constructor(expected: number) {
    this.#bytes = expected > 0 ? Buffer.allocUnsafe(expected + 1) : new Uint8Array(SMALLEST);
  }

  /** Where the next piece goes: the buffer, the offset and the length. */
  room(): [Uint8Array<ArrayBuffer>, number, number] {
    if (this.#filled === this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    return [this.#bytes, this.#filled, this.#bytes.length - this.#filled];
  }

  /** Notes that a piece of this many bytes was read; false at the end, which none is. Throws where it becomes too long. */
  took(count: number): boolean {
    this.#filled += count;
    if (this.#filled > LONGEST_NEAR_FILE) throw tooLong();
    return count > 0;
  }

  /** How much was read. */
  get length(): number {
    return this.#filled;
  }

  /** All that was read. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#filled);
  }
}
