import type { Needs } from "./needs.ts";

/** Files of /proc that belong to no process; most programs go on without them. */
const KERNEL_FILES = /^\/proc\/(?!\d|self(?:\/|$)|thread-self)/;

/** Whether a path is that of such a file. */
export const isKernelFile = (path: string): boolean => KERNEL_FILES.test(path);

/** Those that were used, each with the seconds until it was for the first time. */
const usedFiles = ({ paths }: Needs): readonly (readonly [path: string, first: number])[] =>
  Object.entries(paths).flatMap(([path, { used }]) => {
    const times = Object.values(used).map((it) => it.first);
    return isKernelFile(path) && times.length > 0 ? [[path, Math.min(...times)] as const] : [];
  });

/**
 * Whether a second run tells what the service does without these files: it asked for each, or had the time to. What the first one
 * did only later, as at intervals or when idle, nobody has tried.
 */
export const askedAgain = (first: Needs, second: Needs): boolean =>
  usedFiles(first).every(([path, time]) => time < second.seconds || Object.hasOwn(second.paths, path));

/** Whether what runs need now was known before, when a second run may have shown that the service goes on without. */
export function knewFiles(before: Needs, now: Needs): boolean {
  const known = new Set(usedFiles(before).map(([path]) => path));
  return usedFiles(now).every(([path]) => known.has(path));
}
