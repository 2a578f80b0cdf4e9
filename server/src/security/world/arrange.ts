import { type Entry, MODES } from "./entry.ts";

const PLACE = new Map(MODES.map((mode, i) => [mode, i]));

/**
 * The entries that systemd keeps: of several at one path the strictest, none below an inaccessible one, and none that
 * says again what the next one above says. Follows sort_and_drop_unused_mounts(), systemd 257 to 262.
 */
export function arrange(entries: readonly Entry[]): Entry[] {
  return withoutRepeated(withoutHidden(withoutDuplicates(sorted(entries))));
}

/** The directories above a path, from the nearest to the root. */
export function* above(path: string): Generator<string> {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) yield path.slice(0, at);
  if (path !== "/") yield "/";
}

function sorted(entries: readonly Entry[]): Entry[] {
  return entries
    .map((it) => ({ it, key: it.path.replaceAll("/", "\0") }))
    .sort((a, b) =>
      a.key === b.key ? (PLACE.get(a.it.mode) ?? 0) - (PLACE.get(b.it.mode) ?? 0) : a.key < b.key ? -1 : 1,
    )
    .map(({ it }) => it);
}

/** What the dropped ones say of writing and executing holds all the same. */
function withoutDuplicates(entries: readonly Entry[]): Entry[] {
  const kept: Entry[] = [];
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

function withoutHidden(entries: readonly Entry[]): Entry[] {
  let hidden: string | undefined;
  return entries.filter(({ path, mode }) => {
    if (hidden !== undefined && (path === hidden || path.startsWith(hidden === "/" ? "/" : `${hidden}/`))) return false;
    hidden = mode === "inaccessible" ? path : undefined;
    return true;
  });
}

const REPEATABLE: readonly Entry["mode"][] = ["read-only", "read-write", "read-write-implicit"];

function withoutRepeated(entries: readonly Entry[]): Entry[] {
  const kept = new Map<string, Entry>();
  for (const it of entries) {
    const next = REPEATABLE.includes(it.mode) ? nearest(kept, it.path) : undefined;
    if (next?.mode !== it.mode) kept.set(it.path, it);
  }
  return [...kept.values()];
}

/** The entry of the nearest directory above a path. */
function nearest<T>(entries: ReadonlyMap<string, T>, path: string): T | undefined {
  for (const it of above(path)) {
    const found = entries.get(it);
    if (found) return found;
  }
  return undefined;
}
