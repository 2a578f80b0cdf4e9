import { decodeUtf8 } from "../../text/utf8.ts";
import type { ProgramFiles } from "../files.ts";
import type { NativeFile } from "./nativeFile.ts";

/** Where the loader looks for the libraries of programs for one kind of processor. */
export interface Loader {
  /** The folders for all programs, in their order. */
  readonly folders: readonly string[];
  /** The file that a name leads to for one that needs it, behind all links. */
  find(name: string, needing: NeedingFile): string | undefined;
}

/** A file that needs libraries, and those that made it be loaded, the program last. */
export interface NeedingFile {
  readonly path: string;
  readonly file: Pick<NativeFile, "folders" | "inherited">;
  readonly by?: NeedingFile;
}

/** The folders of Debian for each kind of processor, by its number in ELF. */
const TRIPLETS: Readonly<Record<number, string>> = {
  3: "i386-linux-gnu",
  21: "powerpc64le-linux-gnu",
  40: "arm-linux-gnueabihf",
  62: "x86_64-linux-gnu",
  183: "aarch64-linux-gnu",
  243: "riscv64-linux-gnu",
};

/** The search of the loader for files with the same header as a program. */
export function loaderFor(header: Uint8Array, files: ProgramFiles): Loader {
  const triplet = TRIPLETS[(header[18] ?? 0) + (header[19] ?? 0) * 256];
  const is64 = header[4] === 2;
  const folders = [
    ...configuredFolders("/etc/ld.so.conf", files, new Set()),
    ...(triplet === undefined ? [] : [`/lib/${triplet}`, `/usr/lib/${triplet}`]),
    ...(is64 ? ["/lib64", "/usr/lib64"] : ["/lib32", "/usr/lib32"]),
    ...["/lib", "/usr/lib"],
  ];
  const fits = (path: string): string | undefined => {
    const found = files.look(path);
    if (found?.kind !== "file") return undefined;
    const own = files.read(found.path, 0, 20);
    return own && SAME.every((it) => own[it] === header[it]) ? found.path : undefined;
  };
  return {
    folders,
    find(name, needing) {
      if (name.includes("/")) return fits(expanded(name, needing.path, triplet));
      for (const it of [...ownFolders(needing, triplet), ...folders]) {
        const path = fits(`${it}/${name}`);
        if (path !== undefined) return path;
      }
      return undefined;
    },
  };
}

/** The bytes of a header that say which processor a file is for: the magic, its class, its order of bytes and its machine. */
const SAME: readonly number[] = [0, 1, 2, 3, 4, 5, 18, 19];

/** The folders of RUNPATH count for the file alone, those of RPATH for all that it brings along. */
function ownFolders({ path, file, by }: NeedingFile, triplet: string | undefined): readonly string[] {
  const own = file.folders.map((it) => expanded(it, path, triplet));
  if (!file.inherited) return own;
  const parents: string[] = [];
  for (let it = by; it; it = it.by)
    if (it.file.inherited) for (const folder of it.file.folders) parents.push(expanded(folder, it.path, triplet));
  return [...own, ...parents];
}

const expanded = (folder: string, path: string, triplet: string | undefined): string =>
  folder
    .replace(/\$(?:ORIGIN|\{ORIGIN\})/g, () => path.slice(0, path.lastIndexOf("/")))
    .replace(/\$(?:LIB|\{LIB\})/g, () => (triplet === undefined ? "lib" : `lib/${triplet}`));

const MAX_CONFIGURATIONS = 100;

/** The folders that the configuration of the loader lists, with those of the files that it includes. */
function configuredFolders(path: string, files: ProgramFiles, seen: Set<string>): readonly string[] {
  if (seen.has(path) || seen.size > MAX_CONFIGURATIONS) return [];
  seen.add(path);
  const bytes = files.read(path, 0, 65_536);
  if (!bytes) return [];
  return decodeUtf8(bytes)
    .split("\n")
    .flatMap((line) => {
      const [first = "", second = ""] = line
        .replace(/#.*/, "")
        .trim()
        .split(/[\s,:]+/);
      if (first === "include") return included(second, path, files).flatMap((it) => configuredFolders(it, files, seen));
      return first.startsWith("/") ? [first.replace(/(?<=[^/])\/+$/, "")] : [];
    });
}

/** The files that an `include` names; only its last part may have an asterisk. */
function included(pattern: string, from: string, files: ProgramFiles): readonly string[] {
  const whole = pattern.startsWith("/") ? pattern : `${from.slice(0, from.lastIndexOf("/"))}/${pattern}`;
  const folder = whole.slice(0, whole.lastIndexOf("/"));
  const [before = "", after] = whole.slice(folder.length + 1).split("*", 2);
  if (after === undefined) return [whole];
  return files
    .list(folder)
    .filter((it) => it.startsWith(before) && it.endsWith(after))
    .map((it) => `${folder}/${it}`);
}
