import { withoutLastSlashes } from "../families/pathParts.ts";
import type { InputFile } from "./files.ts";
import type { Host } from "./host.ts";

/**
 * What is said of the folders on a command line in which a command found nothing to do, so that a wrong path is not taken for
 * an all-clear. `found` are the files that it takes, also those that a configuration leaves out.
 */
export function emptyFolders(
  host: Host,
  named: readonly string[],
  found: readonly Pick<InputFile, "path">[],
  what: string,
): string[] {
  const isBelow = (path: string, folder: string): boolean =>
    path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
  let real: readonly string[] | undefined;
  return named.flatMap((folder) => {
    if (kindOf(host, folder) !== "folder" || found.some((it) => isBelow(it.path, withoutLastSlashes(folder))))
      return [];
    // A file that is named in several ways has the path of one of them.
    real ??= found.map((it) => realOf(host, it.path));
    const top = realOf(host, folder);
    return real.some((it) => isBelow(it, top)) ? [] : [`${folder}: there is no ${what} in this folder`];
  });
}

function kindOf(host: Host, path: string): ReturnType<Host["kind"]> {
  try {
    return host.kind(path);
  } catch {
    return undefined;
  }
}

function realOf(host: Host, path: string): string {
  try {
    return host.realPath(path);
  } catch {
    return host.absolute(path);
  }
}
