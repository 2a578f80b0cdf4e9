import { checkedPath, managerOfPlace } from "../families/checkedPath.ts";
import { recognize } from "../families/families.ts";
import { folderBefore, pathParts } from "../families/pathParts.ts";
import { pairedFolder } from "../families/unitFiles/scopeFolders.ts";
import type { UnitPath } from "../families/unitFiles/unitPath.ts";
import { hostLanguage } from "../hosts/hosts.ts";
import { isUnreadDropIn, UNREAD_DROP_IN } from "../rules/unreadDropIn.ts";
import { templateOf } from "../units/index/target.ts";
import { forOwnManager } from "../units/ownManager.ts";
import { asRead } from "../units/template/finished.ts";
import type { ReadPath } from "../units/template/templateFile.ts";
import type { Unit } from "../units/unit.ts";
import { attemptEach } from "./attempts.ts";
import { type FoundInput, LINK, NO_LINK, onceEach } from "./foundOnce.ts";
import { type Host, kindOfEntry } from "./host.ts";
import { whyNoUnit } from "./notUnits.ts";

/** A file that a command reads: a unit file or drop-in, or another one of systemd's that has no rules yet. */
export interface InputFile {
  readonly path: string;
  readonly unit: ReadPath | undefined;
  /** What distinguishes it from other files, such as `service` or `network`. */
  readonly kind: string;
  /** Missing where its place or the options say whose manager reads it, so that what is in it does not count for that. */
  readonly scopeIsOpen?: true;
  /** Of what a folder showed to be a file itself, neither a link nor anything else. */
  readonly is?: "file";
  /** Of a link that was found in a folder and leads out of it: where to, and of which folder. */
  readonly leads?: { readonly to: string; readonly outOf: string };
}

/** An input file that is a unit file or a drop-in. */
export type InputUnit = InputFile & { readonly unit: ReadPath };

/** What the paths of a command line stand for. */
export interface InputFiles<T extends InputFile = InputFile> {
  readonly files: readonly T[];
  /** Paths that cannot be read or are not what the command takes, each with the reason. */
  readonly problems: string[];
}

/** Who reads the files, and what a command takes that others do not. */
interface InputOptions {
  readonly scope?: "system" | "user" | undefined;
  /** An instance that is named needs no file of its own: `fileOf` says which is read. */
  readonly instances?: boolean;
  /** A link in a folder is left out, as it stands for a file that has its own place; one that is named is meant. */
  readonly skipLinks?: boolean;
  /** What to say of a link that is named and leads to no file. */
  readonly deadLink?: string;
  /** Told how many files a walk has met so far. */
  readonly met?: ((count: number) => void) | undefined;
}

/**
 * Finds the files: named ones must be files of systemd's, folders are walked for all that are. Each file is taken once: what
 * is named needs no walk, links to one that is walked as well are left out, and of several links out of the folders one stands
 * for all.
 */
export function findFiles(host: Host, paths: readonly string[], options: InputOptions): InputFiles {
  const found: FoundInput<InputFile>[] = [];
  const problems: string[] = [];
  const walk = (folder: string, top: string): void => {
    const inside = host
      .entries(folder)
      .map((entry) => ({ entry, path: folder.endsWith("/") ? folder + entry.name : `${folder}/${entry.name}` }));
    attemptEach(inside, problems, ({ entry, path }) => {
      const kind = kindOfEntry(host, path, entry);
      const isLink = entry.is === "link";
      if (kind === "folder" && !isLink) walk(path, top);
      if (kind !== "file" || (isLink && options.skipLinks)) return;
      const file = inputFile(host, path, options.scope, entry.is === "file" ? entry.is : undefined);
      if (!file) return;
      const to = isLink ? outsideOf(host, top, path) : undefined;
      const led = to === undefined ? file : { ...file, leads: { to, outOf: top } };
      const count = found.push({ file: led, walked: isLink ? LINK : NO_LINK });
      options.met?.(count);
    });
  };
  attemptEach(paths, problems, (path) => {
    const kind = host.kind(path);
    const file = inputFile(host, path, options.scope);
    if (kind === "folder") return walk(path, path);
    if (kind === "other") throw new Error((host.isLink(path) && options.deadLink) || NO_FILE);
    if (kind === undefined && !(options.instances && file && fileOf(host, path) !== path))
      throw new Error((host.isLink(path) && options.deadLink) || "there is no such file or folder");
    if (!file)
      throw new Error("this is no unit file or configuration of systemd; units are named NAME.service and so on");
    found.push({ file });
  });
  // One walk meets a file again only through a link.
  const isPlain = paths.length === 1 && found.every((it) => it.walked?.isLink !== true);
  return { files: isPlain ? found.map((it) => it.file) : onceEach(host, found, problems), problems };
}

