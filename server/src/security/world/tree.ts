import type { Unit } from "../../units/unit.ts";
import { mergedAssignments, sinceReset } from "../../units/unit.ts";
import { commandLineOf } from "../../units/unitCommands.ts";
import { foldersAbove } from "../../values/path.ts";
import type { Mount } from "./mounts.ts";
import { type ServiceWorld, type Spot, spotAt } from "./world.ts";
import { decidingOwner, type PlaceOwner } from "./writers.ts";

/** A path that is worth showing. */
export interface Shown extends Spot {
  /** Whether it only serves other settings, or says no more than the directory above. */
  readonly minor: boolean;
  /** To whom the place belongs, where that decides who may write. */
  readonly owner: PlaceOwner | undefined;
}

/** What people look for in a file system, in the order in which it is shown. */
const USUAL = [
  "/",
  "/boot",
  "/dev",
  "/dev/shm",
  "/etc",
  "/home",
  "/opt",
  "/proc",
  "/proc/sys",
  "/root",
  "/run",
  "/run/user",
  "/srv",
  "/sys",
  "/sys/fs/cgroup",
  "/tmp",
  "/usr",
  "/usr/bin",
  "/usr/lib",
  "/usr/local",
  "/var",
  "/var/cache",
  "/var/lib",
  "/var/log",
  "/var/tmp",
] as const;

/** Programs of so many commands are shown. */
const MAX_COMMANDS = 20;

/** The paths of a service's world: the usual ones, all that the unit speaks of, and `more`, outer ones first. */
export function shownPaths(unit: Unit, world: ServiceWorld, more: readonly string[] = []): readonly Shown[] {
  const { mounts } = world.files;
  const named = new Set([...programsOf(unit), ...world.directories.map((it) => it.path), ...more]);
  const mounted = [...mounts.values()].filter((it) => it.applied);
  const visible = mounted.filter((it) => !it.minor).map((it) => it.path);
  const paths = new Set<string>([...USUAL, ...named, ...mounted.map((it) => it.path)]);
  const seen = (path: string): Owned => {
    const spot = spotAt(world, path);
    return { ...spot, owner: decidingOwner(unit, world, spot) };
  };
  const spots = new Map([...paths].map((path) => [path, seen(path)]));
  return [...spots.values()]
    .map((spot) => ({ spot, key: spot.path.replaceAll("/", "\0") }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ spot }) => ({ ...spot, minor: isMinor(spot, spots, visible, named) }));
}

type Owned = Omit<Shown, "minor">;

function isMinor(
  spot: Owned,
  spots: ReadonlyMap<string, Owned>,
  visible: readonly Mount["path"][],
  named: ReadonlySet<string>,
): boolean {
  if (spot.path === "/" || named.has(spot.path)) return false;
  const parent = [...foldersAbove(spot.path)].map((it) => spots.get(it)).find((it) => it !== undefined);
  if (visible.includes(spot.path)) return false;
  const isTop = spot.path.lastIndexOf("/") === 0;
  const usual = (USUAL as readonly string[]).includes(spot.path);
  if (!usual) return true;
  return !isTop && parent !== undefined && saysTheSame(spot, parent);
}

function saysTheSame(a: Owned, b: Owned): boolean {
  return (
    a.state === b.state &&
    a.writable === b.writable &&
    a.executable === b.executable &&
    a.owner === b.owner &&
    (a.from === undefined) === (b.from === undefined)
  );
}

function programsOf(unit: Unit): string[] {
  const lines = sinceReset(mergedAssignments(unit, "Service", "ExecStart")).slice(0, MAX_COMMANDS);
  return lines.flatMap(({ line }) =>
    commandLineOf(line).commands.flatMap(({ path, prefixes }) =>
      path.value.startsWith("/") && !path.value.includes("%") && !prefixes.includes("+") ? [path.value] : [],
    ),
  );
}
