import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LOAD_PATHS } from "../../server/src/families/unitFiles/loadPaths.ts";
import { nodeHost } from "../../server/src/main/nodeHost.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import type { SeenFile } from "../../server/src/units/index/unitIndex.ts";
import type { Box } from "./box.ts";

/** Puts unit files into a box, next to those of the machine, and has its systemd read them. */
export function putFiles(box: Box, files: readonly SeenFile[]): void {
  box.put("/root/files.sh", files.map(commandFor).join(""));
  assert.equal(box.run("bash", "-e", "/root/files.sh").status, 0);
  assert.equal(box.run("systemctl", "daemon-reload").status, 0);
}

/** Writes the same files below a folder of this machine. */
export function writeTree(root: string, files: readonly SeenFile[]): void {
  for (const { path, text, link } of files) {
    const at = root + path;
    mkdirSync(dirname(at), { recursive: true });
    rmSync(at, { force: true });
    if (link === undefined) writeFileSync(at, text ?? "");
    else symlinkSync(link, at);
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

function commandFor({ path, text, link }: SeenFile): string {
  const folder = quote(path.slice(0, path.lastIndexOf("/")));
  const made = `[ -d ${folder} ] || mkdir -p ${folder}\n`;
  if (link !== undefined) return `${made}ln -sfn ${quote(link)} ${quote(path)}\n`;
  return `${made}[ ! -L ${quote(path)} ] || rm ${quote(path)}; printf %s ${quote(text ?? "")} > ${quote(path)}\n`;
}

/** The unit files and drop-ins of this machine, of which the box has a copy. */
export function machineFiles(): readonly SeenFile[] {
  const found: SeenFile[] = [];
  const look = (folder: string, depth: number): void => {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && depth === 0) look(path, 1);
      if (entry.isFile()) found.push({ path, text: decodeUtf8(readFileSync(path)) });
      if (entry.isSymbolicLink()) found.push({ path, ...linkAt(path) });
    }
  };
  // In the box /run is empty, and /lib is /usr/lib.
  for (const it of LOAD_PATHS.system) if (/^(?:etc|usr)\//.test(it)) look(`/${it}`, 0);
  return found;
}

function linkAt(path: string): Omit<SeenFile, "path"> {
  const link = nodeHost.linkTarget(path) ?? "";
  return nodeHost.kind(path) === "file" ? { link, text: decodeUtf8(nodeHost.read(path)) } : { link };
}
