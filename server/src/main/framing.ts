/** What is wrong with what a client sends, so that no message after it can be found any more. */
export type FramingProblem = string;

/** More than any header has, and any message that a client sends, in bytes. */
const LONGEST_HEADER = 8 << 10;
const LONGEST_MESSAGE = 512 << 20;

/**
 * Follows the headers of the messages in a stream, part by part as it arrives. The library that reads the messages goes on
 * after a header that it cannot read, and takes what follows for the next one, which it may wait for without end.
 */
export function framing(): (part: Uint8Array) => FramingProblem | undefined {
  let header = "";
  let body = 0;
  return (part) => {
    for (let at = 0; at < part.length; ) {
      if (body > 0) {
        const taken = Math.min(body, part.length - at);
        body -= taken;
        at += taken;
        continue;
      }
      header += Buffer.from(part.subarray(at, at + LONGEST_HEADER)).toString("latin1");
      const end = header.indexOf("\r\n\r\n");
      if (end < 0 || end > LONGEST_HEADER) {
        if (end > LONGEST_HEADER || header.length > LONGEST_HEADER)
          return `The header of a message is longer than ${LONGEST_HEADER} bytes`;
        at += LONGEST_HEADER;
        continue;
      }
      const before = header.length - Math.min(LONGEST_HEADER, part.length - at);
      at += end + 4 - before;
      const length = lengthIn(header.slice(0, end));
      if (typeof length === "string") return length;
      body = length;
      header = "";
    }
    return undefined;
  };
}

function lengthIn(header: string): number | FramingProblem {
  const fields = header.split("\r\n").map((it) => /^([^:]*):(.*)$/.exec(it));
  if (fields.includes(null)) return `The header of a message has a line without a colon: ${shown(header)}`;
  const [value, ...more] = fields.flatMap((it) =>
    it?.[1]?.toLowerCase() === "content-length" ? [(it[2] ?? "").trim()] : [],
  );
  if (value === undefined) return `The header of a message has no Content-Length: ${shown(header)}`;
  if (more.some((it) => it !== value)) return `The header of a message has two Content-Lengths: ${shown(header)}`;
  if (!/^\d+$/.test(value)) return `Content-Length is ${shown(value)} instead of a number of bytes`;
  return Number(value) > LONGEST_MESSAGE
    ? `Content-Length is ${value}, which is more than ${LONGEST_MESSAGE} bytes`
    : Number(value);
}

/** On one line, without what a terminal would act upon. */
const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
