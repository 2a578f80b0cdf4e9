import { access, constants } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname } from "node:path";
import type { WritableMachine } from "./opening.ts";

/** The machine that the extension runs on; undefined where no systemd reads its folders. */
export const machine: WritableMachine | undefined =
  process.platform === "linux" ? { home: homedir(), mayWrite: (folder) => mayWrite(folder) } : undefined;

/** Whether the process may write to a folder, or to the first one above it that is there. */
async function mayWrite(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing && dirname(folder) !== folder ? mayWrite(dirname(folder)) : false;
  }
}
