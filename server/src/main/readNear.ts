import { close, constants, fstat, open, read, type Stats, stat } from "node:fs";
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
  /** Nothing is waited for, such as a pipe that took the place of a file since it was looked at; not all systems know these. */
  flags: constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0),
});

let calls: ReturnType<typeof makeCalls> | undefined;

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
  const found = await node.stat(path);
  if (isDevice(found)) return new Uint8Array();
  refuseOthers(found, path);
  const handle = await node.open(path, node.flags);
  try {
    const { size } = refuseOthers(await node.fstat(handle), path);
    // What the kernel makes up as it is read is said to have no bytes at all.
    let bytes = new Uint8Array(Math.max(size, SMALLEST) + 1);
    for (let filled = 0; ; ) {
      const { bytesRead } = await node.read(handle, bytes, filled, bytes.length - filled, null);
      filled += bytesRead;
      if (bytesRead === 0) return bytes.subarray(0, filled);
      if (filled > LONGEST_NEAR_FILE) throw new Error(`${path} is too long for a unit file`);
      if (filled === bytes.length) bytes = grown(bytes);
    }
  } finally {
    await node.close(handle);
  }
}

const SMALLEST = 4095;

const isDevice = (it: Stats): boolean => it.isCharacterDevice() || it.isBlockDevice();

function refuseOthers(it: Stats, path: string): Stats {
  if (!it.isFile()) throw new Error(`${path} is not a file`);
  if (it.size > LONGEST_NEAR_FILE) throw new Error(`${path} is too long for a unit file`);
  return it;
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(bytes.length * 2);
  more.set(bytes);
  return more;
}
