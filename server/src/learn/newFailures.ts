import { isKernelFile, mayBeMissing } from "./kernelFiles.ts";
import type { Needs, PathNeed, PathUse, Sight } from "./needs.ts";

/** Something that fails in a second run and did not in the first. */
export interface NewFailure {
  /** The path, or the name of the system call where it is about none. */
  readonly what: { readonly path: string } | { readonly call: string };
  /** As `EPERM`. */
  readonly error: string;
  readonly sight: Sight;
}

/** What a sandbox answers. */
const REFUSALS: ReadonlySet<string> = new Set(["EPERM", "EACCES", "EROFS", "EAFNOSUPPORT", "ENOSYS"]);

/** Where a sandbox hides things instead. */
const HIDING = /^\/(?:proc|dev|sys|home|root|run\/user|tmp|var\/tmp)(?:\/|$)/;

/** glibc falls back to another call. */
const HARMLESS = /^(?:clone3|rseq|faccessat2|openat2|close_range)$/;

/** The passwords of users, which the C library opens along with the users: only root gets them. */
const SHADOW = /^\/etc\/g?shadow$/;

/**
 * What fails in the second run as settings make it fail, and did not fail so in the first. With `ProcSubset=pid` among the lines
 * each file of the kernel that is missing in /proc is a failure, as programs go on without and give other answers. That a user cannot
 * read passwords is none; in an empty root, what was used and is missing is one.
 */
export function newFailures(before: Needs, after: Needs, lines: readonly string[]): readonly NewFailure[] {
  const isSubset = lines.includes("ProcSubset=pid");
  const hasUser = lines.some((it) => it.startsWith("User="));
  const hasOwnRoot = lines.some((it) => it.startsWith("RootDirectory="));
  const found: NewFailure[] = [];
  // The lines about a path, whose calls are no failure of their own.
  const ofPaths = new Set<string>();
  for (const [path, { failed, used }] of Object.entries(after.paths)) {
    const was = Object.hasOwn(before.paths, path) ? before.paths[path] : undefined;
    for (const [error, sight] of Object.entries(failed)) {
      if (was?.failed[error] !== undefined) continue;
      if ((hasUser && SHADOW.test(path)) || isNoFile(path, sight)) {
        ofPaths.add(sight.at);
        continue;
      }
      if (isSubset && error === "ENOENT" && isKernelFile(path)) {
        if (!mayBeMissing(before, path)) found.push({ what: { path }, error, sight });
        continue;
      }
      const isHidden =
        error === "ENOENT" &&
        Object.keys(used).length === 0 &&
        (HIDING.test(path) ? Object.keys(was?.used ?? {}).length > 0 : hasOwnRoot && wasThere(was));
      if (REFUSALS.has(error) || isHidden) {
        found.push({ what: { path }, error, sight });
        ofPaths.add(sight.at);
      }
    }
  }
  for (const [call, { failed }] of Object.entries(after.syscalls)) {
    const was = Object.hasOwn(before.syscalls, call) ? before.syscalls[call] : undefined;
    for (const [error, sight] of Object.entries(failed)) {
      const isKnown = was?.failed[error] !== undefined || ofPaths.has(sight.at);
      if (REFUSALS.has(error) && !isKnown && !(error === "ENOSYS" && HARMLESS.test(call)))
        found.push({ what: { call }, error, sight });
    }
  }
  return found.toSorted((a, b) => a.sight.first - b.sight.first);
}

/** Whether a program only removes what was left in its memory under the name of a file: a path with bytes that are no text. */
const isNoFile = (path: string, { sample }: Sight): boolean =>
  /[\p{Cs}\p{Cc}]/u.test(path) && /^(?:unlink|unlinkat|rmdir)\(/.test(sample);

/** Whether a path was there before the service used it, and its content mattered. */
const wasThere = (was: PathNeed | undefined): boolean =>
  was !== undefined && !was.used.make && CONTENT.some((it) => was.used[it] !== undefined);

const CONTENT: readonly PathUse[] = ["read", "map", "execute", "connect", "list"];

/** A failure as a sentence has it: `open /etc/x answers EACCES (ExecStart:12)`. */
export function failureText({ what, error, sight }: NewFailure): string {
  const name = "path" in what ? `${what.path}` : `${what.call}()`;
  return `${name} fails with ${error} (${sight.at}: ${sight.sample})`;
}
