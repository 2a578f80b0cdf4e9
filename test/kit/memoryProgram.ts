import type { ProgramFile, ProgramFiles } from "../../server/src/program/files.ts";

/** Files of a machine in memory, by their absolute paths; `packages` says which package brought the files below a folder. */
export function memoryProgram(
  contents: Readonly<Record<string, string | Uint8Array>>,
  packages: Readonly<Record<string, string>> = {},
): ProgramFiles {
  const bytes = new Map(
    Object.entries(contents).map(([path, it]) => [path, typeof it === "string" ? new TextEncoder().encode(it) : it]),
  );
  const paths = [...bytes.keys()];
  const found = (path: string, kind: ProgramFile["kind"], size: number): ProgramFile => ({
    path,
    kind,
    bytes: size,
    mode: 0o755,
    user: 0,
    group: 0,
  });
  return {
    look(path) {
      const file = bytes.get(path);
      if (file) return found(path, "file", file.length);
      return paths.some((it) => it.startsWith(`${path}/`)) ? found(path, "folder", 0) : undefined;
    },
    read: (path, start, end) => bytes.get(path)?.subarray(start, end),
    list(folder) {
      const prefix = folder.endsWith("/") ? folder : `${folder}/`;
      const below = paths
        .filter((it) => it.startsWith(prefix))
        .map((it) => it.slice(prefix.length).split("/")[0] ?? "");
      return [...new Set(below)].sort();
    },
    packageOf: (path) => Object.entries(packages).find(([folder]) => path.startsWith(folder))?.[1],
  };
}
