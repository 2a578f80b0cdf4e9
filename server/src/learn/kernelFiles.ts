import { HARMLESS_FILES, KERNEL_FILES, NEXT_FILES } from "../needs/tables/kernelFiles.ts";
import type { Needs, Sight } from "./needs.ts";

/** Whether a path is that of a file of /proc that belongs to no process. */
export const isKernelFile = (path: string): boolean => KERNEL_FILES.test(path);

/** Whether a service does the same without a file of the kernel, as only a library asks for it. */
function isHarmless({ paths }: Needs, path: string): boolean {
  if (!Object.hasOwn(HARMLESS_FILES, path)) return false;
  const library = HARMLESS_FILES[path];
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
  const cause = NEXT_FILES[path];
  return isHarmless(before, path) || (cause !== undefined && before.paths[path] === undefined && isUsed(before, cause));
}

const isUsed = ({ paths }: Needs, path: string): boolean => Object.keys(paths[path]?.used ?? {}).length > 0;
