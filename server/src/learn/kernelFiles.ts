import type { Needs, Sight } from "./needs.ts";

/** Files of /proc that belong to no process, by the names that `ProcSubset=pid` hides: links to those of a process among them. */
const KERNEL_FILES = /^\/proc\/(?!\d|\*|self(?:\/|$)|thread-self(?:\/|$))./;

/** Whether a path is that of such a file. */
export const isKernelFile = (path: string): boolean => KERNEL_FILES.test(path);

/**
 * Those without which libraries do just the same, each with what asks for it: tried with and without them. All else may
 * change what a program does, and no log shows that it does.
 */
const HARMLESS: Readonly<Record<string, RegExp | undefined>> = {
  // The C library gives memory back in another way where this is 2.
  "/proc/sys/vm/overcommit_memory": undefined,
  // The C library takes 65536 then, which it is with every kernel.
  "/proc/sys/kernel/ngroups_max": undefined,
  // The libraries for capabilities ask prctl() instead.
  "/proc/sys/kernel/cap_last_cap": undefined,
  // SELinux's library looks on, and finds as little.
  "/proc/filesystems": /\/libselinux\.so\.\d+$/,
};

/** What SELinux's library looks at once the first file is missing. */
const NEXT: Readonly<Record<string, string>> = { "/proc/mounts": "/proc/filesystems" };

/** Whether a service does the same without a file of the kernel, as only a library asks for it. */
function isHarmless({ paths }: Needs, path: string): boolean {
  if (!Object.hasOwn(HARMLESS, path)) return false;
  const library = HARMLESS[path];
  return !library || Object.entries(paths).some(([it, { used }]) => library.test(it) && used.map !== undefined);
}

/** A file of the kernel that a run used. */
interface KernelFile {
  readonly path: string;
  readonly sights: readonly Sight[];
}

/** Those that a run used, by their names. */
export const usedFiles = ({ paths }: Needs): readonly KernelFile[] =>
  Object.keys(paths)
    .filter(isKernelFile)
    .sort()
    .flatMap((path) => {
      const sights = Object.values(paths[path]?.used ?? {});
      return sights.length > 0 ? [{ path, sights }] : [];
    });

/** Those among them that the service may miss. */
export const missedFiles = (needs: Needs): readonly KernelFile[] =>
  usedFiles(needs).filter((it) => !isHarmless(needs, it.path));

/** Whether it changes nothing that a file of the kernel is missing in a second run, which the first one had. */
export function mayBeMissing(before: Needs, path: string): boolean {
  const cause = NEXT[path];
  return isHarmless(before, path) || (cause !== undefined && before.paths[path] === undefined && isUsed(before, cause));
}

const isUsed = ({ paths }: Needs, path: string): boolean => Object.keys(paths[path]?.used ?? {}).length > 0;
