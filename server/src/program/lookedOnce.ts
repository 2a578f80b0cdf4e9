import type { ProgramFile, ProgramFiles } from "./files.ts";

/** The same files with each path looked at once, for one reading: the files of one program name the same folders again and again. */
export function lookedOnce(files: ProgramFiles): ProgramFiles {
  const looked = new Map<string, ProgramFile | undefined>();
  const listed = new Map<string, readonly string[]>();
  return {
    ...files,
    look(path) {
      const known = looked.get(path);
      if (known || looked.has(path)) return known;
      const found = files.look(path);
      looked.set(path, found);
      return found;
    },
    list(folder) {
      const names = listed.get(folder) ?? files.list(folder);
      listed.set(folder, names);
      return names;
    },
  };
}
