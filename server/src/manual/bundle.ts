import { lazy } from "../text/tables.ts";
import { type PageHead, type PageSource, packedPage } from "./source.ts";

/** The name of the data file, next to the program or inside of it. */
export const MANUAL_DATA = "manual.pages";

/** The licence under which systemd gives its manual pages. */
const NOTICE = "The manual pages of systemd, (c) the systemd authors, under LGPL-2.1-or-later: https://systemd.io";

/**
 * The first line of the data file, as JSON. Behind it follow the dictionary and the pages in this order, each compressed by
 * itself (RFC 1951), the pages as if the dictionary had gone before.
 */
interface Contents {
  readonly notice: string;
  /** How many bytes the dictionary of all pages has, compressed as they are. */
  readonly dictionary: number;
  readonly pages: readonly PackedHead[];
}

interface PackedHead extends PageHead {
  /** In bytes. */
  readonly size: number;
}

/** A page of a data file, as it lies there. */
interface PackedPage {
  readonly head: PageHead;
  readonly data: Bytes;
}

type Bytes = Uint8Array<ArrayBuffer>;

const LINE_END = 10;

/** What of a dictionary is still in sight for the first byte of a page. */
const WINDOW = 0x8000;

/**
 * The data file of some pages, without the comments and macros that all of them begin with. The text of the pages with the names
 * in `typical` is the dictionary of all.
 */
export function writeBundle(
  sources: readonly PageSource[],
  pack: (text: Uint8Array, dictionary: Uint8Array) => Uint8Array,
  typical: readonly string[] = [],
): Uint8Array {
  const texts = sources.map(({ roff }) =>
    encode(roff.replace(/^(?:\.\\"|'\\"|\.nh$|\.ad l$|\.ie \\n|\.el +\.ds).*\n/gm, "")),
  );
  const shared = typical.flatMap((it) => texts[sources.findIndex(({ name }) => name === it)] ?? []);
  const dictionary = joined(shared).slice(-WINDOW);
  const start = pack(dictionary, NONE);
  const packed = texts.map((it) => pack(it, dictionary));
  const pages = sources.map(({ name, names, section, version }, i) => {
    return { name, names, section, version, size: packed[i]?.length ?? 0 };
  });
  const contents: Contents = { notice: NOTICE, dictionary: start.length, pages };
  return joined([encode(`${JSON.stringify(contents)}\n`), start, ...packed]);
}

const NONE = new Uint8Array();

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function joined(parts: readonly Uint8Array[]): Bytes {
  const data = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
  let at = 0;
  for (const it of parts) {
    data.set(it, at);
    at += it.length;
  }
  return data;
}

/** The pages of a data file, which stay compressed until they are asked for; none where it is something else. */
export function readBundle(data: Bytes, unpack: (page: Bytes, dictionary: Uint8Array) => Uint8Array): PageSource[] {
  const { start, pages } = packedPages(data);
  const dictionary = lazy(() => unpack(start, NONE));
  return pages.map((it) => packedPage(it.head, () => decode(unpack(it.data, dictionary()))));
}

/** The same where the platform only unpacks what one waits for, and knows no dictionaries: all pages at once. */
export async function readUnpackedBundle(data: Bytes): Promise<PageSource[]> {
  const { start, pages } = packedPages(data);
  const unpack = async (dictionary: Bytes, { head, data: page }: PackedPage): Promise<PageSource> => {
    const text = await inflated([storedBlock(dictionary), page]);
    return { ...head, roff: decode(text.subarray(dictionary.length)) };
  };
  try {
    const dictionary = await inflated([start]);
    return await Promise.all(pages.map((it) => unpack(dictionary, it)));
  } catch {
    return [];
  }
}

/** What the platform makes of compressed data. */
async function inflated(parts: readonly Bytes[]): Promise<Bytes> {
  const stream = new Blob([...parts]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A dictionary as a block of compressed data that is not compressed, which is as good before a page (RFC 1951, 3.2.4). */
function storedBlock(dictionary: Bytes): Bytes {
  const block = new Uint8Array(5 + dictionary.length);
  const head = new DataView(block.buffer);
  head.setUint16(1, dictionary.length, true);
  head.setUint16(3, ~dictionary.length, true);
  block.set(dictionary, 5);
  return block;
}

function packedPages(data: Bytes): { readonly start: Bytes; readonly pages: readonly PackedPage[] } {
  let at = data.indexOf(LINE_END) + 1;
  const next = (size: number): Bytes => {
    at += size;
    return data.subarray(at - size, at);
  };
  const { dictionary, pages } = contentsOf(data.subarray(0, at));
  const start = next(dictionary);
  return { start, pages: pages.map(({ size, ...head }) => ({ head, data: next(size) })) };
}

function contentsOf(line: Uint8Array): Pick<Contents, "dictionary" | "pages"> {
  try {
    const { dictionary = 0, pages } = JSON.parse(decode(line)) as Partial<Contents>;
    return { dictionary, pages: Array.isArray(pages) && pages.every(isHead) ? pages : [] };
  } catch {
    return { dictionary: 0, pages: [] };
  }
}

function isHead(it: Partial<PackedHead> | null): it is PackedHead {
  return typeof it?.name === "string" && Array.isArray(it.names) && typeof it.size === "number";
}
