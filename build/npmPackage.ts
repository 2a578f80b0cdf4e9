import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { type Folded, packageText } from "./packageReadme.ts";
import { addressesIn, type Manifest, packageSources, readManifest } from "./packageSources.ts";
import { stage } from "./stage.ts";

/** What the page of the package has below the README, where no repository has it. */
const FOLDED: readonly Folded[] = [{ path: "docs/command-line.md" }, { path: "docs/editors.md" }];

/** What npm packs besides the `files` of the manifest. */
const ALWAYS = ["package.json", "README.md", "LICENSE"];

/** Of the manifest, what is of use to someone who installs the command; the rest is for VS Code and the project. */
const KEPT = ["name", "version", "keywords", "license", "repository", "bin", "files"];

/** Makes the npm package of what has been built, in a folder, and returns its path; `changes` to the manifest are for tests. */
export function makeNpmPackage(destination: string, changes: Manifest = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-npm-"));
  try {
    stageNpmPackage(folder, changes);
    const argv = ["pack", folder, "--silent", "--ignore-scripts", "--pack-destination", resolve(destination)];
    const { status, stdout, stderr } = spawnSync("npm", argv, { encoding: "utf8" });
    if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
    return join(destination, basename(stdout.trim()));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function stageNpmPackage(folder: string, changes: Manifest): void {
  const manifest = { ...readManifest(), ...changes };
  const bin = Object.values(manifest.bin as Readonly<Record<string, string>>);
  const paths = [...ALWAYS, ...(manifest.files as readonly string[])].filter(existsSync); // not every build has a manual
  const texts = {
    "README.md": packageText("README.md", packageSources(manifest), FOLDED),
    "CHANGELOG.md": packageText("CHANGELOG.md", packageSources(manifest)),
    "package.json": `${JSON.stringify(npmManifest(manifest), null, 2)}\n`,
  };
  stage(
    folder,
    paths,
    texts,
    paths.filter((it) => bin.some((other) => resolve(other) === resolve(it))),
  );
}

function npmManifest(manifest: Manifest): object {
  const kept = Object.fromEntries(KEPT.flatMap((it) => (it in manifest ? [[it, manifest[it]]] : [])));
  const { node } = manifest.engines as { readonly node: string };
  const { description } = JSON.parse(readFileSync("package.nls.json", "utf8")) as { readonly description: string };
  return { ...kept, description, ...addressesIn(manifest), engines: { node } };
}
