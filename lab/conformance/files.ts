import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { dropInFolders, orderDropIns } from "../../server/src/families/unitFiles/dropIns.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** One of the small units of `synth/cases.jsonl`. */
export interface SynthCase {
  readonly id: string;
  readonly scope: "system" | "user";
  readonly unit: string;
  /** Texts by path; null is a link to /dev/null. */
  readonly files: Readonly<Record<string, string | null>>;
}

/** The files around a unit: what a folder holds, and a text by path below the unit's folder. */
export interface Files {
  list(folder: string): readonly string[];
  read(path: string): string | undefined;
}

/** The files of a case that has them inline. */
export function inlineFiles(files: Readonly<Record<string, string | null>>): Files {
  return {
    list: (folder) =>
      Object.keys(files).flatMap((path) => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [])),
    read: (path) => (path in files ? (files[path] ?? "") : undefined),
  };
}

/** The files in a folder and its subfolders; a link to /dev/null reads as empty. */
export function filesBeside(root: string): Files {
  return {
    list: (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []),
    read: (path) => {
      const file = join(root, path);
      if (!existsSync(file)) return undefined;
      const target = realpathSync(file);
      return statSync(target).isFile() ? decodeUtf8(readFileSync(target)) : "";
    },
  };
}

/** A unit read with the drop-ins among its files; undefined where there is none, or its name is none of a unit. */
export function unitAmong(name: string, scope: "system" | "user", version: number, files: Files): Unit | undefined {
  const path = unitPath(scope === "user" ? `/etc/systemd/user/${name}` : name);
  const text = files.read(name);
  if (!path || text === undefined) return undefined;
  const dropIns = dropInsAmong(name, files).map((it) => files.read(it) ?? "");
  // systemd itself reads these files: nothing in them is a placeholder.
  return readUnit({ ...path, scope, finished: true }, text, version, { dropIns });
}

/** The paths of a unit's drop-ins, in the order in which systemd reads them. */
export function dropInsAmong(name: string, files: Files): string[] {
  const folders = dropInFolders(name).map((folder) => ({ folder, files: files.list(folder) }));
  return orderDropIns(folders).map((it) => `${it.folder}/${it.file}`);
}
