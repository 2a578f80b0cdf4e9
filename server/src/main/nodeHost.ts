import { lstatSync, readdirSync, readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Host } from "../cli/host.ts";
import { readNearNow } from "./readNear.ts";
import { readStdin, readStdinEnd } from "./readStdin.ts";

/** The files of the machine; failures throw the errors of node:fs. */
export const nodeHost: Host = {
  read: readNearNow,
  kind(path) {
    const stat = statOf(path);
    if (!stat) return undefined;
    return stat.isDirectory() ? "folder" : stat.isFile() ? "file" : "other";
  },
  isLink: (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false,
  linkTarget: (path) =>
    lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : undefined,
  absolute: (path) => resolve(path),
  realPath: (path) => realpathSync(path),
  list: (folder) => readdirSync(folder).sort(),
  stdin: readStdin,
  stdinEnd: readStdinEnd,
};

/** A link that leads in a cycle leads to nothing. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ELOOP") return undefined;
    throw error;
  }
}
