import { CONFIGURATION_NAMES } from "../configuration/configuration.ts";
import { LEARNT_SUFFIX, NEEDS_SUFFIX } from "../units/learntText.ts";
import type { Host, HostEntry } from "./host.ts";

/** Contents of no more bytes than these wait to be read again, unless more are asked for. */
const MOST_BYTES = 4 << 20;

/** The end of the name of a folder of drop-ins. */
const DROP_INS = ".d";

/** Whether a name is one that is looked for next to each unit, or in each folder. */
const isCompanion = (name: string): boolean =>
  name.endsWith(DROP_INS) || name.endsWith(LEARNT_SUFFIX) || name.endsWith(NEEDS_SUFFIX) || IN_FOLDERS.has(name);

/** What is looked for in each folder and those above it: configurations, and whether a repository begins there. */
const IN_FOLDERS: ReadonlySet<string> = new Set([...CONFIGURATION_NAMES, ".git"]);

/** A host that remembers, and what of that another thread may be told. */
export interface RememberedHost extends Host {
  /** What is remembered of some files, as plain data; this host then needs their contents no longer. */
  readonly notesOf: (paths: readonly string[]) => HostNotes;
  /** Does a walk, and gives the next one over the same folders what this one listed. */
  readonly beforeAnother: <T>(walk: () => T) => T;
  /** Remembers what another thread was told. */
  readonly take: (notes: HostNotes) => void;
}

/** What a walk found out about some files that others then do. */
export interface HostNotes {
  /** The names next to units in their folders, by those with a slash at their end. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/**
 * A host for a walk over many files that are then read one by one: what a folder held is not asked again of the disk, and a
 * file that was read is given once more from memory.
 */
export function rememberedHost(host: Host, most = MOST_BYTES): RememberedHost {
  /** Of each folder that was listed, with a slash at its end, the names that are looked for next to each unit. */
  const companions = new Map<string, readonly string[]>();
  const contents = new Map<string, Uint8Array>();
  let bytes = 0;
  let cwd: string | undefined;
  /** A folder as it is known, also where it was named from the working directory. */
  const keyOf = (folder: string): string => {
    if (folder.startsWith("/")) return folder;
    cwd ??= `${host.absolute(".")}/`;
    return cwd + (folder.startsWith("./") ? folder.slice(2) : folder);
  };
  /** What a walk lists that another one will ask for, by the folders as they are named. */
  const listed = new Map<string, readonly HostEntry[]>();
  let isFirst = false;
  /** Whether the folder of a path, or the one above it, was listed without it. */
  const isAbsent = (path: string): boolean => {
    const folder = folderOf(path);
    const name = path.slice(folder.length);
    if (!isCompanion(name)) return false;
    const known = companions.get(keyOf(folder));
    if (known) return !known.includes(name);
    const inner = folder.slice(0, -1);
    return inner.endsWith(DROP_INS) && isAbsent(inner);
  };
  const keep = (path: string, content: Uint8Array): void => {
    if (bytes + content.length > most) return;
    contents.set(path, content);
    bytes += content.length;
  };
  const forget = (path: string): Uint8Array | undefined => {
    const known = contents.get(path);
    if (known && contents.delete(path)) bytes -= known.length;
    return known;
  };
  return {
    ...host,
    entries(folder) {
      const before = listed.get(folder);
      if (before && listed.delete(folder)) return before;
      const entries = host.entries(folder);
      const names = entries.filter(({ name }) => isCompanion(name)).map(({ name }) => name);
      companions.set(keyOf(folder.endsWith("/") ? folder : `${folder}/`), names.length === 0 ? NONE : names);
      if (isFirst && listed.size < MOST_LISTED) listed.set(folder, entries);
      return entries;
    },
    kind: (path) => (isAbsent(path) ? undefined : host.kind(path)),
    read(path, is) {
      const known = forget(path);
      if (known) return known;
      const content = host.read(path, is);
      keep(path, content);
      return content;
    },
    start(path, length, is) {
      if (is === undefined) return host.start(path, length);
      const content = contents.get(path) ?? wholeOf(host, path);
      if (content === undefined) return host.start(path, length);
      if (!contents.has(path)) keep(path, content);
      return content.subarray(0, length);
    },
    notesOf(paths) {
      const known = paths.flatMap((path) => {
        const content = forget(path);
        return content ? [[path, content] as const] : [];
      });
      const folders = new Set(paths.map(folderOf));
      const listed = [...folders].flatMap((it) => {
        const names = companions.get(keyOf(it));
        return names ? [[it, names] as const] : [];
      });
      return { folders: new Map(listed), contents: new Map(known) };
    },
    beforeAnother(walk) {
      isFirst = true;
      try {
        return walk();
      } finally {
        isFirst = false;
      }
    },
    take(notes) {
      for (const [folder, names] of notes.folders) companions.set(keyOf(folder), names);
      for (const [path, content] of notes.contents) keep(path, content);
    },
  };
}

const NONE: readonly never[] = [];

/** So many lists wait to be asked for again. */
const MOST_LISTED = 1 << 16;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** A small file is read at once; undefined of what is too long to be, or is no file any more. */
function wholeOf(host: Host, path: string): Uint8Array | undefined {
  try {
    return host.read(path, "file");
  } catch {
    return undefined;
  }
}
