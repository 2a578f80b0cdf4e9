import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { type Folded, type PackageSources, packageText } from "./packageReadme.ts";
import { repositoryOf } from "./repository.ts";

/** What the extension's page has below the README, where no repository has it. */
const FOLDED: readonly Folded[] = [
  { path: "docs/guide.md" },
  { path: "docs/command-line.md" },
  { path: "docs/editors.md" },
  { path: "docs/settings.md" },
  { path: "docs/rules/README.md", summary: "All rules" },
];

/** What the program prints about an example says much of what a picture shows: arguments, lines of it, and their language. */
const LISTINGS: Readonly<Record<string, readonly [argv: string, from: RegExp, lines: number, language: string]>> = {
  "docs/editor.png": ["harden examples/3-first-steps.service", /^ ExecStart=/, 20, "diff"],
  "docs/report.png": ["security examples", /^UNIT/, 6, "text"],
  "docs/world.png": ["sandbox examples/3-first-steps.service", /^\//, 18, "text"],
};

interface Manifest {
  readonly repository?: string | { readonly url: string };
  readonly [key: string]: unknown;
}

/**
 * Puts the extension as it is packaged into an empty folder: the files that .vscodeignore leaves, its documents for the page of
 * the extension, and the manifest with what follows from the repository. dist/ must have been built; `changes` to the manifest
 * are for tests.
 */
export async function stageExtension(folder: string, changes: Manifest = {}): Promise<void> {
  const manifest = { ...(JSON.parse(readFileSync("package.json", "utf8")) as Manifest), ...changes };
  const repository = repositoryOf(manifest.repository);
  const read: PackageSources["read"] = (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  const sources: PackageSources = { read, repository, insteadOf: listing };
  const made: Readonly<Record<string, string>> = {
    "README.md": packageText("README.md", sources, FOLDED),
    "CHANGELOG.md": packageText("CHANGELOG.md", sources),
    "package.json": JSON.stringify(packageManifest(manifest), null, 2),
  };
  for (const path of await listFiles({ packageManager: PackageManager.None })) {
    const text = made[path];
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (text === undefined) cpSync(path, join(folder, path));
    else writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, ".vscodeignore"), ""); // nothing more is to be left out
}

/** Without what only the project needs, and with the addresses that follow from the one of the repository. */
function packageManifest({ scripts, devDependencies, allowScripts, ...rest }: Manifest): object {
  const repository = repositoryOf(rest.repository);
  return repository ? { ...rest, homepage: repository.home, bugs: { url: repository.issues } } : rest;
}

function listing(picture: string): string | undefined {
  const known = LISTINGS[picture];
  if (!known) return undefined;
  const [argv, from, count, language] = known;
  const { stdout, stderr } = spawnSync(process.execPath, ["dist/cli.js", ...argv.split(" ")], { encoding: "utf8" });
  const all = stdout.split("\n");
  const start = all.findIndex((it) => from.test(it));
  if (start < 0) throw new Error(`unit-warden ${argv} prints nothing to show in the place of ${picture}: ${stderr}`);
  return ["```".concat(language), ...all.slice(start, start + count), "```"].join("\n");
}
