import { openPage, type PageSource } from "./source.ts";

/** The name of the data file, next to the program or inside of it. */
export const MANUAL_DATA = "manual.json.gz";

/** The licence under which systemd gives its manual pages. */
const NOTICE = "The manual pages of systemd, (c) the systemd authors, under LGPL-2.1-or-later: https://systemd.io";

/** The shape of the data file, as JSON. */
interface Bundle {
  readonly notice: string;
  readonly version: number;
  /** The text of each page. */
  readonly pages: readonly string[];
}

/** The data file of some pages, without the comments and macros that all of them begin with. */
export function writeBundle(sources: readonly PageSource[]): string {
  const bundle: Bundle = {
    notice: NOTICE,
    version: Math.max(0, ...sources.map((it) => it.version)),
    pages: sources.map(({ roff }) => roff.replace(/^(?:\.\\"|'\\"|\.nh$|\.ad l$|\.ie \\n|\.el +\.ds).*\n/gm, "")),
  };
  return JSON.stringify(bundle);
}

/** The pages of a data file; none where it is something else. */
export function readBundle(json: string): PageSource[] {
  let bundle: Partial<Bundle> | null;
  try {
    bundle = JSON.parse(json) as Partial<Bundle> | null;
  } catch {
    return [];
  }
  const pages: unknown = bundle?.pages;
  if (!Array.isArray(pages)) return [];
  return pages.map((it) => openPage(String(it))).filter((it) => typeof it !== "string");
}

/** The pages of a compressed data file, where the platform has no zlib of its own. */
export async function readCompressedBundle(data: Uint8Array<ArrayBuffer>): Promise<PageSource[]> {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text().then(readBundle, () => []);
}
