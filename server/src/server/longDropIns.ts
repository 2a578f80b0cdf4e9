import { UNIT_FAMILY } from "../families/unitFiles.ts";
import { filePlaceOf, treeKey } from "../units/index/filePlace.ts";
import type { Unit } from "../units/unit.ts";
import { pathOfUri } from "./uris.ts";

/** Folders of a load path, which are read together. */
const LOAD_PATH = /\/systemd\/(?:system|user)$/;

/** Knows which files were left out of their units, as they are longer than what is checked. */
export class LongDropIns {
  readonly #paths = new Set<string>();

  /** A file was read, and is so long or not. */
  readonly notice = (uri: string, isLong: boolean): void => {
    if (isLong) this.#paths.add(pathOfUri(uri));
    else this.#paths.delete(pathOfUri(uri));
  };

  /** The paths of those that are drop-ins of a unit. */
  of(uri: string, { path: { role, name } }: Unit): readonly string[] {
    if (this.#paths.size === 0 || role !== "unit" || name === undefined) return [];
    const own = filePlaceOf(pathOfUri(uri));
    const folders = UNIT_FAMILY.dropIns.foldersOf(name);
    return [...this.#paths].filter((path) => {
      const place = filePlaceOf(path);
      if (!own || place?.role.kind !== "drop-in" || treeKey(place) !== treeKey(own)) return false;
      const isBeside = place.folder === own.folder || [place, own].every((it) => LOAD_PATH.test(it.folder));
      return isBeside && folders.includes(path.split("/").at(-2) ?? "");
    });
  }
}
