import type { ProgramFiles } from "../files.ts";
import type { Loader } from "./loader.ts";

const C_LIBRARIES = ["libc.so.6", "libc.so"];

/**
 * Whether a library belongs to a program: the same source package brought both, or none brought either. Where no package manager
 * says so, all is its own but what lies in the folders of libraries for all.
 */
export function libraryOwnership(program: string, loader: Loader, files: ProgramFiles): (path: string) => boolean {
  const own = files.packageOf(program);
  const isManaged = own !== undefined || hasPackages(loader, files);
  if (isManaged) return (path) => files.packageOf(path) === own;
  const shared = new Set(
    loader.folders.filter((it) => !it.startsWith("/usr/local/")).map((it) => files.look(it)?.path ?? it),
  );
  return (path) => !shared.has(path.slice(0, path.lastIndexOf("/")));
}

/** Whether a package manager knows who brought the C library. */
const hasPackages = ({ folders }: Loader, files: ProgramFiles): boolean =>
  folders.some((folder) =>
    C_LIBRARIES.some((it) => {
      const path = files.look(`${folder}/${it}`)?.path;
      return path !== undefined && files.packageOf(path) !== undefined;
    }),
  );
