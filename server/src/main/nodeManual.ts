import { join } from "node:path";
import type { LoadManual } from "../server/manuals.ts";
import { loadManual, manualFolders } from "./manualPages.ts";

/** The manual of this machine's systemd, or the one in the package, which lies next to the bundle that runs. */
export const nodeManual: LoadManual = async (source, { log }) => {
  if (source !== "bundled") {
    const manual = await loadManual({ folders: manualFolders(process.env), log });
    if (manual || source === "installed") return manual && { manual, origin: "installed" };
  }
  const manual = await loadManual({ folders: [], bundle: join(__dirname, "manual.json.gz"), log });
  return manual && { manual, origin: "bundled" };
};
