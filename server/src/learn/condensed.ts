import type { Needs, PathNeed, PathUse, Sight } from "./needs.ts";
import { joined } from "./settings/sentences.ts";

/** How many paths of one folder are kept apart from each other. */
const MAX_SIBLINGS = 12;
/** How many paths are kept at all. */
const MAX_PATHS = 2000;
const MAX_SAMPLE = 120;

const CHANGING: readonly PathUse[] = ["write", "make", "remove", "change", "bind", "connect"];

/**
 * Needs in a form that is small enough for a file next to the unit, and that settings follow from as before: files that were
 * only read stand for their folders where there are many, as below /usr, and files that only failed go where they tell nothing.
 */
export function condensed(needs: Needs): Needs {
  const paths = new Map<string, PathNeed>();
  for (const [path, need] of Object.entries(needs.paths)) {
    if (!tellsAnything(path, need)) continue;
    const at = placeFor(path, need);
    const known = paths.get(at);
    paths.set(at, shortened(known ? bothNeeds(known, need) : need));
  }
  const kept = withFolders(paths).slice(0, MAX_PATHS);
  return {
    ...needs,
    paths: Object.fromEntries(kept),
    syscalls: mapValues(needs.syscalls, ({ sight, failed }) => ({
      sight: sight && brief(sight),
      failed: mapValues(failed, brief),
    })),
    capabilities: mapValues(needs.capabilities, (it) => ({ ...it, sight: short(it.sight) })),
    families: mapValues(needs.families, short),
    addresses: needs.addresses.map((it) => ({ ...it, sight: short(it.sight) })),
    programs: mapValues(needs.programs, (it) => ({ ...it, sight: short(it.sight) })),
    users: mapValues(needs.users, short),
    groups: mapValues(needs.groups, short),
    marks: mapValues(needs.marks, short),
  };
}

/** Whether a path matters: it was there, or it is one that settings are about even where it is missing. */
const tellsAnything = (path: string, { used, failed }: PathNeed): boolean =>
  Object.keys(used).length > 0 || failed.EEXIST !== undefined || /^\/(?:home|root|run\/user)(?:\/|$)/.test(path);

/** The folder that stands for files of the system that were only read; compilers keep their names. */
function placeFor(path: string, { used }: PathNeed): string {
  const names = Object.keys(used) as PathUse[];
  if (names.some((it) => CHANGING.includes(it) || it === "map" || it === "execute")) return path;
  return /^\/usr\/(?:lib|share|libexec|include)\/[^/]+(?=\/)/.exec(path)?.[0] ?? path;
}

/** One file in the place of many in its folder that were used in the same way; the folder itself may have been made. */
function withFolders(paths: ReadonlyMap<string, PathNeed>): readonly (readonly [string, PathNeed])[] {
  const folders = new Map<string, (readonly [string, PathNeed])[]>();
  for (const entry of paths) {
    const [path, { used }] = entry;
    const uses = Object.keys(used).sort().join();
    // Names in the folders of the system, of devices and of the kernel are looked at one by one.
    const folder = path.slice(0, path.lastIndexOf("/"));
    const apart =
      folder.split("/").length < 4 || /^\/(?:dev|proc|sys|home|root|tmp|var\/tmp)\//.test(path) || MAPPED.test(uses);
    const key = apart ? path : `${folder}\0${uses}`;
    folders.set(key, [...(folders.get(key) ?? []), entry]);
  }
  return [...folders.values()].flatMap((entries) => {
    const [first, ...rest] = entries;
    if (!first || entries.length <= MAX_SIBLINGS) return entries;
    return [[first[0], rest.reduce((all, [, need]) => bothNeeds(all, need), first[1])] as const];
  });
}

const MAPPED = /map|execute/;

/** Two needs of one path as one. */
function bothNeeds(a: PathNeed, b: PathNeed): PathNeed {
  return {
    used: bothSights(a.used, b.used),
    failed: bothSights(a.failed, b.failed),
    made: distinct([...a.made, ...b.made]),
    names: [...new Set([...a.names, ...b.names])].slice(0, MAX_SIBLINGS),
    folded: (a.folded ?? 0) + (b.folded ?? 0) + 1,
  };
}

function bothSights(a: Readonly<Record<string, Sight>>, b: Readonly<Record<string, Sight>>): Record<string, Sight> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const sight = joined([a[name], b[name]].flatMap((it) => it ?? []));
      return sight ? [[name, sight] as const] : [];
    }),
  );
}

const distinct = (made: PathNeed["made"]): PathNeed["made"] =>
  made.filter((it, i) => made.findIndex((other) => other.mode === it.mode) === i);

const shortened = ({ used, failed, made, names, folded }: PathNeed): PathNeed => ({
  ...(folded === undefined ? {} : { folded }),
  used: Object.fromEntries(
    Object.entries(used).map(([use, it]) => [use, CHANGING.includes(use as PathUse) ? short(it) : brief(it)]),
  ),
  failed: mapValues(Object.keys(used).length > 0 ? whatIsThere(failed) : failed, brief),
  made: distinct(made).map((it) => ({ ...it, sight: short(it.sight) })),
  names: names.slice(0, MAX_SIBLINGS),
});

/** That an entry was there when it was to be made; other failures of what was used too tell nothing. */
const whatIsThere = ({ EEXIST: it }: PathNeed["failed"]): Record<string, Sight> => (it ? { EEXIST: it } : {});

const short = (it: Sight): Sight => ({ ...brief(it), sample: it.sample.slice(0, MAX_SAMPLE) });

/** A sight without its line, of what happens all the time. */
const brief = (it: Sight): Sight => ({ ...it, first: rounded(it.first), last: rounded(it.last), sample: "" });

const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (it: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, it]) => [key, change(it)]));
