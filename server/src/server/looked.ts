import type { ListedEntry } from "./fileAccess.ts";
import { pathOfUri } from "./uris.ts";

/** Whether all folders below count, or only those that belong to the units of a folder. */
export type Extent = "all" | "units";

/** A folder that holds drop-ins or dependencies of a unit. */
export const INNER = /\.(?:d|wants|requires|upholds)$/;

const SKIPPED = /^(?:\.(?!config$|local$).*|node_modules)$/;

/** Whether a folder is looked into that belongs to no unit. */
export const isOrdinary = ({ name, link }: ListedEntry): boolean => !link && !SKIPPED.test(name);

/** Which folders were looked at. Invariant: what was not seen in one that was looked at is known by its address. */
export class LookedFolders {
  readonly #extents = new Map<string, Extent>();
  /** Of each folder that was looked at what below it was not seen: folders beyond the limit, and files that gave no text. */
  readonly #unseen = new Map<string, ReadonlySet<string>>();

  /** Whether there may be units that were not seen: too many folders, or files far away that could not be read. */
  get isPartial(): boolean {
    return this.#unseen.size > 0;
  }

  /** Whether a folder was itself looked at, and not only as a part of another one. */
  has(folder: string): boolean {
    return this.#extents.has(folder);
  }

  /** How far a folder was looked at; undefined where it was not. */
  extentOf(folder: string): Extent | undefined {
    const all = [...this.#extents].some(([root, extent]) => extent === "all" && `${folder}/`.startsWith(`${root}/`));
    if (all) return "all";
    const parent = INNER.test(folder) ? folder.slice(0, Math.max(0, folder.lastIndexOf("/"))) : folder;
    // Only the root of a file system has a slash at its end.
    return this.#extents.get(folder) ?? this.#extents.get(parent) ?? this.#extents.get(`${parent}/`);
  }

  /** A folder is looked at so far from now on. */
  add(folder: string, extent: Extent): void {
    this.#extents.set(folder, extent);
  }

  /** What of a folder was not seen, when it was looked at. */
  note(folder: string, unseen: ReadonlySet<string>): void {
    if (unseen.size > 0) this.#unseen.set(folder, unseen);
    else this.#unseen.delete(folder);
  }

  /** A file was seen later. */
  seen(uri: string): void {
    for (const [folder, unseen] of this.#unseen) this.note(folder, new Set([...unseen].filter((it) => it !== uri)));
  }

  /** Forgets what is at some paths. */
  forget(isGone: (path: string) => boolean): void {
    for (const looked of this.#extents.keys()) if (isGone(pathOfUri(looked))) this.#extents.delete(looked);
    for (const [folder, unseen] of this.#unseen) {
      if (isGone(pathOfUri(folder))) this.#unseen.delete(folder);
      else this.note(folder, new Set([...unseen].filter((it) => !isGone(pathOfUri(it)))));
    }
  }
}
