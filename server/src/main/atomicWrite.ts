import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { access, type FileHandle, link, lstat, mkdir, open, realpath, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { decodeUtf8 } from "../text/utf8.ts";
import { readNear } from "./readNear.ts";

/**
 * Gives a file another text, all of it or none, as UTF-8; a link is followed. Owner, mode and attributes stay. Fails where the
 * text is no longer the one before, and leaves everything as it was where it fails or is stopped.
 */
export async function replaceFile(path: string, before: string, text: string, stop: AbortSignal): Promise<void> {
  const real = await realpath(path);
  await access(real, constants.W_OK);
  const was = await stat(real);
  if (!was.isFile()) throw new Error("this is not a file");
  const bytes = await readNear(real);
  if (decodeUtf8(bytes) !== before) throw new Error("another program changed it meanwhile");
  const isShared = was.nlink > 1;
  if (isShared || !(await isReplaced(real, was, text, stop))) await rewrite(real, bytes, text, stop);
}

/** Makes a file that is not there yet, whole or not at all, with the folders above it. */
export async function createFile(path: string, text: string, stop: AbortSignal): Promise<void> {
  const folder = dirname(resolve(path));
  const made: string[] = [];
  try {
    await makeFolders(folder, made);
    const fresh = await newBeside(path, 0o666);
    try {
      await fresh.handle.writeFile(text);
      await fresh.handle.sync();
      stop.throwIfAborted();
      await appear(fresh.path, path);
    } finally {
      await fresh.handle.close();
      await rm(fresh.path, { force: true });
    }
  } catch (error) {
    for (const it of made.toReversed()) await rmdir(it).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
  for (const it of made) await syncFolder(dirname(it));
}

/** Makes a folder with those above it, one by one, so that it is known which are to go where the next cannot be made. */
async function makeFolders(folder: string, made: string[]): Promise<void> {
  const isThere = (await stat(folder).catch(() => undefined))?.isDirectory() ?? false;
  if (isThere) return;
  if (dirname(folder) !== folder) await makeFolders(dirname(folder), made);
  const isNew = await mkdir(folder).then(
    () => true,
    (error) => {
      if (!isOneOf(error, ["EEXIST"])) throw error;
      return false;
    },
  );
  if (isNew) made.push(folder);
}

interface Fresh {
  readonly path: string;
  readonly handle: FileHandle;
}

/** A new file next to another one, whose name no program of systemd looks at. */
async function newBeside(path: string, mode: number): Promise<Fresh> {
  const beside = join(dirname(path), `.unit-warden-${randomBytes(8).toString("hex")}`);
  return { path: beside, handle: await open(beside, "wx", mode) };
}

/** Puts a new file with the same owner and attributes in the place of the old one; false where that cannot be. */
async function isReplaced(path: string, was: Stats, text: string, stop: AbortSignal): Promise<boolean> {
  const fresh = await newBeside(path, 0o600);
  try {
    if (!(await takesAfter(fresh.handle, path, was))) return false;
    await fresh.handle.writeFile(text);
    await fresh.handle.sync();
    stop.throwIfAborted();
    await rename(fresh.path, path);
  } catch (error) {
    // Where another file system is mounted on this one file, or where only its owner may replace it.
    if (isOneOf(error, ["EBUSY", "EXDEV", "EPERM"])) return false;
    throw error;
  } finally {
    await fresh.handle.close();
    await rm(fresh.path, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}

/** Gives a new file the owner, the mode and, on Linux, the extended attributes and access lists of another one. */
export async function takesAfter(fresh: FileHandle, path: string, was: Stats): Promise<boolean> {
  if (process.platform === "win32") return true;
  if (process.platform === "linux") {
    if (!(await isCopied(path, fresh))) return false;
  } else {
    await fresh.chown(was.uid, was.gid).catch(() => undefined);
    await fresh.chmod(was.mode & 0o7777);
  }
  const { uid, gid, mode } = await fresh.stat();
  return uid === was.uid && gid === was.gid && mode === was.mode;
}

/** Copies attributes with cp(1), as Node has no calls for them; by descriptor, so that no other file can take a place. */
async function isCopied(path: string, to: FileHandle): Promise<boolean> {
  const from = await open(path, "r");
  try {
    const what = ["--attributes-only", "--preserve=mode,ownership,xattr", "--"];
    const cp = spawn("cp", [...what, "/proc/self/fd/3", "/proc/self/fd/4"], {
      stdio: ["ignore", "ignore", "ignore", from.fd, to.fd],
    });
    return await new Promise<boolean>((done) => {
      cp.on("error", () => done(false));
      cp.on("close", (status) => done(status === 0));
    });
  } finally {
    await from.close();
  }
}

/** Writes into the file itself, which keeps all that hangs on it, while its old text is safe in another file next to it. */
async function rewrite(path: string, before: Uint8Array, text: string, stop: AbortSignal): Promise<void> {
  const kept = await newBeside(path, 0o600);
  let isLost = false;
  try {
    await kept.handle.writeFile(before);
    await kept.handle.sync();
    await syncFolder(dirname(path));
    // Ctrl+C also ends a cp(1) that copies the attributes, which alone is no reason to write the file in place.
    stop.throwIfAborted();
    const file = await open(path, constants.O_WRONLY);
    try {
      await overwrite(file, Buffer.from(text)).catch(async (error) => {
        isLost = true;
        await overwrite(file, before);
        isLost = false;
        throw error;
      });
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isLost) throw new Error(`only a part is written, and its text before is in ${kept.path}`, { cause: error });
    throw error;
  } finally {
    await kept.handle.close();
    if (!isLost) await rm(kept.path, { force: true });
  }
}

async function overwrite(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
  await file.truncate(bytes.length);
  await file.sync();
}

/** Gives a file its name where nothing has it; not all file systems know a second name for a file. */
async function appear(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!isOneOf(error, ["EPERM", "ENOTSUP", "ENOSYS"])) throw error;
    const isFree = await lstat(to).then(
      () => false,
      () => true,
    );
    if (!isFree) throw new Error("there is such a file already", { cause: error });
    await rename(from, to);
  }
}

/** So that the name survives a power failure; what is written is there all the same where the system knows no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
