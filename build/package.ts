import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packageExtension, stageExtension } from "./extension.ts";
import { makeNpmPackage } from "./npmPackage.ts";

const VSIX = resolve("unit-warden.vsix");

/** A download that nobody waits for, in bytes. */
const LARGEST = 2_000_000;

/** Makes unit-warden.vsix and the npm package of what has been built. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-package-"));
  try {
    await stageExtension(folder);
    await packageExtension(folder, VSIX);
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const path of [VSIX, makeNpmPackage(".")]) {
    const { size } = statSync(path);
    if (size >= LARGEST) throw new Error(`${path} has ${size} bytes: ${LARGEST} are too many`);
  }
}

void main();
