import type { ProgramCommand } from "../command.ts";
import type { Daemon } from "./daemon.ts";
import type { ConfigurationEntry } from "./entry.ts";
import { keyName } from "./keys.ts";

/** What a command sets outside of the files of its daemon. */
export interface Overrides {
  /** Entries that hold whatever files say. */
  readonly last: readonly ConfigurationEntry[];
  /** Entries that hold where no file says otherwise. */
  readonly usual: readonly ConfigurationEntry[];
}

/** What the words and variables of a command set in place of the files of its daemon, of the keys that mean something. */
export function overridesOf({ overrides, keys }: Daemon, { args, environment }: ProgramCommand): Overrides {
  if (!overrides) return { last: [], usual: [] };
  const names = Object.values(keys).flatMap((it) => it.split(" "));
  const settingsOf = (wordOf: (section: string, key: string) => readonly [by: string, value: string] | undefined) =>
    names.flatMap((name): readonly ConfigurationEntry[] => {
      const [section = "", key = ""] = name.split("/");
      const [by, value] = wordOf(section, key) ?? [];
      return by === undefined || !value ? [] : [{ section: { words: [section] }, key, words: [value], line: 0, by }];
    });
  const inWords = (prefix: string) => (section: string, key: string) => {
    const by = `${prefix}${section}.${key}`;
    const word = args.findLast((it) => it.startsWith(`${by}=`));
    return word === undefined ? undefined : ([by, word.slice(by.length + 1)] as const);
  };
  const words = settingsOf(inWords(overrides.word));
  const variables = settingsOf((section, key) => {
    const by = `${overrides.variable}${section}_${key}`.toUpperCase();
    return Object.hasOwn(environment, by) ? [by, environment[by] ?? ""] : undefined;
  });
  return {
    last: [...words, ...withoutThose(variables, words)],
    usual: withoutThose(settingsOf(inWords(overrides.usual)), [...words, ...variables]),
  };
}

/** Entries whose key, in the same section, no other entries set. */
export function withoutThose(
  entries: readonly ConfigurationEntry[],
  others: readonly ConfigurationEntry[],
): readonly ConfigurationEntry[] {
  if (others.length === 0) return entries;
  const known = new Set(others.map(placeInFile));
  return entries.filter((it) => !known.has(placeInFile(it)));
}

const placeInFile = ({ section, key }: ConfigurationEntry): string =>
  `${keyName(section?.words[0] ?? "")}/${keyName(key)}`;
