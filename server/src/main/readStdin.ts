import { readSync } from "node:fs";
import { BoundedBytes } from "./readNear.ts";

const STDIN = 0;

/** Standard input to its end; throws where it is longer than any file that is read. */
export function readStdin(): Uint8Array {
  const read = new BoundedBytes(0);
  while (read.took(readWaiting(...read.room())));
  return read.bytes();
}

/** The last bytes of standard input, of which no more than a few times as many are ever kept. */
export function readStdinEnd(most: number): Uint8Array {
  const bytes = new Uint8Array(most * 2);
  let filled = 0;
  for (;;) {
    const count = readWaiting(bytes, filled, bytes.length - filled);
    filled += count;
    if (count === 0) return bytes.subarray(Math.max(0, filled - most), filled);
    if (filled < bytes.length) continue;
    bytes.copyWithin(0, filled - most, filled);
    filled = most;
  }
}

const PAUSE_MS = 5;

/** Waits where another program that shares the terminal or pipe made it one that nobody waits for. */
function readWaiting(bytes: Uint8Array, offset: number, length: number): number {
  for (;;) {
    try {
      return readSync(STDIN, bytes, offset, length, null);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      // Windows calls the end of a pipe an error.
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