/** Whether one of the first paths is a folder, in which there may be very many files. */
export function hasFolder(host: Host, paths: readonly string[]): boolean {
  try {
    return paths.slice(0, 8).some((it) => host.kind(it) === "folder");
  } catch {
    return false;
  }
}

/** Where a path leads behind all links, if that is not in a folder or below it. */
export function outsideOf(host: Host, folder: string, path: string): string | undefined {
  const [top, real] = [host.realPath(folder), host.realPath(path)];
  const isWithin = real === top || ["/", "\\"].some((it) => real.startsWith(top.endsWith(it) ? top : top + it));
  return isWithin ? undefined : real;
}

const NO_FILE = "this is a device, pipe or socket, of which nothing is read";

/** The same for a command that takes only some files: a folder may hold others, but none may be named. */
export function findOnly<T extends InputFile>(
  takes: (file: InputFile) => file is T,
  refusal: string,
  ...[host, paths, options]: Parameters<typeof findFiles>
): InputFiles<T> {
  const { files, problems } = findFiles(host, paths, options);
  const others: string[] = [];
  const taken = files.filter(takes).filter((it) => {
    // A file of another language is not taken for a unit itself.
    const why = it.unit && whyNoUnit(host, it.path, it.is);
    if (why !== undefined && paths.includes(it.path)) others.push(`${it.path}: ${why}`);
    return why === undefined;
  });
  for (const it of files)
    if (!takes(it) && paths.includes(it.path)) others.push(`${it.path}: ${whyNoUnit(host, it.path) ?? refusal}`);
  return { files: taken, problems: [...problems, ...others] };
}

/** Whether a file is a service, not a drop-in of one. */
export function isService(file: InputFile): file is InputFile & { readonly unit: UnitPath } {
  return file.unit?.kind === "service" && file.unit.role === "unit";
}

/**
 * What a path says about the file; undefined where it is not systemd's. Whose manager reads it shows in the folders
 * above, which a relative path may leave out. `is` is what a folder showed it to be.
 */
export function inputFile(
  host: Host,
  path: string,
  scope: "system" | "user" | undefined,
  is?: "file",
): InputFile | undefined {
  const found = recognize(path);
  const hosting = found ? undefined : hostLanguage(path);
  if (hosting?.judged) return shaped({ path, unit: undefined, kind: hosting.name }, is);
  if (!found && isUnreadDropIn(path, (it) => host.kind(it) === "file"))
    return shaped({ path, unit: undefined, kind: UNREAD_DROP_IN }, is);
  if (!found?.unit) return found && shaped({ path, unit: undefined, kind: found.kind }, is);
  const absolute = host.absolute(path);
  const placed = scope ?? managerOfPlace(absolute) ?? managerBeside(host, absolute);
  const unit = asRead(absolute, placed ? { ...found.unit, scope: placed } : found.unit);
  const { kind } = found;
  return shaped(placed ? { path, unit, kind } : { path, unit, kind, scopeIsOpen: true }, is);
}

/** Whose manager reads a file in a folder `user` with a folder `system` next to it, or the other way round. */
function managerBeside(host: Host, absolute: string): "system" | "user" | undefined {
  const pair = pairedFolder(pathParts(absolute).slice(0, -1));
  return pair && host.kind(pair.beside) === "folder" ? pair.scope : undefined;
}

/** Not a copy with one thing more, which would have a shape of its own: there are many of these files. */
const shaped = (file: InputFile, is: "file" | undefined): InputFile => (is ? Object.assign(file, { is }) : file);

/** The file that is read for the path of a unit: that of the template next to it for an instance that has none. */
export function fileOf(host: Host, path: string): string {
  const name = checkedPath(path)?.name ?? "";
  const template = folderBefore(path) + templateOf(name);
  const hasOwn = host.kind(path) !== undefined || host.linkTarget(path) !== undefined;
  return !hasOwn && templateOf(name) !== name && isThere(host, template) ? template : path;
}

/** Whether a file is there, or a link, which may lead to one of another system. */
const isThere = (host: Host, path: string): boolean => host.kind(path) === "file" || host.isLink(path);

/** A unit for the manager that its file is written for, where neither its place nor the options say it. */
export const forManagerOf = ({ scopeIsOpen }: Pick<InputFile, "scopeIsOpen">, unit: Unit): Unit =>
  scopeIsOpen ? forOwnManager(unit, undefined, "auto") : unit;
