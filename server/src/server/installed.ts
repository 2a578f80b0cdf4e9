import { buildOf, libraryFolders, OS_RELEASE_FILES, releaseOfLibrary } from "../facts/machineTarget.ts";
import { NEWEST_VERSION, OLDEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import type { FileAccess } from "./fileAccess.ts";

/**
 * The systemd of this machine, told by the name of its library and by the distribution; undefined where none is found.
 * Runs nothing.
 */
export async function installedVersion(files: FileAccess): Promise<SystemdVersion | undefined> {
  if (!files.machine) return undefined;
  const triplets = (await files.list("file:///usr/lib")).filter((it) => it.folder && /-linux-/.test(it.name));
  for (const folder of libraryFolders(triplets.map((it) => it.name))) {
    for (const { name } of await files.list(`file://${folder}`)) {
      const release = releaseOfLibrary(name);
      if (release !== undefined) return buildOf(release, await osRelease(files));
    }
  }
  return undefined;
}

async function osRelease(files: FileAccess): Promise<string> {
  for (const path of OS_RELEASE_FILES) {
    const text = await files.read(`file://${path}`);
    if (text !== undefined) return text;
  }
  return "";
}

/** The nearest version that the facts cover. */
export function coveredVersion(version: SystemdVersion): SystemdVersion {
  return Math.max(OLDEST_VERSION, Math.min(NEWEST_VERSION, version));
}
