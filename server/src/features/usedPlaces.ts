import { learntOf } from "../learn/learntOf.ts";
import type { PathUse } from "../learn/needs.ts";
import { ownPlace } from "../learn/settings/writtenPlaces.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { foldersAbove } from "../values/path.ts";

/** What a run did with a path or with what is below it. */
export type UsedAs = "read" | "written" | "executed";

const USES: Readonly<Record<PathUse, UsedAs | undefined>> = {
  read: "read",
  list: "read",
  connect: "read",
  look: undefined,
  write: "written",
  make: "written",
  remove: "written",
  change: "written",
  bind: "written",
  execute: "executed",
  map: "executed",
};

const ORDER: readonly UsedAs[] = ["read", "written", "executed"];

/** How many places a run adds to what is shown. */
const MOST = 40;

/** What every service uses, and what the kernel gives: not shown one by one. */
const COMMON = /^\/(?:usr|proc|sys|dev|bin|sbin|lib\w*)(?:\/|$)/;

/** The paths of the runs of a service, each with what was done there. */
const usedPaths = memo((unit: Unit): readonly (readonly [path: string, uses: readonly UsedAs[]])[] =>
  Object.entries(learntOf(unit)?.needs.paths ?? {}).flatMap(([path, { used }]) => {
    const own = new Set((Object.keys(used) as PathUse[]).map((it) => USES[it]));
    const uses = ORDER.filter((it) => own.has(it));
    return path.startsWith("/") && uses.length > 0 ? [[path, uses] as const] : [];
  }),
);

/** The places of a service's own that its runs used, those first that were written. */
export function usedPlaces(unit: Unit): readonly string[] {
  const found = usedPaths(unit).filter(([path]) => !COMMON.test(path));
  const written = found.filter(([, uses]) => uses.includes("written"));
  return [...new Set([...written, ...found].map(([path]) => ownPlace(path)))].slice(0, MOST);
}

/** What the runs did, by the nearest of some paths at or above it. */
export function usesAt(unit: Unit, paths: readonly string[]): ReadonlyMap<string, readonly UsedAs[]> {
  const shown = new Set(paths);
  const found = new Map<string, Set<UsedAs>>();
  for (const [path, uses] of usedPaths(unit)) {
    const at = shown.has(path) ? path : [...foldersAbove(path)].find((it) => shown.has(it));
    if (at === undefined) continue;
    const known = found.get(at) ?? new Set();
    found.set(at, known);
    for (const it of uses) known.add(it);
  }
  return new Map([...found].map(([path, uses]) => [path, ORDER.filter((it) => uses.has(it))]));
}

/** "a run read and wrote here". */
export function usedSentence(uses: readonly UsedAs[]): string {
  const verbs = uses.map((it) => ({ read: "read", written: "wrote", executed: "executed" })[it]);
  const listed = verbs.length < 2 ? verbs.join("") : `${verbs.slice(0, -1).join(", ")} and ${verbs.at(-1)}`;
  return `a run ${listed} here`;
}
