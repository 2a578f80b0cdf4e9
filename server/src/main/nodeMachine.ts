import type { Stats } from "node:fs";
import { chmod, type FileHandle, lstat, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { createGunzip, gzip } from "node:zlib";
import { draftPath, type FileOwner, type Machine, type MachineFile, type RealFile } from "../cli/machine.ts";
import { lazy } from "../text/tables.ts";
import { syncFolder, takesAfter } from "./atomicWrite.ts";
import { freeStart, identityOf, makeFolders, openFile, room, tryWrite } from "./nodeFileSystem.ts";
import { lockFile } from "./nodeLock.ts";
import { nodeProgramFiles } from "./nodeProgramFiles.ts";
import { askTerminal, enterKey, sayOnTerminal } from "./nodeTerminal.ts";
import { runProgram } from "./runProgram.ts";

/** Who called sudo, by the variables that it sets for root. */
function invokerOf({ SUDO_UID, SUDO_GID }: NodeJS.ProcessEnv): FileOwner | undefined {
  const isNumber = (it: string | undefined): it is string => it !== undefined && /^\d{1,9}$/.test(it);
  const isRoot = process.getuid?.() === 0;
  return isRoot && isNumber(SUDO_UID) && isNumber(SUDO_GID)
    ? { uid: Number(SUDO_UID), gid: Number(SUDO_GID) }
    : undefined;
}

/** The machine that this runs on. */
export const nodeMachine: Machine = {
  uid: process.getuid?.() ?? -1,
  invoker: invokerOf(process.env),
  pid: process.pid,
  platform: process.platform,
  // A program of one file is its own interpreter.
  self: process.argv[1] === process.execPath ? [process.execPath] : process.argv.slice(0, 2),
  get programFiles() {
    return programFiles();
  },
  run: runProgram,
  read: (path, from = 0, most = Number.POSITIVE_INFINITY, identity) => orNothing(readPart(path, from, most, identity)),
  async stat(path) {
    const stat = await orNothing(lstat(path));
    return stat && fileOf(stat);
  },
  realPath: (path) => orNothing(realpath(path)),
  look: (paths) => Promise.all(paths.map(behindLinks)),
  list: async (folder) => (await orNothing(readdir(folder)))?.sort() ?? [],
  write: writeWhole,
  writeHere: writeWhole,
  tryWrite,
  tryWriteHere: tryWrite,
  room,
  free: freeStart,
  async makeFolder(path, mode) {
    await mkdir(path, { recursive: true });
    await chmod(path, mode);
  },
  lock: lockFile,
  remove: (path) => rm(path, { recursive: true, force: true }),
  gzip: promisify(gzip),
  gunzip(packed) {
    const source = Readable.from(packed);
    const unpacked = createGunzip();
    source.on("error", (error) => unpacked.destroy(error));
    return source.pipe(unpacked);
  },
  now: () => Date.now() / 1000,
  async sleep(seconds, stop) {
    await setTimeout(seconds * 1000, undefined, { ...(stop && { signal: stop }) }).catch(() => undefined);
  },
  ask: askTerminal,
  enter: enterKey,
  say: (line) => sayOnTerminal(line),
};

const programFiles = lazy(() => nodeProgramFiles("/"));

/** What is behind a path; undefined where its name is too long, or its links go in a circle. */
async function behindLinks(path: string): Promise<RealFile | undefined> {
  try {
    const real = await realpath(path);
    return { ...fileOf(await lstat(real)), real };
  } catch {
    return undefined;
  }
}

/** Writes a file whole or not at all. */
async function writeWhole(path: string, content: string | Uint8Array, mode?: number, owner?: FileOwner): Promise<void> {
  await makeFolders(dirname(path));
  const was = mode === undefined ? await orNothing(lstat(path)) : undefined;
  const fresh = draftPath(path, process.pid);
  const handle = await open(fresh, "wx", 0o600);
  try {
    const isAlike = was?.isFile() === true && (await takesAfter(handle, path, was));
    if (owner) await handle.chown(owner.uid, owner.gid);
    if (!isAlike) await handle.chmod(mode ?? (was?.isFile() ? was.mode & 0o7777 : 0o644));
    await handle.writeFile(content);
    await handle.sync();
    await rename(fresh, path);
  } finally {
    await handle.close();
    await rm(fresh, { force: true });
  }
  await syncFolder(dirname(path));
}

function fileOf(stat: Stats): MachineFile {
  const { mode, uid, gid, size } = stat;
  return { mode, uid, gid, size, identity: identityOf(stat) };
}

/** More than this is read in parts. */
const MOST_AT_ONCE = 64 * 1024 * 1024;
const PIECE = 64 * 1024;

async function readPart(
  path: string,
  from: number,
  most: number,
  identity: string | undefined,
): Promise<Uint8Array | undefined> {
  const handle = await openFile(path, identity);
  try {
    const stat = await handle.stat();
    // Files of /proc and /sys have no size.
    if (stat.size === 0) return await readUnsized(handle, from, Math.min(most, MOST_AT_ONCE));
    const bytes = new Uint8Array(Math.max(0, Math.min(stat.size - from, most, MOST_AT_ONCE)));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, from + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

/** Of what does not say how long it is, no more than is wanted: some files of the kernel are as long as all memory. */
async function readUnsized(handle: FileHandle, from: number, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < most; ) {
    const room = new Uint8Array(Math.min(PIECE, most - length));
    const { bytesRead } = await handle.read(room, 0, room.length, from + length);
    if (bytesRead === 0) break;
    pieces.push(room.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(pieces);
}

/** What a call gives; undefined where there is nothing at its path. */
async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR"].includes(String(error.code)))
      return undefined;
    throw error;
  }
}
