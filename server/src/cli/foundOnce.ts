import { attemptEach } from "./attempts.ts";
import type { Host } from "./host.ts";

/** What a walk says of all files that are links, and of all others. */
export const [LINK, NO_LINK] = [{ isLink: true }, { isLink: false }];

/** A file with what a walk knows of it; missing where the file was named. */
export interface FoundFile<T> {
  readonly file: T;
  readonly walked?: { readonly isLink: boolean };
}

const DEPENDENCIES = /\.(?:wants|requires|upholds)[\\/][^\\/]+$/;

/** The files that were found, each once, however often it was named or met; `problems` gets those that cannot be read. */
export function onceEach<T extends { readonly path: string }>(
  host: Host,
  found: readonly FoundFile<T>[],
  problems: string[],
): T[] {
  const chosen = new Map<string, FoundFile<T>>();
  const rank = ({ file, walked }: FoundFile<T>): number =>
    walked?.isLink !== true ? 0 : DEPENDENCIES.test(file.path) ? 2 : 1;
  const all = found.map((it) => ({ ...it, path: it.file.path }));
  const located = attemptEach(all, problems, (it) => ({ it, real: it.walked && host.realPath(it.path) }));
  for (const { it, real } of located) {
    const before = real === undefined ? undefined : chosen.get(real);
    if (real !== undefined && (!before || rank(it) < rank(before))) chosen.set(real, it);
  }
  const once = located.filter(({ it, real }) => real === undefined || chosen.get(real) === it).map(({ it }) => it);
  return withoutNamedTwice(host, once).map((it) => it.file);
}

/** A file that is named stands where it is named first, whatever folder has it as well. */
function withoutNamedTwice<T extends { readonly path: string }>(
  host: Host,
  found: readonly FoundFile<T>[],
): readonly FoundFile<T>[] {
  const named = new Map<string, FoundFile<T>>();
  const placed = found.map((it) => ({ it, at: host.absolute(it.file.path) }));
  for (const { it, at } of placed) if (!it.walked && !named.has(at)) named.set(at, it);
  return placed.filter(({ it, at }) => (named.get(at) ?? it) === it).map(({ it }) => it);
}
