import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { quadletStem } from "./names.ts";

/** The names of the folders with the drop-ins of a quadlet file, the most specific first. */
export function quadletDropInFolders(name: string, version: PodmanVersion): readonly string[] {
  if (!podmanDoes(version, "reads drop-ins")) return [];
  const stem = quadletStem(name);
  const extension = name.slice(stem.length);
  const at = stem.indexOf("@");
  const base = at < 0 ? stem : stem.slice(0, at);
  const folders = [`${name}.d`];
  if (at >= 0 && at < stem.length - 1) folders.push(`${base}@${extension}.d`);
  if (!podmanDoes(version, "reads drop-ins of prefixes")) return folders;
  const words = base.split("-");
  for (let length = words.length - 1; length > 0; length--) {
    const prefix = `${words.slice(0, length).join("-")}-`;
    if (at >= 0) folders.push(`${prefix}@${extension}.d`);
    folders.push(`${prefix}${extension}.d`);
  }
  folders.push(`${extension.slice(1)}.d`);
  return folders;
}
