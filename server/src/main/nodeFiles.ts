import type { Dirent } from "node:fs";
import { readdir, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { URI } from "vscode-uri";
import type { Files, ListedEntry } from "../server/files.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { readNear } from "./readNear.ts";

/** The files of the machine, for `file:` URIs alone. */
export const nodeFiles: Files = {
  get machine() {
    return process.platform === "linux";
  },
  reach: (uri) => (pathOf(uri) === undefined ? "none" : "near"),
  async read(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : readNear(path).then(decodeUtf8, () => undefined);
  },
  async list(folder) {
    const path = pathOf(folder);
    if (path === undefined) return [];
    const found = await readdir(path, { withFileTypes: true }).catch(() => []);
    return Promise.all(found.map((it) => entryOf(path, it)));
  },
  async linkTarget(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : readlink(path).catch(() => undefined);
  },
};

async function entryOf(folder: string, it: Dirent): Promise<ListedEntry> {
  if (!it.isSymbolicLink()) return { name: it.name, folder: it.isDirectory() };
  const isFolder = await stat(join(folder, it.name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
  return { name: it.name, folder: isFolder, link: true };
}

function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath : undefined;
}
