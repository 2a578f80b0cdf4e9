import { type PodmanVersion, podmanVersionNamed } from "./podmanVersions.ts";

/** The lists of installed packages that tell of podman, by the way to read each; nothing has to be run. */
export const PACKAGE_LISTS = {
  dpkg: "/var/lib/dpkg/status",
  apk: "/lib/apk/db/installed",
  pacman: "/var/lib/pacman/local",
} as const;

/** The podman of such a list of dpkg or apk; undefined where it has none. */
export function podmanInList(text: string): PodmanVersion | undefined {
  const begin = [`\nPackage: podman\n`, `\nP:podman\n`].map((it) => `\n${text}`.indexOf(it)).find((it) => it >= 0);
  if (begin === undefined) return undefined;
  const [entry = ""] = text.slice(begin).split("\n\n", 1);
  const line = entry.split("\n").find((it) => /^(?:Version: |V:)/.test(it));
  return versionOf(line?.replace(/^(?:Version: |V:)(?:\d+:)?/, ""));
}

/** The podman among the names of folders, as pacman has one for each package. */
export const podmanInFolders = (names: readonly string[]): PodmanVersion | undefined =>
  versionOf(names.map((it) => /^podman-(?:\d+:)?(\d.*)$/.exec(it)?.[1]).find((it) => it !== undefined));

/** Major and minor number of the version of a package. */
const versionOf = (text: string | undefined): PodmanVersion | undefined =>
  podmanVersionNamed(/^\d+\.\d+/.exec(text ?? "")?.[0] ?? "");
