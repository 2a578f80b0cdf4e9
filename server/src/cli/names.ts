import { pathParts, withoutLastSlashes } from "../families/pathParts.ts";
import { append } from "../text/append.ts";
import { nearest } from "../text/nearest.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import type { GatheredUnit } from "../units/index/gather.ts";
import { type LoadPathFolders, placesAround } from "../units/index/loadPathFolders.ts";
import { loadPlaceOf } from "../units/index/loadPlace.ts";
import { instanceIn, templateOf } from "../units/index/target.ts";
import { parseUnitName } from "../values/unitName.ts";
import { messageOf } from "./attempts.ts";
import { foldersOver, gatherOver } from "./gathering.ts";
import type { Host } from "./host.ts";
import { NotLoadedError, slashed } from "./loadedUnit.ts";
import { UsageError } from "./option.ts";

/** What help says of names. */
export const NAME_HELP =
  "NAME is a unit as systemctl takes it, such as nginx, and is looked up in the load path below --root, or of this machine; a file or folder of that name in the current folder comes first. What lies in a load path is judged with all that systemd loads for it: overriding files and drop-ins of all places, aliases and masks.";

/** Where names of units are looked up, and what stands for one. */
export interface NameOptions {
  readonly root: string | undefined;
  readonly scope: "system" | "user" | undefined;
  /** Whether the path of an instance may be one without a file, as its template is read; else it is that of the template. */
  readonly instances?: boolean;
  /** Whether the drop-ins of a unit are meant as well. */
  readonly dropIns?: boolean;
}

/** The paths that words of a command line stand for, and why some stand for none. */
export interface NamedPaths {
  readonly paths: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Takes what is the name of a unit as systemctl does, and looks it up in the load path of a system: `.service` may be left out,
 * an instance has its template, another name leads to the unit. What is there as a file or folder is a path, and so is
 * everything with a slash.
 */
export function namedPaths(host: Host, written: readonly string[], options: NameOptions): NamedPaths {
  const paths: string[] = [];
  const problems: string[] = [];
  for (const word of written) {
    const name = isPath(host, word) ? undefined : unitNameOf(word);
    try {
      const found = name === undefined ? [word] : pathsOfName(host, name, options);
      if (found.length > 0) append(paths, found);
      else if (/\.(?!service$)/.test(word) && name !== word) paths.push(word);
      else problems.push(`${word}: ${unknownUnit(host, name ?? word, options)}`);
    } catch (error) {
      problems.push(`${word}: ${messageOf(error)}`);
    }
  }
  return { paths: [...new Set(paths)], problems };
}

/** Whether a word is no path, and the name of a unit that is there, be it masked. */
export function isUnitThere(host: Host, word: string, options: NameOptions): boolean {
  const name = isPath(host, word) ? undefined : unitNameOf(word);
  try {
    return name !== undefined && pathsOfName(host, name, options).length > 0;
  } catch (error) {
    return error instanceof NotLoadedError;
  }
}

function isPath(host: Host, word: string): boolean {
  if (pathParts(word).length > 1 || /^\.{1,2}$/.test(word)) return true;
  return host.kind(word) !== undefined || host.isLink(word);
}

/** The full name of what is written as systemctl takes it; undefined for what can be no name. */
function unitNameOf(word: string): string | undefined {
  return (parseUnitName(word) ?? parseUnitName(`${word}.service`))?.full;
}

/** The files of a unit; none where it has no file. Throws where it is masked. */
function pathsOfName(host: Host, name: string, options: NameOptions): readonly string[] {
  const base = baseOf(host, options);
  const gathered = gatherOver(host, administratorPath(base, name, options), { home: host.home });
  if (!gathered?.fragment) return [];
  const { fragment, dropIns, masked, id } = gathered;
  const shown = (path: string): string =>
    options.root !== undefined && path.startsWith(`${base}/`)
      ? folderText(options.root) + path.slice(base.length)
      : path;
  if (masked) throw new NotLoadedError(`${id} is masked by ${shown(fragment.path)}: systemd reads none of its files`);
  const main = options.instances ? pathOfInstance(gathered, fragment.path, host, options) : fragment.path;
  const others = options.dropIns ? dropIns.filter((it) => host.kind(it.path) === "file").map((it) => it.path) : [];
  return [main, ...others].map(shown);
}

/** The path that an instance would have next to its template, or to a link to that; of any other unit that of its file. */
function pathOfInstance({ id }: GatheredUnit, fragment: string, host: Host, options: NameOptions): string {
  if (!instanceIn(id) || fragment.endsWith(`/${id}`)) return fragment;
  const template = foldersFor(host, id, options)?.named.get(templateOf(id))?.[0]?.path ?? fragment;
  return `${template.slice(0, template.lastIndexOf("/") + 1)}${id}`;
}

/** A folder to put a path behind; nothing for the topmost one. */
const folderText = (path: string): string => (path === "/" ? "" : withoutLastSlashes(path));

const baseOf = (host: Host, { root }: NameOptions): string =>
  root === undefined ? "" : folderText(slashed(host.absolute(root)));

const administratorPath = (base: string, name: string, { scope = "system" }: NameOptions): string =>
  `${base}/etc/systemd/${scope}/${name}`;

function foldersFor(host: Host, name: string, options: NameOptions): LoadPathFolders | undefined {
  const place = filePlaceOf(administratorPath(baseOf(host, options), name, options));
  return place && foldersOver(host, placesAround(place, { home: host.home }));
}

function unknownUnit(host: Host, name: string, options: NameOptions): string {
  const known = [...(foldersFor(host, name, options)?.named.keys() ?? [])].filter((it) => parseUnitName(it));
  const near = nearest(name, new Set(known));
  const meant = near.length === 0 ? "" : `; did you mean ${near.join(", ")}?`;
  return `there is no such file or folder, and no unit ${name} in the load path of ${options.root ?? "/"}${meant}`;
}

/** The name of the unit that a path of the machine's load path is for, of the file or a drop-in; any other word as it is. */
export function nameOfInstalled(host: Host, word: string): string {
  if (!word.includes("/")) return word;
  const path = slashed(host.absolute(word));
  const place = loadPlaceOf(path);
  const role = filePlaceOf(path)?.role;
  if (!role || place?.root !== "" || place.scope !== "system") return word;
  return role.kind === "unit" ? role.name : role.of;
}

/** Words without `-`, which stands for standard input; throws UsageError where nothing says which file that is. */
export function withoutStdin(words: readonly string[], path: string | undefined): readonly string[] {
  if (!words.includes("-")) return words;
  if (path === undefined)
    throw new UsageError("- is standard input: add --stdin-path with the path that it stands for");
  return words.filter((it) => it !== "-");
}
