import { URI } from "vscode-uri";
import type { KnownUnit } from "../features/world.ts";
import { parse } from "../syntax/parse.ts";
import { unitPath } from "../units/unitPath.ts";
import { type Files, WALKS } from "./files.ts";

/** A unit file that was seen. */
export interface UnitFileSeen extends KnownUnit {
  readonly uri: string;
}

/** More folders of a workspace than this are not looked into. */
const MANY_FOLDERS = 2000;
const DEPTH = 8;
const SKIPPED = /^(?:\..*|node_modules|.*\.(?:d|wants|requires|upholds))$/;

/** Where systemd looks for units of the machine, the strongest first; the same below `user`. */
const PLACES = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd", "/lib/systemd"];

/** The unit files below a folder of the workspace, the upper ones first. */
export async function unitFilesBelow(files: Files, root: string): Promise<readonly UnitFileSeen[]> {
  const found: UnitFileSeen[] = [];
  const many = Math.min(MANY_FOLDERS, WALKS[files.reach(root)].folders);
  let level = [root.replace(/\/$/, "")];
  let visited = 0;
  for (let depth = 0; depth < DEPTH && level.length > 0 && visited < many; depth++) {
    const wave = level.slice(0, many - visited);
    visited += wave.length;
    const next: string[] = [];
    const listed = await Promise.all(wave.map(async (folder) => ({ folder, entries: await files.list(folder) })));
    for (const { folder, entries } of listed) {
      for (const { name, folder: isFolder, link } of entries) {
        const uri = `${folder}/${encodeURIComponent(name)}`;
        if (isFolder && !link && !SKIPPED.test(name)) next.push(uri);
        else if (!isFolder && isUnit(name)) found.push({ name, uri, home: "workspace" });
      }
    }
    level = next;
  }
  return found;
}

/** The unit files in a single folder. */
export async function unitFilesIn(
  files: Files,
  folder: string,
  home: KnownUnit["home"],
): Promise<readonly UnitFileSeen[]> {
  const listed = await files.list(folder);
  return listed
    .filter(({ name, folder: isFolder }) => !isFolder && isUnit(name))
    .map(({ name }) => ({ name, uri: `${folder}/${encodeURIComponent(name)}`, home }));
}

/** The unit files that the manager of this machine, or that of its users, can see. */
export async function unitFilesOfMachine(files: Files, scope: "system" | "user"): Promise<readonly UnitFileSeen[]> {
  const all = await Promise.all(PLACES.map((place) => unitFilesIn(files, `file://${place}/${scope}`, "machine")));
  return all.flat();
}

/** The `Description=` that a unit file ends up with; undefined where it has none. */
export async function descriptionOf(files: Files, uri: string): Promise<string | undefined> {
  const text = await files.read(uri);
  if (text === undefined || text.length > LONG) return undefined;
  const nodes = parse(text).sections.flatMap((it) => (it.name === "Unit" ? it.nodes : []));
  const last = nodes.findLast((it) => it.kind === "assignment" && it.key === "Description");
  return (last?.kind === "assignment" && last.value.text) || undefined;
}

const LONG = 1 << 20;

const isUnit = (name: string): boolean => unitPath(`/${name}`)?.role === "unit";

/** The folder of a document. */
export const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf("/"));

/** Whether a document lies on the machine that the server runs on, or nowhere yet. */
export const isLocal = (uri: string): boolean => /^(?:file|untitled):/.test(uri) && URI.parse(uri).authority === "";
