import { readdir, readFile } from "node:fs/promises";
import { URI } from "vscode-uri";
import type { Files } from "../server/files.ts";
import { decodeUtf8 } from "../text/utf8.ts";

/** The files of the machine, for `file:` URIs alone. */
export const nodeFiles: Files = {
  async read(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : readFile(path).then(decodeUtf8, () => undefined);
  },
  async list(folder) {
    const path = pathOf(folder);
    return path === undefined ? [] : readdir(path).catch(() => []);
  },
};

function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath : undefined;
}
