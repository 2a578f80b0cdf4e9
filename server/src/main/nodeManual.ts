import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MANUAL_DATA } from "../manual/bundle.ts";
import type { LoadManual } from "../server/manuals.ts";
import { loadManual, manualFolders } from "./manualPages.ts";

/** The manual of this machine's systemd, or the one in the package. */
export const nodeManual: LoadManual = async (source, { log }) => {
  if (source !== "bundled") {
    const manual = await loadManual({ folders: manualFolders(process.env), log });
    if (manual || source === "installed") return manual && { manual, origin: "installed" };
  }
  const manual = await loadManual({ folders: [], bundle: packagedData, log });
  return manual && { manual, origin: "bundled" };
};

/** The data file is part of a single executable, else it lies next to the bundle that runs. */
async function packagedData(): Promise<Uint8Array<ArrayBuffer>> {
  // Asked for by name: the Node.js of an older VS Code does not have it.
  const executable = process.getBuiltinModule?.("node:sea");
  if (executable?.isSea()) return new Uint8Array(executable.getAsset(MANUAL_DATA));
  return readFile(join(__dirname, MANUAL_DATA));
}
