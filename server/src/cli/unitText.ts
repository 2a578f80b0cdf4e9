import { isTooLong, MOST_CHARACTERS, TOO_LONG } from "../syntax/longFile.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { Host } from "./host.ts";

/** A file that is longer than what is checked. */
export class TooLongError extends Error {
  constructor() {
    super(`not checked: ${TOO_LONG}`);
  }
}

/** No character has more bytes than these in UTF-8. */
const MOST_BYTES = MOST_CHARACTERS * 4;

/** The text of a file that units are read from; throws where it cannot be read, and where it is too long. */
export const unitText = (host: Host, path: string, is?: "file"): string => checkedText(host.read(path, is));

/** The text of some bytes; throws where it is too long. */
export function checkedText(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw new TooLongError();
  const text = decodeUtf8(bytes);
  if (isTooLong(text)) throw new TooLongError();
  return text;
}
