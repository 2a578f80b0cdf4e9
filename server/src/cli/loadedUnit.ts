import type { MainTexts } from "../units/readUnit.ts";
import "../dialects/dialects.ts";
import { type CheckedPath, checkedPath } from "../families/checkedPath.ts";
import { type GatheredUnit, mainTexts } from "../units/index/gather.ts";
import { isInLoadPath, loadedFiles, rivalOf } from "../units/index/rival.ts";
import type { LoadedFiles } from "../units/loadedFiles.ts";
import { gatherOver } from "./gathering.ts";
import type { Host } from "./host.ts";

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
  const checked = unit ?? checkedPath(absolute);
  const isLoaded = root !== undefined || isInLoadPath(absolute, checked);
  const system = root === undefined ? {} : { root: slashed(host.absolute(root)) };
  const found = gatherOver(
    host,
    absolute,
    isLoaded ? { ...system, text, home: host.home } : { alone: true, text },
    checked,
  );
  if (!found) return undefined;
  const gathered = asNamed(host, path, absolute, found);
  return { gathered, loaded: isLoaded ? loadedUnit(host, path, gathered) : undefined };
}

function loadedUnit(host: Host, path: string, gathered: GatheredUnit): LoadedFiles {
  const rival = gathered.masked ? undefined : rivalOf(path, gathered);
  // A link may be another name of the unit, and of an instance its template is read.
  const isThere = checkedPath(path)?.role === "drop-in" || host.kind(path) !== undefined;
  return loadedFiles(gathered, rival !== undefined && isThere && !isSame(host, rival, path) ? rival : undefined);
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

/** How a file is loaded for programs; nothing of a file of a repository. */
export const loadedJson = (loaded: LoadedFiles | undefined): { readonly loaded?: LoadedFiles } =>
  loaded ? { loaded } : {};

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
