import { type Dirent, existsSync } from "node:fs";
import { readdir, readlink, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { URI } from "vscode-uri";
import type { FileKind } from "../features/world.ts";
import type { ProgramFiles } from "../program/files.ts";
import type { FileAccess, ListedEntry } from "../server/fileAccess.ts";
import { addressOf, pathOfUri } from "../server/uris.ts";
import { lazy } from "../text/tables.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { nodeProgramFiles } from "./nodeProgramFiles.ts";
import { PROGRAM_THREAD, PromptReader } from "./promptReader.ts";
import { readNear } from "./readNear.ts";

/** How long what is said of a unit waits for its programs, in milliseconds. */
const PATIENCE = 300;

/** The thread that reads them ends after a minute of rest. */
const REST = 60_000;

/** As many bytes of each service as are read in some tenths of a second, where there is no thread. */
const MOST_BYTES = 32 << 20;

/** Programs of the machine, and what reads them; nothing does where there is no bundle that a thread could start with. */
const MACHINE = lazy((): Pick<FileAccess, "lateReadings" | "sourceFiles" | "programFiles"> => {
  const files = nodeProgramFiles("/", MOST_BYTES);
  const start = join(__dirname, "cli.js");
  if (!existsSync(start)) return { programFiles: files, sourceFiles: files };
  const code = `globalThis.unitWardenThread = "${PROGRAM_THREAD}"; require(${JSON.stringify(start)});`;
  const reader = new PromptReader({ code, patience: PATIENCE, rest: REST });
  const programFiles: ProgramFiles = { ...files, readInTime: (commands) => reader.read(commands) };
  return { programFiles, sourceFiles: files, lateReadings: reader };
});

/** The files of the machine, for `file:` URIs alone. */
export const nodeFiles: FileAccess = {
  get machine() {
    return process.platform === "linux";
  },
  home: process.env.HOME,
  get programFiles() {
    return process.platform === "linux" ? MACHINE().programFiles : undefined;
  },
  get lateReadings() {
    return process.platform === "linux" ? MACHINE().lateReadings : undefined;
  },
  get sourceFiles() {
    return process.platform === "win32" ? undefined : MACHINE().sourceFiles;
  },
  reach: (uri) => (pathOf(uri) === undefined ? "none" : "near"),
  async read(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : readNear(path).then(decodeUtf8, () => undefined);
  },
  async list(folder) {
    const path = pathOf(folder);
    if (path === undefined) return [];
    const found = await readdir(path, { withFileTypes: true }).catch(() => []);
    return Promise.all(found.map((it) => entryOf(path, it)));
  },
  async linkTarget(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : readlink(path).catch(() => undefined);
  },
  async realPath(uri) {
    const path = pathOf(uri);
    const real = path === undefined ? undefined : await realpath(path).catch(() => undefined);
    return real === undefined ? undefined : pathOfUri(URI.file(real).toString());
  },
  async kind(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : kindOf(path);
  },
  async learn(bundles, unit) {
    const paths = bundles.map(pathOf).filter((it) => it !== undefined);
    if (paths.length === 0 || paths.length < bundles.length) throw new Error("Bundles are read from this machine only");
    // What reads them is loaded with the first one.
    const { learnBundles } = await import("./bundles.ts");
    return learnBundles(paths, unit);
  },
  async programs(folder) {
    const path = pathOf(folder);
    if (path === undefined) return [];
    const found = await readdir(path, { withFileTypes: true }).catch(() => []);
    const names = found.filter((it) => !it.isDirectory()).map((it) => it.name);
    const kinds = await Promise.all(names.map((it) => kindOf(join(path, it))));
    return names.filter((_, i) => kinds[i] === "program");
  },
};

/** Whoever may execute it: the server does not run as the user of a service. */
const EXECUTABLE = 0o111;

async function kindOf(path: string): Promise<FileKind | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "folder";
    return found.isFile() && (found.mode & EXECUTABLE) !== 0 ? "program" : "file";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOENT" || code === "ENOTDIR" ? "missing" : undefined;
  }
}

async function entryOf(folder: string, it: Dirent): Promise<ListedEntry> {
  if (!it.isSymbolicLink()) return { name: it.name, folder: it.isDirectory() };
  const isFolder = await stat(join(folder, it.name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
  return { name: it.name, folder: isFolder, link: true };
}

function pathOf(uri: string): string | undefined {
  const { scheme, authority, path } = addressOf(uri);
  const isHere = scheme === "file" && (authority === "" || process.platform === "win32");
  return isHere ? URI.from({ scheme, authority, path }).fsPath : undefined;
}
