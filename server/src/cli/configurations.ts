import {
  CONFIGURATION_NAMES,
  configurationFor,
  expiredExceptions,
  type FileConfiguration,
  MOST_CONFIGURATION,
  mayConfigure,
  type ReadConfiguration,
  readConfiguration,
} from "../configuration/configuration.ts";
import { folderBefore, pathParts } from "../families/pathParts.ts";
import { isSelected } from "../rules/check.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { Recent } from "../text/recent.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { messageOf } from "./attempts.ts";
import { outsideOf } from "./files.ts";
import type { Host } from "./host.ts";
import { anyText, flag, UsageError } from "./option.ts";

/** The options that say which configuration counts. */
export const CONFIGURATION_OPTIONS = {
  config: anyText("FILE", "take this configuration for all files, not the nearest one above each", "files"),
  "no-config": flag("take no configuration"),
};

/** A configuration as a run has found it. */
export interface FoundConfiguration extends ReadConfiguration {
  /** Its path as reports name it. */
  readonly path: string;
  /** Its folder, absolute, with slashes and without one at its end; and as it is shown, with one or empty. */
  readonly folder: string;
  readonly shown: string;
  readonly text: string;
  /** Why nothing of it counts, where it could not be read. */
  readonly problem?: string;
}

/** Finds the configuration of each file. */
export interface Configurations {
  /** The one that counts for a file: the nearest above it, or the one that was named. */
  readonly of: (path: string) => FoundConfiguration | undefined;
  /** What it sets for the file. */
  readonly for: (path: string) => FileConfiguration | undefined;
  /** The day on which they are asked, which exceptions depend on. */
  readonly today: string;
  /** All that were found until now. */
  readonly found: () => readonly FoundConfiguration[];
}

/** The configuration that counts in a folder; missing where there is none. */
interface Nearest {
  readonly here?: FoundConfiguration;
}

const NOWHERE: Nearest = {};

/** Of so many folders it is known at a time; a fleet has a folder for each service. */
const MOST_FOLDERS = 1024;

/** The configurations of a run; each folder is looked into once, but for those of a fleet that nobody asks about any longer. Throws UsageError where the one that was named cannot be read. */
export function configurationsOn(
  host: Host,
  { config, "no-config": none }: { readonly config: string | undefined; readonly "no-config": boolean },
): Configurations {
  if (none && config !== undefined) throw new UsageError("--config and --no-config exclude each other");
  const cwd = absoluteOf(host, ".");
  const today = dayOf(host);
  // Folders above are asked for again and again, those of files one after the other.
  const byFolder = new Recent<string, Nearest>(MOST_FOLDERS);
  const own = new Map<string, FoundConfiguration>();
  const named = config === undefined ? undefined : readNamed(host, config, cwd);
  const nearest = (folder: string): Nearest => {
    const known = byFolder.get(folder);
    if (known) return known;
    const above = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : undefined;
    const here = own.get(folder) ?? readIn(host, folder, cwd);
    if (here) own.set(folder, here);
    const found = here ? { here } : above === undefined || isRepository(host, folder) ? NOWHERE : nearest(above);
    byFolder.set(folder, found);
    return found;
  };
  let last: { readonly written: string; readonly found: FoundConfiguration | undefined } | undefined;
  const of = (path: string): FoundConfiguration | undefined => {
    if (none || named) return named;
    const written = folderBefore(path);
    if (last?.written === written) return last.found;
    const absolute = absoluteOf(host, path);
    const { here: found } = nearest(absolute.slice(0, Math.max(0, absolute.lastIndexOf("/"))));
    last = { written, found };
    return found;
  };
  return {
    of,
    today,
    for(path) {
      const found = of(path);
      return found && configurationFor(found, relativeTo(found.folder, absoluteOf(host, path)), today);
    },
    found: () => [...own.values(), ...(named ? [named] : [])],
  };
}

/** Nothing above a repository is of those who work in it. */
function isRepository(host: Host, folder: string): boolean {
  try {
    return host.kind(`${folder}/.git`) !== undefined;
  } catch {
    return false;
  }
}

/** The repository that a folder is in, or the folder itself. */
export function topOf(host: Host, folder: string): string {
  for (let at = folder; at.includes("/"); at = at.slice(0, at.lastIndexOf("/"))) if (isRepository(host, at)) return at;
  return folder;
}

/** The day in UTC, such as 2027-01-31. */
const dayOf = (host: Host): string => host.time().toISOString().slice(0, 10);

