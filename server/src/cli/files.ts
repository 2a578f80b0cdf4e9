import { recognize } from "../families/families.ts";
import { folderBefore } from "../families/paths.ts";
import { dropInFolders, orderDropIns } from "../families/unitFiles/dropIns.ts";
import { type UnitPath, unitPath } from "../families/unitFiles/unitPath.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { templateOf } from "../units/index/target.ts";
import type { Host } from "./host.ts";

/** A file to check: a unit file, or another one of systemd's that has no rules yet. */
export interface Target {
  readonly path: string;
  readonly unit: UnitPath | undefined;
  /** What tells it from other files, such as `service` or `network`. */
  readonly kind: string;
}

/** What a command line's paths stand for. */
export interface Targets {
  readonly targets: readonly Target[];
  /** Paths that could not be read or are no files of systemd's, each with the reason. */
  readonly problems: readonly string[];
}

/**
 * Finds the files: named ones must be files of systemd's, folders are walked for all that are. A walk takes each file once:
 * links to one that is walked as well are left out, and of several links out of the folders one stands for all. With
 * `instances`, one that is named needs no file of its own: `fileOf` says which is read.
 */
export function findTargets(
  host: Host,
  paths: readonly string[],
  scope: "system" | "user" | undefined,
  { instances = false }: { readonly instances?: boolean } = {},
): Targets {
  const found: Found[] = [];
  const problems: string[] = [];
  const guarded = (path: string, visit: () => void): void => {
    try {
      visit();
    } catch (error) {
      problems.push(reason(path, error));
    }
  };
  const walk = (folder: string): void => {
    for (const name of host.list(folder)) {
      const path = folder.endsWith("/") ? folder + name : `${folder}/${name}`;
      guarded(path, () => {
        const kind = host.kind(path);
        const isLink = host.isLink(path);
        if (kind === "folder" && !isLink) walk(path);
        const target = kind === "file" ? targetOf(host, path, scope) : undefined;
        if (target) found.push({ target, walked: { real: host.realPath(path), isLink } });
      });
    }
  };
  for (const path of paths) {
    guarded(path, () => {
      const kind = host.kind(path);
      const target = targetOf(host, path, scope);
      if (kind === "folder") walk(path);
      else if (kind === undefined && instances && target && fileOf(host, path) !== path) found.push({ target });
      else if (kind === undefined) problems.push(`${path}: there is no such file or folder`);
      else if (target) found.push({ target });
      else
        problems.push(
          `${path}: this is no unit file or drop-in; unit files are named NAME.service, NAME.timer and so on`,
        );
    });
  }
  return { targets: onceEach(found), problems };
}

/** A file with what a walk knows of it; missing where the file was named. */
interface Found {
  readonly target: Target;
  readonly walked?: { readonly real: string; readonly isLink: boolean };
}

const DEPENDENCIES = /\.(?:wants|requires|upholds)[\\/][^\\/]+$/;

function onceEach(found: readonly Found[]): Target[] {
  const chosen = new Map<string, Found>();
  const rank = ({ target, walked }: Found): number =>
    walked?.isLink !== true ? 0 : DEPENDENCIES.test(target.path) ? 2 : 1;
  for (const it of found) {
    const before = it.walked && chosen.get(it.walked.real);
    if (it.walked && (!before || rank(it) < rank(before))) chosen.set(it.walked.real, it);
  }
  return found.filter((it) => !it.walked || chosen.get(it.walked.real) === it).map((it) => it.target);
}

/**
 * What a path says about the file; undefined where it is none of systemd's. Whose manager reads it shows in the folders
 * above, which a relative path may leave out.
 */
export function targetOf(host: Host, path: string, scope: "system" | "user" | undefined): Target | undefined {
  const found = recognize(path);
  if (!found?.unit) return found && { path, unit: undefined, kind: found.kind };
  const read = scope ?? unitPath(host.absolute(path))?.scope;
  return { path, unit: read ? { ...found.unit, scope: read } : found.unit, kind: found.kind };
}

/** The file that is read for the path of a unit: that of the template beside it for an instance that has none. */
export function fileOf(host: Host, path: string): string {
  const name = unitPath(path)?.name ?? "";
  const template = folderBefore(path) + templateOf(name);
  const hasOwn = host.kind(path) !== undefined || host.linkTarget(path) !== undefined;
  return !hasOwn && templateOf(name) !== name && host.kind(template) === "file" ? template : path;
}

/** A failure of the host, with the path in front. */
export function reason(path: string, error: unknown): string {
  return `${path}: ${error instanceof Error ? error.message : String(error)}`;
}

/**
 * The texts of the drop-ins beside a unit file, in systemd's order; throws where one cannot be read. What is no file, such
 * as a folder or a link to nowhere, says nothing, but hides those of its name all the same, as it does for systemd.
 */
export function dropInTexts(host: Host, target: Target): string[] {
  return dropInFiles(host, target).map((it) => it.text);
}

/** The same with their paths. */
export function dropInFiles(host: Host, { path, unit }: Target): { readonly path: string; readonly text: string }[] {
  if (unit?.role !== "unit" || unit.name === undefined) return [];
  const beside = folderBefore(path);
  const folders = dropInFolders(unit.name)
    .map((name) => beside + name)
    .filter((folder) => host.kind(folder) === "folder")
    .map((folder) => ({ folder, files: host.list(folder) }));
  return orderDropIns(folders)
    .map(({ folder, file }) => `${folder}/${file}`)
    .filter((at) => host.kind(at) === "file")
    .map((at) => ({ path: at, text: decodeUtf8(host.read(at)) }));
}
