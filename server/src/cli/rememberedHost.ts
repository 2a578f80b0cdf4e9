import { CONFIGURATION_NAMES } from "../configuration/configuration.ts";
import { LEARNT_SUFFIX } from "../units/learntText.ts";
import type { Host } from "./host.ts";

/** Contents of no more bytes than these wait to be read again. */
const MOST_BYTES = 4 << 20;

/** The end of the name of a folder of drop-ins. */
const DROP_INS = ".d";

/** Whether a name is one that is looked for beside each unit, or in each folder. */
const isCompanion = (name: string): boolean =>
  name.endsWith(DROP_INS) || name.endsWith(LEARNT_SUFFIX) || IN_FOLDERS.has(name);

/** What is looked for in each folder and those above it: configurations, and whether a repository begins there. */
const IN_FOLDERS: ReadonlySet<string> = new Set([...CONFIGURATION_NAMES, ".git"]);

/**
 * A host for a walk over many files that are then read one by one: what a folder held is not asked again of the disk, and a
 * file that was read is given once more from memory.
 */
export function rememberedHost(host: Host): Host {
  /** Of each folder that was listed, with a slash at its end, the names that are looked for beside each unit. */
  const companions = new Map<string, readonly string[]>();
  const read = new Map<string, Uint8Array>();
  let bytes = 0;
  /** Whether the folder of a path, or the one above it, was listed without it. */
  const isAbsent = (path: string): boolean => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const name = path.slice(folder.length);
    if (!isCompanion(name)) return false;
    const known = companions.get(folder);
    if (known) return !known.includes(name);
    const inner = folder.slice(0, -1);
    return inner.endsWith(DROP_INS) && isAbsent(inner);
  };
  return {
    ...host,
    entries(folder) {
      const entries = host.entries(folder);
      companions.set(
        folder.endsWith("/") ? folder : `${folder}/`,
        entries.filter(({ name }) => isCompanion(name)).map(({ name }) => name),
      );
      return entries;
    },
    kind: (path) => (isAbsent(path) ? undefined : host.kind(path)),
    read(path, is) {
      const known = read.get(path);
      if (known) {
        read.delete(path);
        bytes -= known.length;
        return known;
      }
      const content = host.read(path, is);
      if (bytes + content.length <= MOST_BYTES) {
        // The buffer may be larger than what was read into it.
        read.set(path, content.slice());
        bytes += content.length;
      }
      return content;
    },
  };
}
