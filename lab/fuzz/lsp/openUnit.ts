import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { FileChangeType } from "vscode-languageserver-protocol";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";
import { isConfigurationName } from "../../../server/src/server/teamSettings.ts";
import { bytesOf } from "../../../test/kit/bytes.ts";
import type { HostileUnit } from "../../../test/kit/mutate.ts";
import type { SharedServer } from "./sharedServer.ts";

/** A folder of its own for a fuzzer; nobody else writes there. */
export function fuzzFolder(): string {
  return mkdtempSync(join(tmpdir(), "unit-warden-fuzz-"));
}

/** Whether a server has anything to say of a path. */
const isOpened = (path: string): boolean =>
  checkedPath(path) !== undefined || hostLanguage(path) !== undefined || isConfigurationName(path.replace(/^.*\//, ""));

/** The file of a unit in a folder, and those of its drop-ins. */
const filesOf = (folder: string, { path, dropIns }: Pick<HostileUnit, "path" | "dropIns">): readonly string[] => {
  const file = join(folder, path);
  return [file, ...dropIns.map((_, i) => join(`${file}.d`, `${i}0.conf`))];
};

const changed = (files: readonly string[], type: FileChangeType): object => ({
  changes: files.map((it) => ({ uri: pathToFileURL(it).href, type })),
});

/** Tells a server once more that a unit is gone: it may have looked while another one had the unit in the same folder. */
export async function tellGone(server: SharedServer, folder: string, unit: HostileUnit): Promise<void> {
  const client = await server.client();
  await client.notify("workspace/didChangeWatchedFiles", changed(filesOf(folder, unit), FileChangeType.Deleted));
}

/**
 * Writes a unit with its drop-ins into a folder, has an editor open it at a version, and takes all of it away again. What was
 * made smaller may have a path that no such file has; that is left out.
 */
export async function whileOpen(
  server: SharedServer,
  folder: string,
  { path, text, dropIns }: HostileUnit,
  use: (uri: string) => Promise<void>,
  version = 1,
): Promise<void> {
  if (!isOpened(path)) return;
  const all = filesOf(folder, { path, dropIns });
  const [file = ""] = all;
  for (const [i, it] of all.entries()) {
    mkdirSync(dirname(it), { recursive: true });
    writeFileSync(it, bytesOf([text, ...dropIns][i] ?? ""));
  }
  const uri = pathToFileURL(file).href;
  const client = await server.client();
  await client.notify("workspace/didChangeWatchedFiles", changed(all, FileChangeType.Created));
  await client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "systemd", version, text } });
  try {
    await use(uri);
  } finally {
    for (const it of all) rmSync(it, { force: true });
    if (client.child.exitCode === null && !client.child.killed) {
      await client.notify("textDocument/didClose", { textDocument: { uri } });
      await client.notify("workspace/didChangeWatchedFiles", changed(all, FileChangeType.Deleted));
    }
  }
}
