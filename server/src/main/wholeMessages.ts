import type { Writable } from "node:stream";

type Done = (error?: Error | null) => void;

/**
 * Has messages go out whole, and those that are ready at the same time together, such as the lenses and the findings after a
 * key: each time something goes out costs both sides more than what is in it. The library writes a header and what follows
 * it one after the other, and waits for both; it is told that they are written, as who cares for a stream that fails listens to
 * that stream. `sent` is called whenever something went out. What is returned sends what is left, for when the process ends.
 */
export function joinMessages(stream: Writable, sent: () => void = () => undefined): () => void {
  const write = stream.write.bind(stream);
  let header = "";
  let isHeld = false;
  const flush = (): void => {
    if (!isHeld) return;
    isHeld = false;
    stream.uncork();
    sent();
  };
  const hold = (): void => {
    if (isHeld) return;
    isHeld = true;
    stream.cork();
    // In the first round of the event loop the library writes the message that waits for this one.
    setImmediate(() => setImmediate(flush));
  };
  const joined = (part: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const then = typeof encoding === "function" ? encoding : done;
    const isHeader = typeof part === "string" && HEADER.test(part);
    if (isHeader) header += part;
    else hold();
    if (!isHeader && header !== "") {
      write(header, "latin1");
      header = "";
    }
    const code = typeof encoding === "string" ? encoding : "utf8";
    const isRoom = isHeader || (typeof part === "string" ? write(part, code) : write(part));
    then?.();
    return isRoom;
  };
  stream.write = joined as Writable["write"];
  return flush;
}

const HEADER = /^Content-Length: \d+\r\n\r\n$/;
