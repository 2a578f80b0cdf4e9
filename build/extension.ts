import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createVSIX, listFiles, PackageManager } from "@vscode/vsce";
import { type Folded, packageText } from "./packageReadme.ts";
import { addressesIn, type Manifest, packageSources, readManifest } from "./packageSources.ts";
import { stage } from "./stage.ts";

/** What the extension's page has below the README, where no repository has it. */
const FOLDED: readonly Folded[] = [{ path: "docs/guide.md" }, { path: "docs/settings.md" }];

/**
 * Puts the extension as it is packaged into an empty folder: the files that .vscodeignore leaves, its documents for the page of
 * the extension, and the manifest with what follows from the repository. dist/ must have been built; `changes` to the manifest
 * are for tests.
 */
export async function stageExtension(folder: string, changes: Manifest = {}): Promise<void> {
  const manifest = { ...readManifest(), ...changes };
  const sources = packageSources(manifest);
  stage(folder, await listFiles({ packageManager: PackageManager.None }), {
    "README.md": packageText("README.md", sources, FOLDED),
    "CHANGELOG.md": packageText("CHANGELOG.md", sources),
    "package.json": JSON.stringify(extensionManifest(manifest), null, 2),
  });
  writeFileSync(join(folder, ".vscodeignore"), ""); // nothing more is to be left out
}

/** Without what only the project and its npm package need. */
function extensionManifest({ scripts, devDependencies, allowScripts, files, private: _, ...rest }: Manifest): object {
  return { ...rest, ...addressesIn(rest) };
}

/** Packages a staged extension: the same files make the same bytes, whenever and wherever. */
export async function packageExtension(
  cwd: string,
  packagePath: string,
  options: { readonly skipLicense?: boolean } = {},
): Promise<void> {
  const { SOURCE_DATE_EPOCH } = process.env;
  // The first moment that a zip file can name. It names local times, so that this one is the same in all time zones.
  process.env.SOURCE_DATE_EPOCH = String(new Date(1980, 0, 1).getTime() / 1000);
  try {
    const checkedByUs = { rewriteRelativeLinks: false, allowMissingRepository: true };
    await createVSIX({ cwd, packagePath, dependencies: false, ...checkedByUs, ...options });
  } finally {
    if (SOURCE_DATE_EPOCH === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = SOURCE_DATE_EPOCH;
  }
}
