import type { Host } from "../cli/host.ts";

/** A text of more bytes is worth compiling what reads it for speed. */
const LONG = 1 << 16;

/** A host that calls `haste` whenever it has read a long text. */
export function hasteningHost(host: Host, haste: () => void): Host {
  const hastened = (bytes: Uint8Array): Uint8Array => {
    if (bytes.length > LONG) haste();
    return bytes;
  };
  return {
    ...host,
    read: (path, is) => hastened(host.read(path, is)),
    stdin: () => hastened(host.stdin()),
  };
}
