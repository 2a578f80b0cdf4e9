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
import { readNearNow } from "./readNear.ts";
import { readStdin, readStdinEnd } from "./readStdin.ts";

/** The files of the machine; failures throw the errors of node:fs. */
export const nodeHost: Host = {
  read: readNearNow,
  start(path, most) {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
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
  linkTarget: (path) => (statsOf(lstatSync, path)?.isSymbolicLink() === true ? readlinkSync(path) : undefined),
  absolute: (path) => resolve(path),
  realPath: (path) => realpathSync(path),
  list: (folder) => readdirSync(folder).sort(),
  entries: (folder) =>
    readdirSync(folder, { withFileTypes: true })
      .map((it) => ({ name: it.name, is: typeOf(it) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  name: () => process.getBuiltinModule("node:os").hostname(),
  time: () => new Date(),
  stdin: readStdin,
  stdinEnd: readStdinEnd,
  home: process.env.HOME,
};

function typeOf(it: Dirent): HostEntry["is"] {
  if (it.isFile()) return "file";
  if (it.isDirectory()) return "folder";
  return it.isSymbolicLink() ? "link" : "other";
}

/** A link in a cycle leads to nothing, nothing has a name that is too long, such as the `.d` of a long one, and nothing is below a file. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set(["ELOOP", "ENAMETOOLONG", "ENOTDIR"]);

function statsOf(look: typeof statSync | typeof lstatSync, path: string): Stats | undefined {
  try {
    return look(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && "code" in error && NOTHING_THERE.has(error.code)) return undefined;
    throw error;
  }
}
