import type { PathStatus } from "./bundle.ts";
import { isDirectory, type RunHost, statusAt } from "./host.ts";

/** A user with its groups, without capabilities. */
export interface MayReach {
  readonly uid: number;
  readonly gids: ReadonlySet<number>;
  /** Whether it may have further groups, of which nothing is known. */
  readonly moreGroups: boolean;
}

/** Whether a mode lets a user through, by the bits of one class: 4 to read, 2 to write, 1 to run or search. */
function lets({ mode, uid, gid }: PathStatus, bits: number, who: MayReach): boolean | undefined {
  const allows = (shift: number): boolean => ((mode >> shift) & bits) === bits;
  if (uid === who.uid) return allows(6);
  if (who.gids.has(gid)) return allows(3);
  // The group of root is nobody's by accident.
  const unknown = who.moreGroups && gid !== 0 && allows(3) !== allows(0);
  return unknown ? undefined : allows(0);
}

/** Whether a user may read a file or list a directory; undefined where its status is not known. */
export const userMayRead = (host: RunHost, path: string, who: MayReach): boolean | undefined =>
  mayReach(host, path, 4, who);

/** Whether a user may write a file or make entries in a directory; undefined where its status is not known. */
export const userMayWrite = (host: RunHost, path: string, who: MayReach): boolean | undefined => {
  const status = statusAt(host, path);
  return mayReach(host, path, status && isDirectory(status) ? 3 : 2, who);
};

function mayReach(host: RunHost, path: string, bits: number, who: MayReach): boolean | undefined {
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
    const folder = statusAt(host, path.slice(0, at));
    if (folder && isDirectory(folder) && lets(folder, 1, who) === false) return false;
  }
  const status = statusAt(host, path);
  return status && lets(status, bits, who);
}
