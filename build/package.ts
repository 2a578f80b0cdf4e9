import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packageExtension, stageExtension } from "./extension.ts";
import { makeNpmPackage } from "./npmPackage.ts";
import { gzippedTightly, packedTightly } from "./packTightly.ts";

const VSIX = resolve("unit-warden.vsix");

/** A download that nobody waits for, in bytes. */
const LARGEST = 2_000_000;

/** The same of the npm package, which has a bundle more, for `check` alone. */
const LARGEST_NPM = 2_750_000;

/** Makes unit-warden.vsix and the npm package of what has been built. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-package-"));
  try {
    await stageExtension(folder);
    await packageExtension(folder, VSIX);
  } finally {
    rmSync(folder, { recursive: true });
  }
  writeFileSync(VSIX, await packedTightly(readFileSync(VSIX)));
  demandSize(VSIX, LARGEST);
  const tarball = makeNpmPackage(".");
  writeFileSync(tarball, await gzippedTightly(readFileSync(tarball)));
  demandSize(tarball, LARGEST_NPM);
}

function demandSize(path: string, largest: number): void {
  const { size } = statSync(path);
  if (size >= largest) throw new Error(`${path} has ${size} bytes: ${largest} are too many`);
}

void main();
