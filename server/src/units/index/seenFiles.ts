import { type FilePlace, type FolderPlace, filePlaceOf } from "./filePlace.ts";
import type { Gathering } from "./gatherAsk.ts";
import { loadUnit, type UnitFiles } from "./load.ts";
import type { LoadPathEntry } from "./loadPathFolders.ts";
import { countsInIndex } from "./ownFiles.ts";
import { EMPTY_INDEX, type SeenFile, withChanges } from "./unitIndex.ts";

/** A file that counts for a unit. */
export interface GatheredFile {
  readonly path: string;
  readonly text: string;
}

/** Files that were looked at for one unit. Invariant: of the texts the index knows no more than whether there is one. */
export class SeenUnitFiles {
  readonly #files = new Map<string, SeenFile>();
  readonly #texts = new Map<string, string>();
  /** A file whose text is not asked for. */
  readonly #known: GatheredFile | undefined;

  constructor(known: GatheredFile | undefined) {
    this.#known = known;
  }

  /** Reads files where they count. */
  *look(entries: readonly LoadPathEntry[]): Gathering<void> {
    const known = this.#known;
    const requests = entries.map(({ path }) => ({
      kind: path === known?.path ? ("link" as const) : ("file" as const),
      path,
    }));
    const answers = requests.length === 0 ? [] : yield requests;
    for (const [i, { path, place: at }] of entries.entries()) {
      const { text = path === known?.path ? known.text : undefined, link } = answers[i] ?? {};
      const place = movedTo(path, at);
      if (!place || (text === undefined && link === undefined)) continue;
      this.add({ path, place, ...(text === undefined ? {} : { text }), ...(link === undefined ? {} : { link }) });
    }
  }

  add({ path, place = filePlaceOf(path), text, link }: SeenFile): void {
    if (!place || (text !== undefined && !countsInIndex(path, place, text))) return;
    if (text !== undefined) this.#texts.set(path, text);
    // Of another name the file counts that is strongest for what it leads to, whichever it leads to itself.
    const isOtherName = link !== undefined && link.split("/").at(-1) !== path.split("/").at(-1);
    const masking = text === "" && !isOtherName ? { text } : {};
    this.#files.set(path, { path, place, ...masking, ...(link === undefined ? {} : { link }) });
  }

  /** Has a file that was seen count at another place. */
  move(path: string, place: FilePlace): void {
    const file = this.#files.get(path);
    if (file) this.#files.set(path, { ...file, place });
  }

  knownPlace(path: string): FilePlace | undefined {
    return this.#files.get(path)?.place;
  }

  /** What a manager loads of these files for a name; undefined where none is of its tree. */
  load(tree: string, name: string): UnitFiles | undefined {
    const found = withChanges(EMPTY_INDEX, [...this.#files.values()]).trees.get(tree);
    return found && loadUnit(found, name);
  }

  gathered(path: string): GatheredFile {
    return { path, text: this.#texts.get(path) ?? "" };
  }
}

/** What a path means in a folder that counts as another place. */
export function movedTo(path: string, { root, scope, rank, folder }: FolderPlace): FilePlace | undefined {
  const place = filePlaceOf(path);
  return place && { ...place, root, scope, rank, folder };
}
