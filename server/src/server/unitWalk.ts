import { append } from "../text/append.ts";
import { escapedPart } from "../text/percent.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import type { Confinement } from "./confinement.ts";
import { type FileAccess, type ListedEntry, MANY_FOLDERS } from "./fileAccess.ts";
import { type Extent, INNER, isOrdinary } from "./looked.ts";
import { pathOfUri } from "./uris.ts";

/** What a walk is made with. */
export interface WalkSources {
  readonly files: FileAccess;
  readonly confinement: Confinement;
}

/** Where a walk begins, and how far it goes. */
export interface WalkStart {
  readonly folder: string;
  readonly extent: Extent;
  /** Whether a link leads there: then only the files in it count. */
  readonly linked?: boolean;
}

/** A file that may be one of units, with what its folder says of it. */
export type FoundFile = readonly [uri: string, entry: ListedEntry];

/** How many folders are listed at a time. */
const WAVE = 256;
const DEPTH = 12;
/** How many files are found by way of links to folders: a few links to one large folder would find each of its files again. */
const MAX_LINKED_FILES = 10_000;

/**
 * The files of units below a folder, a few at a time. Links lead to files, and to the folders of drop-ins and dependencies
 * that they stand for, but never below those, so that circles end at once; `unseen` gets what is left out as too much.
 */
export async function* walkUnits(
  { folder, extent, linked = false }: WalkStart,
  { files, confinement }: WalkSources,
  unseen: Set<string>,
): AsyncGenerator<readonly FoundFile[], void, undefined> {
  const many = MANY_FOLDERS[files.reach(folder)];
  let linkedFiles = 0;
  const mayFollow = async (uri: string): Promise<boolean> =>
    files.reach(uri) === "near" && (await confinement.whereabouts(uri)) !== "outside";
  let level: readonly Step[] = [{ uri: folder, linked }];
  for (let depth = 0, visited = 0; depth < DEPTH && level.length > 0; depth++) {
    const wanted = level.slice(0, many - visited);
    for (const it of level.slice(wanted.length)) unseen.add(it.uri);
    visited += wanted.length;
    const next: Step[] = [];
    for (const wave of batches(wanted, WAVE)) {
      const listed = await Promise.all(wave.map(async (it) => ({ it, entries: await files.list(it.uri) })));
      const found: FoundFile[] = [];
      const links: Step[] = [];
      for (const { it, entries } of listed) {
        for (const entry of entries) {
          const uri = `${it.uri.replace(/\/$/, "")}/${escapedPart(entry.name)}`;
          const isInner = entry.folder && INNER.test(entry.name);
          if (filePlaceOf(pathOfUri(uri)) && (!entry.folder || entry.link)) {
            if (it.linked && ++linkedFiles > MAX_LINKED_FILES) unseen.add(uri);
            else found.push([uri, entry]);
          } else if (it.linked) continue;
          else if (isInner && entry.link) links.push({ uri, linked: true });
          else if (isInner || (entry.folder && extent === "all" && isOrdinary(entry)))
            next.push({ uri, linked: false });
        }
      }
      if (found.length > 0) yield found;
      const followed = await Promise.all(links.map(({ uri }) => mayFollow(uri)));
      append(
        next,
        links.filter((_, i) => followed[i]),
      );
    }
    level = next;
  }
}

/** A folder on the way. */
interface Step {
  readonly uri: string;
  readonly linked: boolean;
}

/** Some at a time, in order. */
export function* batches<T>(all: readonly T[], size: number): Iterable<readonly T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}
