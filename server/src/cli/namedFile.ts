import { decodeUtf8 } from "../text/utf8.ts";
import { messageOf } from "./attempts.ts";
import type { Host } from "./host.ts";
import { UsageError } from "./option.ts";

/** Where a tree of a system has what its managers and podman read, from its root. */
const SIGNS_OF_A_TREE = [
  "etc/systemd",
  "run/systemd",
  "usr/lib/systemd",
  "usr/local/lib/systemd",
  "lib/systemd",
  "etc/containers/systemd",
  "usr/share/containers/systemd",
  "etc/init.d",
  "etc/passwd",
];

/** Throws where an option names a folder that is not there, or that is no tree of a system. */
export function demandTree(host: Host, root: string | undefined): void {
  if (root === undefined) return;
  if (host.kind(root) !== "folder") throw new UsageError(`${root}: there is no such folder`);
  const top = root.endsWith("/") ? root : `${root}/`;
  if (!SIGNS_OF_A_TREE.some((it) => host.kind(top + it) !== undefined))
    throw new UsageError(`${root}: this is no tree of a system: it has no etc/systemd and no usr/lib/systemd`);
}

/** The text of a file that an option names; throws with its path where that cannot be read. */
export function namedFile(host: Host, path: string): string {
  if (host.kind(path) === undefined) throw new UsageError(`${path}: there is no such file`);
  try {
    return decodeUtf8(host.read(path));
  } catch (error) {
    throw new UsageError(`${path}: ${messageOf(error)}`);
  }
}
