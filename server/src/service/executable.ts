import { effective } from "../security/effective.ts";
import { runsAsRoot } from "../security/settings.ts";
import type { MountEntry } from "../security/world/entry.ts";
import { type ServiceWorld, serviceWorld, spotAt } from "../security/world/world.ts";
import { parse } from "../syntax/parse.ts";
import type { Unit } from "../units/unit.ts";
import { hasOtherRoot } from "./effective.ts";
import { isBelow, words } from "./settings.ts";

/** The value of NoExecPaths= that leaves a unit with these lines no place where it can write a program and run it. */
export function noExecValue(unit: Unit, lines: readonly string[]): string {
  const plus = hasOtherRoot(unit) || lines.some((it) => it.startsWith("RootDirectory=")) ? "+" : "";
  const hardened = withLines(unit, [`NoExecPaths=${plus}/`, ...lines]);
  const world = serviceWorld(hardened);
  return [`${plus}/`, ...(world ? openPlaces(hardened, world) : []).map((it) => wordFor(it, plus))].join(" ");
}

/** The lines that keep what NoExecPaths=/ of a unit reaches from becoming executable by other lines. */
export function keptFromRunning(unit: Unit, lines: readonly string[]): readonly string[] {
  if (lines.length === 0 || words(unit, "NoExecPaths").length === 0) return [];
  const [before, after] = [serviceWorld(unit), serviceWorld(withLines(unit, lines))];
  if (!before || !after || !isClosed(before) || !isClosed(after)) return [];
  const open = new Set(openPlaces(unit, before).map((it) => it.path));
  const more = openPlaces(unit, after).filter((it) => !open.has(it.path));
  return more.length === 0
    ? []
    : [`NoExecPaths=${more.map((it) => wordFor(it, hasOtherRoot(unit) ? "+" : "")).join(" ")}`];
}

/** The unit with some lines after all of its files. */
export function withLines(unit: Unit, lines: readonly string[]): Unit {
  const dropIns = [...unit.dropIns, parse(`[Service]\n${lines.join("\n")}\n`)];
  return { ...unit, dropIns, memory: unit.memory.within("with more lines") };
}

/** Whether NoExecPaths=/ holds. */
export const isClosed = ({ files }: ServiceWorld): boolean => files.mounts.get("/")?.noexec !== undefined;

/** A place in which a service can make programs and run them. */
export interface OpenPlace {
  readonly path: string;
  /** Whether it may be missing. */
  readonly optional: boolean;
}

/** A word of NoExecPaths= for a place; `+` where the service has its own root directory. */
export const wordFor = ({ path, optional }: OpenPlace, plus: "" | "+"): string =>
  `${optional ? "-" : ""}${plus}${path}`;

/**
 * The places that NoExecPaths=/ does not reach, as other settings have something to say of them, and where the service can
 * write; what ExecPaths= names is meant. Each needs a word of its own (seen with 257).
 */
export function openPlaces(unit: Unit, world: ServiceWorld): readonly OpenPlace[] {
  const { files, links } = world;
  const all = [...files.mounts.values()].filter((it) => it.applied);
  const meant = new Set(all.filter((it) => it.exec).map((it) => it.path));
  const names = new Map([...links].toReversed().map(([link, target]) => [target, link]));
  const places = all.filter(({ path, mode }) => !KERNEL.test(path) && !OF_THE_SYSTEM.includes(mode) && path !== "/");
  const rooted = files.root.kind === "host" && runsAsRoot(effective(unit).settings);
  const fixed = (rooted ? [SHARED_MEMORY, RUNTIME] : [SHARED_MEMORY]).filter((it) => !files.mounts.get(it)?.applied);
  const sorted = [...fixed.map((path) => ({ path, optional: false })), ...places].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  return sorted.flatMap(({ path, optional }) => {
    if (isBelow(path, meant) || !PLAIN.test(path)) return [];
    const { writable, executable } = spotAt(world, path);
    return writable && executable !== false ? [{ path: names.get(path) ?? path, optional }] : [];
  });
}

/** Where the mounts of the kernel end what holds for all of the host's files, and where root writes. */
const RUNTIME = "/run";
/** Where every user may write files. */
const SHARED_MEMORY = "/dev/shm";
const KERNEL = /^\/(?:proc|sys|dev)(?:\/|$)/;
/** A path that can be written in a list as it is. */
const PLAIN = /^[\w/.@:+,%-]+$/;

/** What only root writes, and never programs. */
const OF_THE_SYSTEM: readonly MountEntry["mode"][] = ["run", "empty-dir"];
