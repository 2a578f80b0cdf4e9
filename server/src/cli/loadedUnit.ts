import { type CheckedPath, checkedPath, isConfigPath } from "../families/checkedPath.ts";
import { onOneLine } from "../text/printable.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import { type GatheredUnit, mainTexts } from "../units/index/gather.ts";
import { configPlaceOf } from "../units/index/gatherConfig.ts";
import { isLoadPath } from "../units/index/loadPlace.ts";
import type { MainTexts } from "../units/unit.ts";
import { gatherOver } from "./gathering.ts";
import type { Host } from "./host.ts";

/** What systemd loads for a file that lies in a load path. */
export interface LoadedFiles {
  /** The main name of the unit. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Whether the file is read: another file may be read instead of it, or none of the unit. */
  readonly state: "loaded" | "overridden" | "masked";
  /** The unit file, then its drop-ins, in the order in which they are read; of a masked one what masks it. */
  readonly files: readonly string[];
  /** What is read instead of an overridden file. */
  readonly by?: string | undefined;
}

/** The files that count for a unit. */
export interface UnitLoad {
  readonly gathered: GatheredUnit;
  /** Missing of a file of a repository, for which nothing counts but what lies next to it. */
  readonly loaded: LoadedFiles | undefined;
}

/** What is known of a file: the system that it counts for, where it does not lie there, and its text, where that is another one. */
export interface UnitOptions {
  readonly root?: string | undefined;
  readonly text?: string | undefined;
  /** What its path says once its text is known: a `.network` is a quadlet or not. */
  readonly unit?: CheckedPath | undefined;
}

/**
 * The files that count for the unit of a file, or for the one of a drop-in: all that systemd loads where it lies in the load
 * path of the machine or of a tree that looks like one, or counts for the system below `root`; else those next to it.
 * Undefined for a file that belongs to no single unit. Throws where one of its files cannot be read.
 */
export function loadOf(host: Host, path: string, { root, text, unit }: UnitOptions): UnitLoad | undefined {
  const absolute = slashed(host.absolute(path));
  const its = unit ?? checkedPath(absolute);
  const isLoaded = root !== undefined || isInLoadPath(absolute, its);
  const system = root === undefined ? {} : { root: slashed(host.absolute(root)) };
  const found = gatherOver(
    host,
    absolute,
    isLoaded ? { ...system, text, home: host.home } : { alone: true, text },
    its,
  );
  if (!found) return undefined;
  const gathered = asNamed(host, path, absolute, found);
  return { gathered, loaded: isLoaded ? loadedUnit(host, path, gathered) : undefined };
}

function loadedUnit(host: Host, path: string, gathered: GatheredUnit): LoadedFiles {
  const { id, aliases, fragment, dropIns, masked } = gathered;
  const by = masked ? undefined : rivalOf(host, path, gathered);
  const state = masked ? "masked" : by === undefined ? "loaded" : "overridden";
  const files = [...(fragment ? [fragment] : []), ...dropIns].map((it) => it.path);
  return { name: id, aliases, state, files, by };
}

/** What is read instead of a file: another unit file, or a drop-in that has the same name. */
function rivalOf(host: Host, path: string, { fragment, dropIns }: GatheredUnit): string | undefined {
  if (fragment?.path === path || dropIns.some((it) => it.path === path)) return undefined;
  const isDropIn = filePlaceOf(path)?.role.kind === "drop-in";
  const name = path.slice(path.lastIndexOf("/"));
  const rival = isDropIn ? dropIns.find((it) => it.path.endsWith(name)) : fragment;
  // A link may be another name of the unit, and of an instance its template is read.
  const isThere = isDropIn || host.kind(path) !== undefined;
  return rival && isThere && !isSame(host, rival.path, path) ? rival.path : undefined;
}

/** The unit of a drop-in, as far as both can be seen, and how it is loaded. */
export interface DropInLoad {
  readonly main: MainTexts | undefined;
  readonly loaded?: LoadedFiles | undefined;
}