/** The absolute path of a file, with slashes. */
export function absoluteOf(host: Host, path: string): string {
  const absolute = host.absolute(path);
  const unified = absolute.includes("\\") ? pathParts(absolute).join("/") : absolute;
  return unified.endsWith("/") ? unified.slice(0, -1) : unified;
}

/** A path as seen from a folder, both absolute. */
export function relativeTo(folder: string, path: string): string {
  const [from, to] = [folder.split("/"), path.split("/")];
  const shared = from.findIndex((it, i) => it !== to[i]);
  const common = shared < 0 ? from.length : shared;
  return [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/");
}

function readNamed(host: Host, config: string, cwd: string): FoundConfiguration {
  const path = absoluteOf(host, config);
  try {
    if (host.kind(config) !== "file") throw new Error("there is no such file");
    const found = readAt(host, path, cwd);
    if (found) return found;
  } catch (error) {
    throw new UsageError(`${config}: ${messageOf(error)}`);
  }
  throw new UsageError(`${config}: it has no key "unitWarden"`);
}

/** The configuration of a folder itself. What is no file, such as a folder of that name, is none. */
function readIn(host: Host, folder: string, cwd: string): FoundConfiguration | undefined {
  for (const name of CONFIGURATION_NAMES) {
    const path = `${folder}/${name}`;
    try {
      const isThere = host.kind(path) === "file";
      const far = isThere && host.isLink(path) ? outsideOf(host, topOf(host, folder), path) : undefined;
      if (far !== undefined) throw new Error(`it is a link that leads out, to ${far}`);
      const found = isThere ? readAt(host, path, cwd) : undefined;
      if (found) return found;
    } catch (error) {
      // A manifest need not be ours.
      if (name !== "package.json") return unread(path, cwd, messageOf(error));
    }
  }
  return undefined;
}

function readAt(host: Host, path: string, cwd: string): FoundConfiguration | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const bytes = host.start(path, MOST_CONFIGURATION + 1);
  const text = decodeUtf8(bytes);
  if (bytes.length > MOST_CONFIGURATION) {
    if (name === "package.json" && !mayConfigure(text)) return undefined;
    return unread(path, cwd, `it is larger than ${MOST_CONFIGURATION} bytes`);
  }
  const read = readConfiguration(name, text);
  const problem = read?.isBroken ? "it is no JSON" : undefined;
  const findings = read && [...read.findings, ...expiredExceptions(read, dayOf(host))];
  return read && findings && { ...read, findings, ...configurationPlace(path, cwd), text, ...(problem && { problem }) };
}

function unread(path: string, cwd: string, problem: string): FoundConfiguration {
  return { keys: {}, findings: [], isBroken: true, ...configurationPlace(path, cwd), text: "", problem };
}

/** Where a configuration is; below the working directory it is named from there. */
function configurationPlace(path: string, cwd: string): Pick<FoundConfiguration, "path" | "folder" | "shown"> {
  const shown = path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
  return {
    path: shown,
    folder: path.slice(0, path.lastIndexOf("/")),
    shown: shown.slice(0, shown.lastIndexOf("/") + 1),
  };
}

/** A configuration that a run has found, by the path that it was given; undefined where it is there no longer. */
export const configurationAt = (host: Host, shown: string): FoundConfiguration | undefined =>
  readAt(host, absoluteOf(host, shown), absoluteOf(host, "."));

/**
 * What is said of configurations that do not say what was meant: nothing of them counts, or some keys do not. A report that
 * lists their findings has the places; `reports` is what it selects.
 */
export function configurationProblems({ found }: Configurations, reports?: CodeSelection): string[] {
  return found().flatMap(({ path, problem, text, findings }) => {
    if (problem !== undefined) return [`${path}: ${problem}; what it sets does not count`];
    const mistakes = findings.filter((it) => it.severity === "error");
    const listed = reports ? mistakes.filter((it) => isSelectedCode(it.code, reports)) : [];
    const lines = lineIndex(text);
    const places = mistakes.flatMap((it) => {
      const { line, character } = lines.positionAt(it.start);
      return listed.includes(it) ? [] : [`${path}:${line + 1}:${character + 1}: ${it.message}`];
    });
    const [only] = listed;
    return only ? [...places, `${path}: ${listed.length === 1 ? only.message : `${listed.length} mistakes`}`] : places;
  });
}

/** What a report selects of the codes. */
export interface CodeSelection {
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[] | undefined;
}

/** Whether a report that selects some codes has one. */
export const isSelectedCode = (code: string, { select, ignore }: CodeSelection): boolean =>
  isSelected(code, { ...(select && { select }), ...(ignore && { ignore }) });
