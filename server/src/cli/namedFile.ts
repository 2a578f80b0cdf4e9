import { decodeUtf8 } from "../text/utf8.ts";
import { messageOf } from "./attempts.ts";
import type { Host } from "./host.ts";
import { UsageError } from "./option.ts";

/** Throws where an option names a folder that is not there. */
export function demandFolder(host: Host, path: string | undefined): void {
  if (path !== undefined && host.kind(path) !== "folder") throw new UsageError(`${path}: there is no such folder`);
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