/** The unit that a drop-in belongs to, as systemd loads both; outside of a load path the one whose file lies next to its folder. */
export function mainOfDropIn(host: Host, path: string, root: string | undefined): DropInLoad {
  const load = attempt(() => loadOf(host, path, { root }));
  const main = load && mainTexts(load.gathered, path);
  return { main: main ?? mainBeside(host, path), loaded: load?.gathered.fragment && load.loaded };
}

/** The same where nothing else of a load path counts. */
function mainBeside(host: Host, path: string): MainTexts | undefined {
  const absolute = slashed(host.absolute(path));
  const gathered = attempt(() => gatherOver(host, absolute, { alone: true }));
  return gathered && mainTexts(gathered, absolute);
}

/** Of a unit whose file systemd does not load, as another one or a mask is stronger. */
export class NotLoadedError extends Error {}

/** Does something with a unit; of a file that was only found in a folder, and that systemd does not load, there is nothing to do. */
export function ifLoaded<T>(isNamed: boolean, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isNamed || !(error instanceof NotLoadedError)) throw error;
    return undefined;
  }
}

/** One line on what is loaded besides a file, or instead of it; undefined where it is read alone. */
export function loadedText({ state, files, by, name, aliases }: LoadedFiles, path: string): string | undefined {
  const [file = ""] = files;
  if (state === "masked") return `masked by ${onOneLine(file)}: systemd reads none of its files`;
  const isOther = by === undefined && !files.includes(path);
  const others = files.filter((it) => it !== path && (it !== file || (by === undefined && !isOther)));
  const shown = others.slice(0, MOST_SHOWN).map(onOneLine).join(", ");
  const more = others.length > MOST_SHOWN ? ` and ${others.length - MOST_SHOWN} more` : "";
  const parts = [
    ...(by === undefined ? [] : [`overridden by ${onOneLine(by)}`]),
    ...(isOther ? [`${onOneLine(name)} is read from ${onOneLine(file)}`] : []),
    ...(others.length === 0 ? [] : [`merged with ${shown}${more}`]),
    ...(aliases.length === 0 ? [] : [`also called ${aliases.map(onOneLine).join(", ")}`]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

/** The same for programs; nothing of a file of a repository. */
export const loadedJson = (loaded: LoadedFiles | undefined): { readonly loaded?: LoadedFiles } =>
  loaded ? { loaded } : {};

/** So many drop-ins are named on one line. */
const MOST_SHOWN = 5;

/** Whether a manager or another program of systemd's looks into the folder of a file. */
function isInLoadPath(path: string, its: CheckedPath | undefined): boolean {
  if (its && isConfigPath(its)) return configPlaceOf(path, its).root !== undefined;
  const place = filePlaceOf(path);
  return place !== undefined && isLoadPath(place);
}

/** Files are called as the one that was named is: from the working directory where that is. */
function asNamed(host: Host, path: string, absolute: string, unit: GatheredUnit): GatheredUnit {
  if (path === absolute) return unit;
  const here = slashed(host.absolute(".")).replace(/\/?$/, "/");
  const named = <T extends { readonly path: string }>(it: T): T => {
    if (it.path === absolute) return { ...it, path };
    return it.path.startsWith(here) ? { ...it, path: it.path.slice(here.length) } : it;
  };
  const { fragment, dropIns, learnt } = unit;
  return {
    ...unit,
    fragment: fragment && named(fragment),
    dropIns: dropIns.map(named),
    learnt: learnt && named(learnt),
  };
}

/** Whether two paths lead to one file, as a link that is another name of a unit does. */
export function isSame(host: Host, a: string, b: string): boolean {
  return attempt(() => host.realPath(a) === host.realPath(b)) ?? false;
}

/** A path with `/` between its parts; a unit may have a backslash in its name where that is no separator. */
export const slashed = (path: string): string =>
  /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path) ? path.replaceAll("\\", "/") : path;

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
