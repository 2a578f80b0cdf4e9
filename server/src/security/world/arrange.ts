import { foldersAbove, isWithin } from "../../values/path.ts";
import { MOUNT_MODES, type MountEntry } from "./entry.ts";

const PLACE = new Map(MOUNT_MODES.map((mode, i) => [mode, i]));

/** An entry that systemd ignores, as its path lies below one that is made inaccessible. */
export interface Shut {
  readonly entry: MountEntry;
  readonly below: MountEntry;
}

/**
 * The entries that systemd keeps: of several at one path the strictest, none below an inaccessible one, and none that
 * says again what the next one above says. Follows sort_and_drop_unused_mounts(), systemd 257 to 262.
 */
export function arrange(entries: readonly MountEntry[]): {
  readonly kept: readonly MountEntry[];
  readonly shut: readonly Shut[];
} {
  const { kept, shut } = withoutShut(withoutDuplicates(sorted(entries)));
  return { kept: withoutRepeated(kept), shut };
}

function sorted(entries: readonly MountEntry[]): MountEntry[] {
  return entries
    .map((it) => ({ it, key: it.path.replaceAll("/", "\0") }))
    .sort((a, b) =>
      a.key === b.key ? (PLACE.get(a.it.mode) ?? 0) - (PLACE.get(b.it.mode) ?? 0) : a.key < b.key ? -1 : 1,
    )
    .map(({ it }) => it);
}

/** What the dropped ones say of writing and executing holds all the same. */
function withoutDuplicates(entries: readonly MountEntry[]): MountEntry[] {
  const kept: MountEntry[] = [];
  for (const it of entries) {
    const last = kept.at(-1);
    if (last?.path !== it.path) kept.push(it);
    else
      kept[kept.length - 1] = {
        ...last,
        readOnly: last.readOnly ?? it.readOnly,
        noexec: last.noexec ?? it.noexec,
        exec: last.exec ?? it.exec,
        optional: last.optional,
        minor: last.minor && it.minor,
      };
  }
  return kept;
}

function withoutShut(entries: readonly MountEntry[]): { kept: MountEntry[]; shut: Shut[] } {
  const kept: MountEntry[] = [];
  const shut: Shut[] = [];
  let below: MountEntry | undefined;
  for (const it of entries) {
    if (below && isWithin(it.path, below.path)) shut.push({ entry: it, below });
    else {
      below = it.mode === "inaccessible" ? it : undefined;
      kept.push(it);
    }
  }
  return { kept, shut };
}

const REPEATABLE: readonly MountEntry["mode"][] = ["read-only", "read-write", "read-write-implicit"];

function withoutRepeated(entries: readonly MountEntry[]): MountEntry[] {
  const kept = new Map<string, MountEntry>();
  for (const it of entries) {
    const next = REPEATABLE.includes(it.mode) ? nearestEntry(kept, foldersAbove(it.path)) : undefined;
    if (next?.mode !== it.mode) kept.set(it.path, it);
  }
  return [...kept.values()];
}

/** The entry of the nearest of some paths. */
export function nearestEntry<T>(entries: ReadonlyMap<string, T>, paths: Iterable<string>): T | undefined {
  for (const it of paths) {
    const found = entries.get(it);
    if (found) return found;
  }
  return undefined;
}
