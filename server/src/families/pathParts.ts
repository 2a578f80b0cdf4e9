/** `systemctl edit` writes to `.#NAME` with 16 hexadecimal digits after it, as tempfn_random() does, systemd 262. */
const EDITED = /^\.#(.+?)[0-9a-f]{16}$/;
const WINDOWS = /^(?:[A-Za-z]:[\\/]|\\\\)/;

/** The parts of a POSIX or Windows path; both kinds of slashes separate, but not the one of an escape such as `\x2d`. */
export function pathParts(path: string): string[] {
  if (!path.includes("\\")) return path.split("/");
  return path.split(WINDOWS.test(path) ? /[\\/]/ : /\/|\\(?!x[0-9a-f]{2})/);
}

/** What stands before the name of a file in its path, with the slash; empty where there is none. */
export function folderBefore(path: string): string {
  if (!path.includes("\\")) return path.slice(0, path.lastIndexOf("/") + 1);
  return path.slice(0, path.length - (pathParts(path).at(-1)?.length ?? 0));
}

/** The file name of a path as `unedited` gives it, the folder that it lies in, and all folders above it with that one last. */
export function splitPath(path: string): { folder: string; file: string; parents: readonly string[] } {
  const parents = pathParts(path);
  const file = parents.pop() ?? "";
  return { folder: parents.at(-1) ?? "", file: unedited(file), parents };
}

/** The name of the file that a temporary one of `systemctl edit` will replace; any other name stays as it is. */
export function unedited(file: string): string {
  return EDITED.exec(file)?.[1] ?? file;
}

/** The path of a folder without the slashes at its end; the root of all keeps its one. */
export const withoutLastSlashes = (folder: string): string => folder.replace(/(?<=[^/]|^\/)\/+$/, "");
