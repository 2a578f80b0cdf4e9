import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Stats,
} from "node:fs";
import { withoutLastSlashes } from "../families/pathParts.ts";
import type { PackagedState, ProgramFile, ProgramFiles } from "../program/files.ts";
import { type PackagedFiles, packagedFiles } from "../program/packages/packages.ts";
import { lazy } from "../text/tables.ts";

/** More links than lead to a program; the kernel follows 40. */
const MOST_LINKS = 40;

/** More than is read of one file at once. */
const MOST_BYTES = 64 << 20;

/** The files below a root, `/` for those of this machine. Links are followed within it, as programs there would see them. */
export function nodeProgramFiles(root: string, mostBytes?: number): ProgramFiles {
  const base = root === "/" ? "" : withoutLastSlashes(root);
  const outside = (path: string): string => `${base}${path}` || "/";
  const files = {
    look: (path: string): ProgramFile | undefined => attempt(() => lookAt(path)),
    read: (path: string, start = 0, end = Number.POSITIVE_INFINITY): Uint8Array | undefined =>
      attempt(() => {
        const found = lookAt(path);
        return found?.kind === "file" ? bytesOf(outside(found.path), start, end) : undefined;
      }),
    list: (folder: string): readonly string[] =>
      attempt(() => readdirSync(outside(realPath(folder) ?? folder)).sort()) ?? [],
  };

  /** A path behind all links, which lead from the root on; undefined where they go in a circle. */
  function realPath(path: string): string | undefined {
    let parts = path.split("/").filter((it) => it !== "" && it !== ".");
    let real: string[] = [];
    for (let links = 0; parts.length > 0; ) {
      const [part = "", ...rest] = parts;
      parts = rest;
      if (part === "..") {
        real = real.slice(0, -1);
        continue;
      }
      const next = `/${[...real, part].join("/")}`;
      if (!lstatSync(outside(next), { throwIfNoEntry: false })?.isSymbolicLink()) {
        real = [...real, part];
        continue;
      }
      if (++links > MOST_LINKS) return undefined;
      const target = readlinkSync(outside(next));
      if (target.startsWith("/")) real = [];
      parts = [...target.split("/").filter((it) => it !== "" && it !== "."), ...parts];
    }
    return `/${real.join("/")}`;
  }

  function lookAt(path: string): ProgramFile | undefined {
    const real = realPath(path);
    const stat = real === undefined ? undefined : lstatSync(outside(real), { throwIfNoEntry: false });
    return real === undefined || !stat ? undefined : { path: real, ...described(stat) };
  }

  /** The same path by way of no link to its folder. */
  function behindFolder(path: string): string {
    const end = path.lastIndexOf("/");
    const folder = attempt(() => realPath(path.slice(0, end)));
    return folder === undefined || folder === "/" ? path : `${folder}${path.slice(end)}`;
  }

  const packages = lazy(() => packagedFiles(files) ?? NO_PACKAGES);
  // Packages of a machine whose folders are merged name the folder behind the link.
  const packageOf = (path: string): string | undefined =>
    packages().packageOf(path) ?? packages().packageOf(behindFolder(path));
  const pluginsOf = (path: string): readonly string[] => packages().pluginsOf(path);
  const statementsOf = (path: string): readonly string[] => packages().statementsOf(path);
  const capabilitiesOf = (path: string): string | undefined => packages().capabilitiesOf(path);
  const packagedState = (path: string): PackagedState | undefined => {
    const found = files.look(path);
    const digest = found && packages().digestOf(found.path);
    const bytes = digest === undefined || digest === "none" ? undefined : files.read(path);
    if (!bytes) return digest === "none" ? "added" : undefined;
    const own = digestOf(bytes, digest?.length ?? 0);
    return own === undefined ? undefined : own === digest ? "untouched" : "changed";
  };
  return {
    ...files,
    packageOf,
    pluginsOf,
    statementsOf,
    capabilitiesOf,
    packagedState,
    ...(mostBytes !== undefined && { mostBytes }),
  };
}

const NO_PACKAGES: PackagedFiles = {
  packageOf: () => undefined,
  pluginsOf: () => [],
  statementsOf: () => [],
  capabilitiesOf: () => undefined,
  digestOf: () => undefined,
};

/** How a digest is made, by its length. */
const DIGESTS: Readonly<Record<number, string>> = { 32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512" };

/** Loaded where a configuration is compared. */
const digestOf = (bytes: Uint8Array, length: number): string | undefined => {
  const name = DIGESTS[length];
  return name && process.getBuiltinModule("node:crypto").createHash(name).update(bytes).digest("hex");
};

const described = (stat: Stats): Omit<ProgramFile, "path"> => ({
  kind: stat.isDirectory() ? "folder" : stat.isFile() ? "file" : "other",
  bytes: stat.size,
  changed: stat.mtimeMs,
  mode: stat.mode & 0o7777,
  user: stat.uid,
  group: stat.gid,
});

function bytesOf(path: string, start: number, end: number): Uint8Array {
  // A pipe that took the place of the file in between is not waited for.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  try {
    const length = Math.max(0, Math.min(fstatSync(file).size, end) - start);
    const bytes = new Uint8Array(Math.min(length, MOST_BYTES));
    let filled = 0;
    for (let got = 1; got > 0 && filled < bytes.length; filled += got)
      got = readSync(file, bytes, filled, bytes.length - filled, start + filled);
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
