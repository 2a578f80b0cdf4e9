import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createVSIX } from "@vscode/vsce";
import { stageExtension } from "./extension.ts";

const VSIX = resolve("unit-warden.vsix");

/** A download that nobody waits for, in bytes. */
const LARGEST = 2_000_000;

/** Makes unit-warden.vsix of what has been built. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-package-"));
  try {
    await stageExtension(folder);
    const checkedByUs = { rewriteRelativeLinks: false, allowMissingRepository: true };
    await createVSIX({ cwd: folder, packagePath: VSIX, dependencies: false, ...checkedByUs });
  } finally {
    rmSync(folder, { recursive: true });
  }
  const { size } = statSync(VSIX);
  if (size >= LARGEST) throw new Error(`unit-warden.vsix has ${size} bytes: ${LARGEST} are too many`);
}

void main();
