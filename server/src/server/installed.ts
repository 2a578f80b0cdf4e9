import { NEWEST_VERSION, OLDEST_VERSION, type SystemdVersion } from "../facts/version.ts";
import type { FileAccess } from "./files.ts";

const LIBRARY = /^libsystemd-shared-(\d+)[^/]*\.so$/;

/** The version of systemd on this machine, told by the name of its library; undefined where none is found. Runs nothing. */
export async function installedVersion(files: FileAccess): Promise<SystemdVersion | undefined> {
  if (!files.machine) return undefined;
  const triplets = (await files.list("file:///usr/lib")).filter((it) => it.folder && /-linux-/.test(it.name));
  const folders = [
    "/usr/lib/systemd",
    "/usr/lib64/systemd",
    ...triplets.map((it) => `/usr/lib/${it.name}/systemd`),
    "/lib/systemd",
    "/run/current-system/systemd/lib/systemd",
  ];
  for (const folder of folders) {
    for (const { name } of await files.list(`file://${folder}`)) {
      const version = LIBRARY.exec(name)?.[1];
      if (version) return Number(version);
    }
  }
  return undefined;
}

/** The nearest version that the facts cover. */
export function coveredVersion(version: SystemdVersion): SystemdVersion {
  return Math.max(OLDEST_VERSION, Math.min(NEWEST_VERSION, version));
}
