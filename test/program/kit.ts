import type { ProgramFile, ProgramFiles } from "../../server/src/program/files.ts";

/** What a file of a test is, where it is more than its text. */
export interface MemoryFile extends Partial<Pick<ProgramFile, "mode" | "user" | "group">> {
  readonly bytes: Uint8Array | string;
  readonly package?: string;
}

/** A machine in memory, whose folders are those of its files; links lead where `links` says. */
export function memoryFiles(
  entries: Readonly<Record<string, string | Uint8Array | MemoryFile>>,
  links: Readonly<Record<string, string>> = {},
): ProgramFiles {
  const all = new Map(Object.entries(entries).map(([path, it]) => [path, asFile(it)]));
  const real = (path: string): string => {
    const link = Object.keys(links).find((it) => path === it || path.startsWith(`${it}/`));
    return link === undefined ? path.replace(/(.)\/+$/, "$1") : real(`${links[link]}${path.slice(link.length)}`);
  };
  const namesIn = (folder: string): readonly string[] => {
    const below = `${real(folder)}/`.replace(/^\/\//, "/");
    const names = [...all.keys(), ...Object.keys(links)].flatMap((it) =>
      it.startsWith(below) ? [it.slice(below.length).split("/")[0] ?? ""] : [],
    );
    return [...new Set(names)].sort();
  };
  return {
    look(written) {
      const path = real(written);
      const file = all.get(path);
      const { mode = 0o755, user = 0, group = 0 } = file ?? {};
      if (file) return { path, kind: "file", bytes: file.bytes.length, changed: 0, mode, user, group };
      return namesIn(path).length > 0 ? { path, kind: "folder", bytes: 0, changed: 0, mode, user, group } : undefined;
    },
    read: (path, start = 0, end) => all.get(real(path))?.bytes.subarray(start, end),
    list: namesIn,
    packageOf: (path) => all.get(real(path))?.package,
  };
}

type Stored = Omit<MemoryFile, "bytes"> & { readonly bytes: Uint8Array };

function asFile(it: string | Uint8Array | MemoryFile): Stored {
  const file = typeof it === "string" || it instanceof Uint8Array ? { bytes: it } : it;
  return { ...file, bytes: typeof file.bytes === "string" ? new TextEncoder().encode(file.bytes) : file.bytes };
}
