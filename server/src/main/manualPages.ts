import { readdir, readFile, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gunzipSync, inflateRawSync } from "node:zlib";
import { readBundle } from "../manual/bundle.ts";
import { type Manual, manualOf } from "../manual/manual.ts";
import { openPage, type PageSource, packedPage } from "../manual/source.ts";
import { decodeUtf8 } from "../text/utf8.ts";

/** Where the manual may be. */
export interface ManualPlaces {
  /** Folders with man5 and man7; the first one with systemd's pages counts. */
  readonly folders: readonly string[];
  /** Reads the data that the build made, for where there is no such folder. */
  readonly bundle?: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Takes one line for each page that is skipped. */
  readonly log: (line: string) => void;
}

/** More than any page or data file has, in bytes. */
const LARGEST = 8_000_000;

const DEFAULTS = [
  "/usr/share/man",
  "/usr/local/share/man",
  "/run/current-system/sw/share/man",
  "/opt/homebrew/share/man",
  "/home/linuxbrew/.linuxbrew/share/man",
] as const;

/** The folders of manual pages on this machine, those of MANPATH first. */
export function manualFolders(environment: Readonly<Record<string, string | undefined>>): string[] {
  const own = (environment.MANPATH ?? "").split(delimiter).filter((it) => it !== "");
  return [...new Set([...own, ...DEFAULTS])];
}

/** The manual of this machine's systemd, else the one that came with the program; undefined where there is none. */
export async function loadManual({ folders, bundle, log }: ManualPlaces): Promise<Manual | undefined> {
  for (const folder of folders) {
    const pages = await readManualFolder(folder, log);
    if (pages.length > 0) return manualOf(pages);
  }
  const data = await bundle?.().catch(() => undefined);
  const pages = data ? readBundle(data, unpacked) : [];
  if (data && pages.length === 0) log("The manual of the package is ignored: it has no manual pages");
  return pages.length > 0 ? manualOf(pages) : undefined;
}

const unpacked = (page: Uint8Array, dictionary: Uint8Array): Uint8Array =>
  inflateRawSync(page, { maxOutputLength: LARGEST, dictionary });

/** The pages of systemd's in the man5 and man7 of a folder; none where systemd.unit(5) is missing. */
export async function readManualFolder(folder: string, log: (line: string) => void): Promise<PageSource[]> {
  const files = (await Promise.all(["man5", "man7"].map((it) => filesIn(join(folder, it))))).flat();
  if (!files.some((it) => it.name === "systemd.unit")) return [];
  const known = await knownNames(files, log);
  const wanted = files.filter((it) => known.has(it.name) || /^systemd[.-]/.test(it.name));
  const pages: PageSource[] = [];
  // One after the other, so that only one text is in memory at a time.
  for (const { path } of wanted) {
    const page = await readPageFile(path, log);
    if (page) pages.push(page);
  }
  return pages;
}

interface PageFile {
  readonly path: string;
  readonly name: string;
}

async function filesIn(folder: string): Promise<PageFile[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().flatMap((it) => {
    const name = /^(.+)\.[57](?:\.gz)?$/.exec(it)?.[1];
    return name === undefined ? [] : [{ path: join(folder, it), name }];
  });
}

/** The names that systemd.index(7) lists: other programs' pages lie in the same folders. */
async function knownNames(files: readonly PageFile[], log: (line: string) => void): Promise<ReadonlySet<string>> {
  const index = files.find((it) => it.name === "systemd.index");
  const page = index && (await readPageFile(index.path, log));
  return new Set(Array.from(page?.roff.matchAll(/^\\fB(.+)\\fR\([57]\)/gm) ?? [], (it) => it[1] ?? ""));
}

async function readPageFile(path: string, log: (line: string) => void): Promise<PageSource | undefined> {
  const page = await openFile(path).catch((error: Error) => error.message);
  if (typeof page !== "string") return page;
  log(`${path} is ignored: ${page}`);
  return undefined;
}

/** A page that stays as it is on disk until it is asked for, or why it is none. */
async function openFile(path: string): Promise<PageSource | string> {
  if ((await stat(path)).size > LARGEST) throw new Error("it is too long for a manual page of systemd");
  const data = await readFile(path);
  const isZipped = path.endsWith(".gz");
  const limits = { maxOutputLength: LARGEST };
  const page = openPage(decodeUtf8(isZipped ? await promisify(gunzip)(data, limits) : data));
  if (typeof page === "string") return page;
  const { roff: _, ...head } = page;
  // Copied, as parts of a text keep all of it in memory.
  return packedPage(structuredClone(head), () => decodeUtf8(isZipped ? gunzipSync(data, limits) : data));
}
