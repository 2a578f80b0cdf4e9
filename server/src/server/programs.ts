import type { KnownProgram } from "../features/world.ts";
import type { FileAccess } from "./fileAccess.ts";
import { isLocal, pathOfUri, uriOfPath } from "./uris.ts";

/**
 * Where systemd finds programs without a path, DEFAULT_PATH of systemd 262, in the order in which we name them: where bin and
 * sbin are one folder, the path with bin is the one that people write.
 */
const PROGRAM_FOLDERS = ["/usr/local/bin", "/usr/local/sbin", "/usr/bin", "/usr/sbin"];

/** Where a project has what it runs, below its root and next to its units. */
const PROJECT_FOLDERS = ["", "bin", "sbin", "scripts", "dist", "build", "out", "target/release", "target/debug"];

/** The programs of the machine that systemd finds by their names, each once, by name. */
export async function machinePrograms(files: FileAccess): Promise<readonly KnownProgram[]> {
  const found = await programsIn(files, PROGRAM_FOLDERS, "machine");
  const met = new Map<string, KnownProgram>();
  for (const it of found) if (!met.has(it.name)) met.set(it.name, it);
  return [...met.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The programs in the usual folders of the workspace that a unit lies in, and in the unit's own folder. */
export async function workspacePrograms(
  files: FileAccess,
  unit: string,
  roots: readonly string[],
): Promise<readonly KnownProgram[]> {
  const path = pathOfUri(unit);
  const near = roots.filter(isLocal).map((it) => pathOfUri(it).replace(/(?<!\/)\/+$/, ""));
  const within = near.filter((it) => path.startsWith(`${it}/`));
  if (within.length === 0) return [];
  const own = path.slice(0, path.lastIndexOf("/"));
  const folders = [own, ...within].flatMap((root) => PROJECT_FOLDERS.map((it) => (it === "" ? root : `${root}/${it}`)));
  return programsIn(files, [...new Set(folders)], "workspace");
}

async function programsIn(
  files: FileAccess,
  folders: readonly string[],
  home: KnownProgram["home"],
): Promise<readonly KnownProgram[]> {
  const all = await Promise.all(folders.map((folder) => files.programs(uriOfPath(folder))));
  return folders.flatMap((folder, i) => (all[i] ?? []).map((name) => ({ name, path: `${folder}/${name}`, home })));
}
