import type { Writable } from "node:stream";

type Done = (error?: Error | null) => void;

/**
 * Has the header of a message go out with what follows it. The library writes them one after the other, which wakes the client
 * for a header that it can do nothing with, and waits for the first one in between.
 */
export function joinMessages(stream: Writable): void {
  const write = stream.write.bind(stream);
  let header = "";
  const joined = (part: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const then = typeof encoding === "function" ? encoding : done;
    if (typeof part === "string" && HEADER.test(part)) {
      header += part;
      then?.();
      return true;
    }
    stream.cork();
    if (header !== "") write(header, "latin1");
    header = "";
    const isRoom =
      typeof part === "string"
        ? write(part, typeof encoding === "string" ? encoding : "utf8", then)
        : write(part, then);
    stream.uncork();
    return isRoom;
  };
  stream.write = joined as Writable["write"];
}

const HEADER = /^Content-Length: \d+\r\n\r\n$/;
