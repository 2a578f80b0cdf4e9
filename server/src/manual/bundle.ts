import { type PageHead, type PageSource, packedPage } from "./source.ts";

/** The name of the data file, next to the program or inside of it. */
export const MANUAL_DATA = "manual.pages";

/** The licence under which systemd gives its manual pages. */
const NOTICE = "The manual pages of systemd, (c) the systemd authors, under LGPL-2.1-or-later: https://systemd.io";

/** The first line of the data file, as JSON; behind it follow the pages in this order, each compressed by itself (RFC 1951). */
interface Contents {
  readonly notice: string;
  readonly pages: readonly PackedHead[];
}

interface PackedHead extends PageHead {
  /** In bytes. */
  readonly size: number;
}

/** A page of a data file, as it lies there. */
interface PackedPage {
  readonly head: PageHead;
  readonly data: Uint8Array<ArrayBuffer>;
}

const LINE_END = 10;

/** The data file of some pages, without the comments and macros that all of them begin with. */
export function writeBundle(sources: readonly PageSource[], pack: (text: string) => Uint8Array): Uint8Array {
  const packed = sources.map(({ roff }) =>
    pack(roff.replace(/^(?:\.\\"|'\\"|\.nh$|\.ad l$|\.ie \\n|\.el +\.ds).*\n/gm, "")),
  );
  const pages = sources.map(({ name, names, section, version }, i) => {
    return { name, names, section, version, size: packed[i]?.length ?? 0 };
  });
  const contents: Contents = { notice: NOTICE, pages };
  const parts = [new TextEncoder().encode(`${JSON.stringify(contents)}\n`), ...packed];
  const data = new Uint8Array(parts.reduce((sum, it) => sum + it.length, 0));
  let at = 0;
  for (const it of parts) {
    data.set(it, at);
    at += it.length;
  }
  return data;
}

/** The pages of a data file, which stay compressed until they are asked for; none where it is something else. */
export function readBundle(
  data: Uint8Array<ArrayBuffer>,
  unpack: (page: Uint8Array<ArrayBuffer>) => string,
): PageSource[] {
  return packedPages(data).map((it) => packedPage(it.head, () => unpack(it.data)));
}

/** The same where the platform only unpacks what one waits for: all pages at once. */
export function readUnpackedBundle(data: Uint8Array<ArrayBuffer>): Promise<PageSource[]> {
  const unpack = ({ data: page }: PackedPage): Promise<string> =>
    new Response(new Blob([page]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  const pages = packedPages(data).map(async (it) => ({ ...it.head, roff: await unpack(it) }));
  return Promise.all(pages).catch(() => []);
}

function packedPages(data: Uint8Array<ArrayBuffer>): PackedPage[] {
  let at = data.indexOf(LINE_END) + 1;
  return contentsOf(data.subarray(0, at)).map(({ size, ...head }) => {
    const page = { head, data: data.subarray(at, at + size) };
    at += size;
    return page;
  });
}

function contentsOf(line: Uint8Array): readonly PackedHead[] {
  try {
    const { pages } = JSON.parse(new TextDecoder().decode(line)) as Partial<Contents>;
    return Array.isArray(pages) && pages.every(isHead) ? pages : [];
  } catch {
    return [];
  }
}

function isHead(it: Partial<PackedHead> | null): it is PackedHead {
  return typeof it?.name === "string" && Array.isArray(it.names) && typeof it.size === "number";
}
