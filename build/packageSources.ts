import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import type { PackageSources } from "./packageReadme.ts";
import { repositoryOf } from "./repository.ts";

/** The package.json of the project, or of a package made from it. */
export interface Manifest {
  readonly repository?: string | { readonly url: string };
  readonly [key: string]: unknown;
}

/** The package.json of the project. */
export const readManifest = (): Manifest => JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

/** What the documents of a package with this manifest are made from; dist/ must have been built. */
export function packageSources({ repository }: Manifest): PackageSources {
  return {
    read: (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined),
    repository: repositoryOf(repository),
    insteadOf: listing,
  };
}

/** The addresses that follow from the one of the repository. */
export function addressesIn({ repository }: Manifest): object {
  const known = repositoryOf(repository);
  return known ? { homepage: known.home, bugs: { url: known.issues } } : {};
}

/** What the program prints about an example says much of what a picture shows: arguments, lines of it, and their language. */
const LISTINGS: Readonly<Record<string, readonly [argv: string, from: RegExp, lines: number, language: string]>> = {
  "docs/editor.png": ["harden examples/3-first-steps.service", /^ ExecStart=/, 20, "diff"],
  "docs/report.png": ["security examples", /^UNIT/, 6, "text"],
  "docs/world.png": ["sandbox examples/3-first-steps.service", /^\//, 18, "text"],
};

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
