import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadManual } from "../../server/src/main/manualPages.ts";
import type { Manual } from "../../server/src/manual/manual.ts";

/** The pages of two versions of systemd, which only developers and CI have. */
const FOLDER = "../shared/manpages";

/** Whether the pages are there. */
export const HAS_MANPAGES = existsSync(FOLDER);

/** The manual of a version; the first page that is passed over is an error. */
export async function manualOfVersion(version: 257 | 262): Promise<Manual> {
  const manual = await loadManual({ folders: [join(FOLDER, String(version))], log: fail });
  if (!manual) throw new Error(`${FOLDER} has no pages of ${version}`);
  return manual;
}

function fail(line: string): never {
  throw new Error(line);
}
