import type { PodmanVersion } from "../facts/podmanVersions.ts";
import { stemOf } from "./names.ts";

/** Since 5.0 drop-ins are read, since 5.2 also those of prefixes and of the whole type. */
const DROP_INS = 5;
const PREFIXES = 5.2;

/** The names of the folders with the drop-ins of a quadlet file, the most specific first. */
export function quadletDropInFolders(name: string, version: PodmanVersion): readonly string[] {
  if (version < DROP_INS) return [];
  const stem = stemOf(name);
  const extension = name.slice(stem.length);
  const at = stem.indexOf("@");
  const base = at < 0 ? stem : stem.slice(0, at);
  const folders = [`${name}.d`];
  if (at >= 0 && at < stem.length - 1) folders.push(`${base}@${extension}.d`);
  if (version < PREFIXES) return folders;
  const words = base.split("-");
  for (let length = words.length - 1; length > 0; length--) {
    const prefix = `${words.slice(0, length).join("-")}-`;
    if (at >= 0) folders.push(`${prefix}@${extension}.d`);
    folders.push(`${prefix}${extension}.d`);
  }
  folders.push(`${extension.slice(1)}.d`);
  return folders;
}
