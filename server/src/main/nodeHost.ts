import {
  closeSync,
  constants,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { resolve } from "node:path";
import type { Host, HostEntry } from "../cli/host.ts";
import { nameOfBytes, nativePath } from "./nativePath.ts";
import { nodeProgramFiles } from "./nodeProgramFiles.ts";
import { readNearNow } from "./readNear.ts";
import { readStdin, readStdinEnd } from "./readStdin.ts";

/** The files of the machine; failures throw the errors of node:fs. */
export const nodeHost: Host = {
  read: (path, is) => readNearNow(nativePath(path), is),
  start(path, most) {
    const file = openSync(nativePath(path), constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const bytes = new Uint8Array(most);
      return bytes.subarray(0, readSync(file, bytes, 0, most, 0));
    } finally {
      closeSync(file);
    }
  },
  kind(path) {
    const stat = statsOf(statSync, path);
    if (!stat) return undefined;
    return stat.isDirectory() ? "folder" : stat.isFile() ? "file" : "other";
  },
  isLink: (path) => statsOf(lstatSync, path)?.isSymbolicLink() ?? false,
  owner(path) {
    const stat = statsOf(lstatSync, path);
    return stat && { uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 };
  },
  linkTarget: (path) =>
    statsOf(lstatSync, path)?.isSymbolicLink() === true
      ? nameOfBytes(readlinkSync(nativePath(path), "buffer"))
      : undefined,
  absolute: (path) => resolve(path),
  realPath: (path) => realPathOf(nativePath(path)),
  list: (folder) => entriesOf(folder).map((it) => it.name),
  entries: entriesOf,
  name: () => process.getBuiltinModule("node:os").hostname(),
  time: () => new Date(),
  stdin: readStdin,
  stdinEnd: readStdinEnd,
  programFiles: nodeProgramFiles,
  home: process.env.HOME,
};

function realPathOf(path: string | Buffer): string {
  if (typeof path === "string" && !path.includes("\ufffd")) return realpathSync(path);
  return nameOfBytes(realpathSync.native(path, "buffer"));
}

function entriesOf(folder: string): HostEntry[] {
  const path = nativePath(folder);
  const plain = readdirSync(path, { withFileTypes: true }).map((it) => ({ name: it.name, is: typeOf(it) }));
  // Only names that are no UTF-8 are worth a second look.
  const entries = plain.some((it) => it.name.includes("\ufffd"))
    ? readdirSync(path, { withFileTypes: true, encoding: "buffer" }).map((it) => ({
        name: nameOfBytes(it.name),
        is: typeOf(it),
      }))
    : plain;
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function typeOf(it: Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">): HostEntry["is"] {
  if (it.isFile()) return "file";
  if (it.isDirectory()) return "folder";
  return it.isSymbolicLink() ? "link" : "other";
}

/** A link in a cycle leads to nothing, nothing has a name that is too long, such as the `.d` of a long one, and nothing is below a file. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set(["ELOOP", "ENAMETOOLONG", "ENOTDIR"]);

function statsOf(look: typeof statSync | typeof lstatSync, path: string): Stats | undefined {
  try {
    return look(nativePath(path), { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && "code" in error && NOTHING_THERE.has(error.code)) return undefined;
    throw error;
  }
}
