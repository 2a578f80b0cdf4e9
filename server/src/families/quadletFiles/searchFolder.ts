import { QUADLET_FOLDER } from "./quadletPath.ts";

/** Where podman's generator looks for the quadlets that it reads together. */
export interface SearchFolder {
  readonly folder: string;
  /** Whether it looks into the folders in it, too. */
  readonly deep: boolean;
}

/** The folder whose quadlets are read together with the one of a path; of one that lies elsewhere its own folder alone. */
export function searchFolderOf(path: string): SearchFolder {
  const own = path.slice(0, path.lastIndexOf("/"));
  const placed = QUADLET_FOLDER.exec(`${own}/`);
  return placed
    ? { folder: `${own}/`.slice(0, placed.index + placed[0].length - 1), deep: true }
    : { folder: own, deep: false };
}
