import { lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { Host } from "../cli/host.ts";

/** The files of the machine; failures throw the errors of node:fs. */
export const nodeHost: Host = {
  read: (path) => readFileSync(path),
  write: (path, text) => writeFileSync(path, text),
  kind(path) {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isDirectory() ? "folder" : stat?.isFile() ? "file" : undefined;
  },
  isLink: (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false,
  list: (folder) => readdirSync(folder).sort(),
  stdin: () => readFileSync(0),
};
