import { PACKAGE_LISTS, podmanInFolders, podmanInList } from "../facts/machinePodman.ts";
import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { FileAccess } from "./fileAccess.ts";

/** The podman of this machine, told by its lists of packages; undefined where they do not tell. Runs nothing. */
export async function installedPodman(files: FileAccess): Promise<PodmanVersion | undefined> {
  if (!files.machine) return undefined;
  for (const path of [PACKAGE_LISTS.dpkg, PACKAGE_LISTS.apk]) {
    const found = podmanInList((await files.read(`file://${path}`)) ?? "");
    if (found !== undefined) return found;
  }
  return podmanInFolders((await files.list(`file://${PACKAGE_LISTS.pacman}`)).map((it) => it.name));
}
