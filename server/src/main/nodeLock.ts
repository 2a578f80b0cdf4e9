import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** The status of flock(1) where another process has the lock. */
const TAKEN = 1;

/**
 * Takes the lock of a file, which the kernel frees when this process ends, however it does. Gives what frees it before;
 * undefined where another process has it.
 */
export async function lockFile(path: string, holder: string): Promise<(() => Promise<void>) | undefined> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o644);
  try {
    const { status, complaint } = await flock(handle);
    if (status === 0) {
      await handle.truncate();
      await handle.write(holder, 0);
      // The file stays: where it went away, two processes could lock two files of its name.
      return () => handle.close();
    }
    if (status !== TAKEN || complaint !== "")
      throw new Error(`${path} cannot be locked by flock(1): ${complaint || status}`);
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

/** Locks what is open here: the lock belongs to that, and outlasts the program that takes it, as Node has no call for it. */
function flock(file: FileHandle): Promise<{ readonly status: number; readonly complaint: string }> {
  const child = spawn("flock", ["--nonblock", "3"], { stdio: ["ignore", "ignore", "pipe", file.fd] });
  const complaints: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (it: string) => complaints.push(it));
  return new Promise((done) => {
    child.on("error", (error) => done({ status: 127, complaint: error.message }));
    child.on("close", (status) => done({ status: status ?? 128, complaint: complaints.join("").trim() }));
  });
}
