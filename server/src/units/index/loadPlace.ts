import { type FolderPlace, filePlaceOf } from "./filePlace.ts";

/** Who owns a folder of the load path: the administrator or user, a package, or nobody, as it is gone after the next boot. */
export type LoadPathOwner = "administrator" | "vendor" | "runtime";

/** A place in a load path. */
export interface LoadPlace {
  /** What stands before the load path: empty on the machine itself. */
  readonly root: string;
  readonly scope: "system" | "user";
  /** The folder of unit files that the file counts for. */
  readonly folder: string;
  readonly owner: LoadPathOwner;
}

/** Whether a folder is one of those that a manager looks into, and not any folder with unit files. */
export const isLoadPath = ({ root, folder }: Pick<FolderPlace, "root" | "folder">): boolean => root !== folder;

/**
 * Where in a load path the unit file or drop-in at an absolute path lies, that of the machine or of a tree that looks like
 * one; undefined for a file of a repository and for what no manager reads.
 */
export function loadPlaceOf(path: string): LoadPlace | undefined {
  const place = filePlaceOf(path);
  if (!place || !isLoadPath(place)) return undefined;
  const { root, scope, folder } = place;
  return { root, scope, folder, owner: ownerOf(folder) };
}

/** Where a link of another system leads: its root is the folder below which that lies, and not that of the machine. */
export function linkedPath(path: string, link: string): string {
  const root = loadPlaceOf(path)?.root ?? "";
  return root !== "" && link.startsWith("/") && !link.startsWith(`${root}/`) ? root + link : path;
}

/** Where the administrator puts what changes units or quadlets of the same manager, in the same tree. */
export const administratorFolder = ({ root, scope, folder }: LoadPlace): string =>
  /\/containers\/systemd(?:\/|$)/.test(folder)
    ? `${root}/etc/containers/systemd${scope === "user" ? "/users" : ""}`
    : `${root}/etc/systemd/${scope}`;

function ownerOf(folder: string): LoadPathOwner {
  // Of packages that are installed into a home folder are those of `.local/share`.
  if (/(?:^|\/)(?:usr\/)?(?:lib|share)\/(?:systemd|containers\/systemd)\//.test(`${folder}/`)) return "vendor";
  return /(?:^|\/)run\/(?:user\/\d+\/)?(?:systemd|containers\/systemd)\//.test(`${folder}/`)
    ? "runtime"
    : "administrator";
}
