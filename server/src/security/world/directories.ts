import type { Unit } from "../../units/unit.ts";
import type { Settings } from "../settings.ts";
import type { Cause } from "./cause.ts";
import { causeOf } from "./cause.ts";
import { type Entry, entry } from "./entry.ts";
import { baseOf, DIRECTORIES, type Directory, directories } from "./items.ts";

/** A directory that systemd makes for a service, as the service names it. */
export interface OwnDirectory {
  readonly path: string;
  readonly by: Cause;
}

/** The directories of a service: what is mounted for them, and the links that lead to them. */
export interface Own {
  readonly entries: readonly Entry[];
  readonly links: ReadonlyMap<string, string>;
  readonly directories: readonly OwnDirectory[];
}

type Name = keyof typeof DIRECTORIES;
const NAMES = Object.keys(DIRECTORIES) as Name[];

/** The settings whose directories are kept away from others while a user that systemd makes up owns them. */
const PRIVATE: readonly Name[] = ["StateDirectory", "CacheDirectory", "LogsDirectory"];

/**
 * What StateDirectory= and its kin bring. Those of a dynamic user lie in `private` and have a link to them. Follows
 * compile_bind_mounts(), exec_directory_is_private() and setup_exec_directory(), systemd 257 to 262.
 */
export function directoryEntries(unit: Unit, settings: Settings, ownRoot: boolean): Own {
  const entries: Entry[] = [];
  const links = new Map<string, string>();
  const made: OwnDirectory[] = [];
  for (const name of NAMES) {
    const found = directories(unit, name);
    if (found.length === 0) continue;
    const base = baseOf(unit, name);
    const hidden = settings.dynamicUser && PRIVATE.includes(name);
    if (hidden && !ownRoot) {
      const by = causeOf(unit, "DynamicUser", "yes");
      entries.push(entry(`${base}/private`, "empty-dir", by, { readOnly: true, minor: true }));
    }
    const names = new Set(found.map((it) => it.path));
    for (const directory of found) {
      const { path, by, readOnly } = directory;
      const source = hidden ? `${base}/private/${path}` : `${base}/${path}`;
      made.push({ path: `${base}/${path}`, by });
      // A directory below another one of the list is made, but needs no mount and no link of its own.
      const inner = isBelowAny(path, names);
      if (!inner) entries.push(entry(hidden && ownRoot ? `${base}/${path}` : source, "bind", by, { source, readOnly }));
      if (!inner && hidden && !ownRoot) links.set(`${base}/${path}`, source);
      addLinks(links, made, directory, base, source);
    }
  }
  return { entries, links, directories: made };
}

function addLinks(
  links: Map<string, string>,
  made: OwnDirectory[],
  directory: Directory,
  base: string,
  source: string,
): void {
  for (const link of directory.links) {
    links.set(`${base}/${link}`, source);
    made.push({ path: `${base}/${link}`, by: directory.by });
  }
}

function isBelowAny(path: string, names: ReadonlySet<string>): boolean {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    if (names.has(path.slice(0, at))) return true;
  }
  return false;
}
