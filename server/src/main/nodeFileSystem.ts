import { spawn } from "node:child_process";
import { constants, type Stats } from "node:fs";
import { type FileHandle, mkdir, open, rm, rmdir, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { draftPath } from "../cli/machine.ts";

/** What distinguishes a file from all others while it is there, and from itself with another owner. */
export const identityOf = ({ dev, ino, uid }: Stats): string => `${dev}:${ino}:${uid}`;

/** Opens a file for reading, by no link and without waiting for a pipe; throws where it is another one than that of the identity. */
export async function openFile(path: string, identity: string | undefined): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error(`${path} is not a file`);
    if (identity !== undefined && identityOf(stat) !== identity) throw new Error(`${path} is another file than before`);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Gives back the blocks at the start of a file with fallocate(1), as Node has no call for it: of the file that was opened, whatever is at its path by then. */
export async function freeStart(path: string, bytes: number, identity: string): Promise<void> {
  const handle = await openFile(path, identity);
  try {
    const words = ["--punch-hole", "--offset", "0", "--length", String(bytes), "/proc/self/fd/3"];
    const child = spawn("fallocate", words, { stdio: ["ignore", "ignore", "pipe", handle.fd] });
    const complaints: string[] = [];
    child.stderr?.setEncoding("utf8").on("data", (it: string) => complaints.push(it));
    await new Promise<void>((done, fail) => {
      child.on("error", fail);
      child.on("close", (status) => {
        if (status === 0) done();
        else fail(new Error(complaints.join("").trim() || `fallocate ended with ${status}`));
      });
    });
  } finally {
    await handle.close();
  }
}

/** The bytes that are free for all where a path is or would be. */
export async function room(path: string): Promise<number> {
  for (let at = path; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch (error) {
      if (at === dirname(at)) throw error;
    }
  }
}

/** Writes so many bytes next to where a file is to be, and removes them, with the folders that were made for it. */
export async function tryWrite(path: string, bytes: number): Promise<void> {
  const folder = dirname(path);
  const made = await makeFolders(folder);
  const fresh = draftPath(path, process.pid);
  try {
    const handle = await open(fresh, "wx", 0o600);
    try {
      await handle.writeFile(new Uint8Array(bytes).fill(32));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    await rm(fresh, { force: true });
    for (const it of made.reverse()) await rmdir(it).catch(() => undefined);
  }
}

/** Makes the folders that are missing, one by one: of a file system that is read-only, `recursive` says that there is no such file. */
export async function makeFolders(folder: string): Promise<string[]> {
  try {
    await mkdir(folder);
    return [folder];
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "EEXIST") return [];
    if (error.code !== "ENOENT" || folder === dirname(folder)) throw error;
    const made = await makeFolders(dirname(folder));
    await mkdir(folder);
    return [...made, folder];
  }
}
