import type { Daemon, KeyMeaning } from "./daemon.ts";
import type { ConfigurationEntry } from "./entry.ts";

/** What an entry means to its daemon, with the words that are its value. */
export interface MeantEntry {
  readonly meaning: KeyMeaning | "folder";
  readonly words: readonly string[];
  /** Whether its path is that of a folder. */
  readonly isFolder: boolean;
  /** Which files of a folder are read. */
  readonly pattern?: string;
}

type Meant = Omit<MeantEntry, "words">;

interface KeyTable {
  readonly byKey: ReadonlyMap<string, readonly Meant[]>;
  /** Keys that begin so. */
  readonly prefixes: readonly (readonly [string, Meant])[];
}

const tables = new WeakMap<Daemon, KeyTable>();

/** All that an entry means to a daemon: by its key, by its section and key, or by its key and first word. */
export function meaningsOf(daemon: Daemon, { section, key, words }: ConfigurationEntry): readonly MeantEntry[] {
  const { byKey, prefixes } = tableOf(daemon);
  const name = keyName(key);
  // `program:web` of supervisord is one of many sections of one kind.
  const within = section ? keyName(section.words[0]?.replace(/:.*/s, "") ?? "") : "";
  const first = keyName(words[0] ?? "");
  const found = byKey.get(`${within}/${name}`) ?? byKey.get(name);
  if (found) return found.map((it) => ({ ...it, words }));
  const behind = byKey.get(`${within}/${name}${first}`) ?? byKey.get(`${name}${first}`);
  if (behind) return behind.map((it) => ({ ...it, words: words.slice(1) }));
  return prefixes.flatMap(([prefix, it]) => (name.startsWith(prefix) ? [{ ...it, words }] : []));
}

/** A key in small letters and without what daemons do not tell apart. */
export const keyName = (key: string): string =>
  key
    .slice(0, 100)
    .toLowerCase()
    .replace(/[-_ \t]/g, "");

function tableOf(daemon: Daemon): KeyTable {
  const known = tables.get(daemon);
  if (known) return known;
  const byKey = new Map<string, Meant[]>();
  const prefixes: [string, Meant][] = [];
  const add = (written: string, it: Meant): void => {
    const key = keyName(written.replace(/[/*]$/, ""));
    if (written.endsWith("*")) prefixes.push([key, it]);
    else byKey.set(key, [...(byKey.get(key) ?? []), it]);
  };
  for (const [meaning, keys] of Object.entries(daemon.keys))
    for (const key of keys.split(" ").filter(Boolean))
      add(key, { meaning: meaning as KeyMeaning, isFolder: key.endsWith("/") });
  for (const [key, pattern] of Object.entries(daemon.folders ?? {}))
    add(key, { meaning: "folder", isFolder: true, pattern });
  const table = { byKey, prefixes };
  tables.set(daemon, table);
  return table;
}
