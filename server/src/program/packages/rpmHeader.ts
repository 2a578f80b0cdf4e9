import { decodeUtf8 } from "../../text/utf8.ts";
import { FileBytes } from "../native/bytes.ts";

/** The tags of what is asked of a package, by their numbers in rpm. */
const TAGS = {
  name: 1000,
  sourcePackage: 1044,
  fileCapabilities: 5010,
  fileDigests: 1035,
  fileFlags: 1037,
  folderOfFile: 1116,
  fileNames: 1117,
  folders: 1118,
} as const;

/** What rpm keeps of a package: texts and numbers by their tags. */
export interface RpmHeader {
  texts(tag: keyof typeof TAGS): readonly string[];
  numbers(tag: keyof typeof TAGS): readonly number[];
}

/** A list of entries of 16 bytes, each a tag, a kind, a place and a count, with the data behind it. */
export function rpmHeader(bytes: Uint8Array): RpmHeader {
  const file = new FileBytes(bytes);
  const count = Math.min(file.u32be(0), file.length >> 4);
  const entries = new Map(Array.from({ length: count }, (_, i) => [file.u32be(8 + 16 * i), 8 + 16 * i] as const));
  const data = 8 + 16 * count;
  const find = (tag: keyof typeof TAGS): { readonly start: number; readonly count: number } => {
    const at = entries.get(TAGS[tag]);
    return at === undefined
      ? { start: data, count: 0 }
      : { start: data + file.u32be(at + 8), count: Math.min(file.u32be(at + 12), file.length) };
  };
  return {
    texts(tag) {
      const { start, count } = find(tag);
      return textsFrom(bytes, start, count);
    },
    numbers(tag) {
      const { start, count } = find(tag);
      return Array.from({ length: count }, (_, i) => file.u32be(start + 4 * i));
    },
  };
}

/** So many texts, each up to a NUL. */
function textsFrom(bytes: Uint8Array, start: number, count: number): readonly string[] {
  const texts: string[] = [];
  for (let at = start; texts.length < count && at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    if (end < 0) break;
    texts.push(decodeUtf8(bytes.subarray(at, end)));
    at = end + 1;
  }
  return texts;
}
