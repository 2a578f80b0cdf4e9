import { once, remembered } from "../units/once.ts";
import { PROGRAMS } from "./data/programs.ts";
import { type Program, withoutVersion } from "./program.ts";

/** A kind of program that is known to need more than others. */
export type Kind = keyof typeof PROGRAMS | "script" | "setup" | "early" | "systemd";

const EXACT = new Map<string, Kind[]>();
const PREFIXES: (readonly [string, Kind])[] = [];
for (const [kind, list] of Object.entries(PROGRAMS) as [keyof typeof PROGRAMS, string][]) {
  for (const name of list.trim().split(/\s+/)) {
    if (name.endsWith("*")) PREFIXES.push([name.slice(0, -1), kind]);
    else EXACT.set(name, [...(EXACT.get(name) ?? []), kind]);
  }
}

/** The kinds of a program or unit by its name; empty for one that is not known. */
const kindsOfName = remembered((name): readonly Kind[] => {
  const lower = name.toLowerCase();
  const spellings = new Set([lower, withoutVersion(lower), lower.replace(/\.(?:sh|py|pl|rb|js)$/, "")]);
  const found = [...spellings].flatMap((it) => EXACT.get(it) ?? []);
  for (const [prefix, kind] of PREFIXES) if (lower.startsWith(prefix)) found.push(kind);
  if (/\.(?:jar|war|dll|m?js|phar)$/.test(lower)) found.push("jit");
  return found;
});

/** The kinds that the commands and the name of a service show. */
export function kindsOf(programs: readonly Program[], unitName: string | undefined): Set<Kind> {
  const stem = (unitName ?? "").replace(/\.\w+$/, "").replace(/@.*$/, "");
  return new Set([...kindsOfName(stem), ...kindsOfPrograms(programs)]);
}

const kindsOfPrograms = once((programs: readonly Program[]): ReadonlySet<Kind> => {
  const names = new Set(programs.flatMap((it) => it.names));
  const kinds = new Set([...names].flatMap(kindsOfName));
  const own = (it: Program): boolean => /^(?:\/usr)?\/lib\/systemd\/|^(?:\/usr)?\/bin\/systemd-/.test(it.path);
  if (programs.some(own)) kinds.add("systemd");
  return kinds;
});
