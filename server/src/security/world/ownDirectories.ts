import { append } from "../../text/append.ts";
import { DIRECTORY_SETTINGS, type DirectorySetting } from "../../units/directories.ts";
import { memo } from "../../units/memo.ts";
import type { Unit } from "../../units/unit.ts";
import { foldersAbove } from "../../values/path.ts";
import { effective } from "../effective.ts";
import type { UnitSettings } from "../settings.ts";
import { type Cause, causeOf } from "./cause.ts";
import { entry, type MountEntry } from "./entry.ts";
import { baseOf, directories, type ListedDirectory } from "./items.ts";

/** A directory that systemd makes for a service, as the service names it. */
export interface OwnDirectory {
  readonly path: string;
  readonly by: Cause & { readonly directive: DirectorySetting };
}

/** The directories of a service: what is mounted for them, and the links that lead to them. */
export interface OwnDirectories {
  readonly entries: readonly MountEntry[];
  readonly links: ReadonlyMap<string, string>;
  readonly directories: readonly OwnDirectory[];
}

/** The settings whose directories are kept away from others while a user that systemd makes up owns them. */
const PRIVATE: readonly DirectorySetting[] = ["StateDirectory", "CacheDirectory", "LogsDirectory"];

/** The directories that systemd makes for a service, and the links to them; kept for the unit. */
export const ownDirectories: (unit: Unit) => readonly OwnDirectory[] = memo(
  (unit) => directoryEntries(unit, effective(unit).settings, false).directories,
);

/**
 * What StateDirectory= and similar settings bring. Those of a dynamic user lie in `private` and have a link to them. Follows
 * compile_bind_mounts(), exec_directory_is_private() and setup_exec_directory(), systemd 257 to 262.
 */
export function directoryEntries(unit: Unit, settings: UnitSettings, ownRoot: boolean): OwnDirectories {
  const entries: MountEntry[] = [];
  const links = new Map<string, string>();
  const made: OwnDirectory[] = [];
  for (const directive of DIRECTORY_SETTINGS) {
    const found = directories(unit, directive);
    if (found.length === 0) continue;
    const base = baseOf(unit, directive);
    const hidden = settings.dynamicUser && PRIVATE.includes(directive);
    if (hidden && !ownRoot) {
      const by = causeOf(unit, "DynamicUser", "yes");
      entries.push(entry(`${base}/private`, "empty-dir", by, { readOnly: true, minor: true }));
    }
    const names = new Set(found.map((it) => it.path));
    for (const directory of found) {
      const { path, readOnly } = directory;
      const by = { ...directory.by, directive };
      const source = hidden ? `${base}/private/${path}` : `${base}/${path}`;
      made.push({ path: `${base}/${path}`, by });
      // A directory below another one of the list is made, but needs no mount and no link of its own.
      const inner = [...foldersAbove(path)].some((it) => names.has(it));
      if (!inner) entries.push(entry(hidden && ownRoot ? `${base}/${path}` : source, "bind", by, { source, readOnly }));
      if (!inner && hidden && !ownRoot) links.set(`${base}/${path}`, source);
      append(
        made,
        linksTo(directory, base).map((it) => ({ path: it, by })),
      );
      for (const it of linksTo(directory, base)) links.set(it, source);
    }
  }
  return { entries, links, directories: made };
}

const linksTo = ({ links }: ListedDirectory, base: string): readonly string[] => links.map((it) => `${base}/${it}`);
