import { words } from "../service/settings.ts";
import { type DirectorySetting, systemFolder } from "../units/directories.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import { isWithin } from "../values/path.ts";
import { isDirectory, statusAt } from "./host.ts";
import type { Needs } from "./needs.ts";
import { type LearnContext, usedAs, WRITING } from "./settings/learnContext.ts";
import { folderOwnership, ownedPlaces } from "./settings/ownedPlaces.ts";
import { ownPlace, writtenPlaces } from "./settings/writtenPlaces.ts";

/** Where services keep what they make, which a new machine does not have. */
const KEPT: readonly DirectorySetting[] = ["StateDirectory", "CacheDirectory", "LogsDirectory"];
const ROOTS = [...KEPT.map(systemFolder), "/var/spool"];
const OF_KEPT = /^\/var\/(?:lib|cache|log|spool)\/[^/]+$/;

/**
 * The state, logs and caches of a service: its own directories, and files that it writes straight in the folders of all. What others
 * may share is not among them.
 */
export function freshPlaces(context: LearnContext): readonly string[] {
  const { unit, host, paths } = context;
  const isOwn = folderOwnership(context);
  const declared = KEPT.flatMap((setting) =>
    words(unit, setting).flatMap((it) => {
      const name = expandSpecifiers(unit, it)?.replace(/:.*$/s, "");
      const path = name === undefined ? undefined : `${systemFolder(setting)}/${name}`;
      return path === undefined ? [] : [statusAt(host, path)?.real || path];
    }),
  );
  const written = [...writtenPlaces(context), ...ownedPlaces(context)].flatMap((it) => [
    it.place,
    ...it.paths.map(ownPlace),
  ]);
  const folders = written.filter((it) => {
    const status = OF_KEPT.test(it) ? statusAt(host, it) : undefined;
    return status !== undefined && isDirectory(status) && status.real === it && isOwn(it, status, true);
  });
  const files = paths.flatMap(([path, need]) => {
    const status = OF_KEPT.test(path) && usedAs(need, WRITING).length > 0 ? statusAt(host, path) : undefined;
    return status && (status.mode & 0o170000) === 0o100000 && isOwn(path, status, true) ? [path] : [];
  });
  const all = [...new Set([...declared, ...folders, ...files])].sort();
  const own = all.filter((it) => ROOTS.some((root) => isWithin(it, root) && it !== root));
  return own.filter((it) => !own.some((other) => other !== it && isWithin(it, other)));
}

/**
 * What a run showed whose places were away before it: what the service made in their stead it makes wherever it is missing, as one
 * that wants to make it and finds it there.
 */
export function asMissing(needs: Needs, places: readonly string[]): Needs {
  const paths = Object.entries(needs.paths).map(([path, need]) => {
    const { make, ...used } = need.used;
    return make && places.includes(path)
      ? ([path, { ...need, used, failed: { EEXIST: make, ...need.failed } }] as const)
      : ([path, need] as const);
  });
  return { ...needs, paths: Object.fromEntries(paths) };
}
