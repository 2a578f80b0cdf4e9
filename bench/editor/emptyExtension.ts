import { spawnSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/** The id of the package. */
export const EMPTY_ID = "unit-warden-bench.empty";

/** Packages an extension for the same files that starts a server with one finding; the path of the package. */
export async function emptyExtension(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const ours = JSON.parse(await readFile("package.json", "utf8"));
  const manifest = {
    name: "empty",
    publisher: "unit-warden-bench",
    version: "0.0.1",
    engines: ours.engines,
    main: "./client.js",
    activationEvents: ["onLanguage:systemd", "onLanguage:yaml"],
    contributes: { languages: ours.contributes.languages.map(plain) },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "README.md"), "Empty.\n");
  for (const [entry, out] of [
    ["emptyClient", "client"],
    ["emptyServer", "server"],
  ])
    await build({
      entryPoints: [`bench/editor/${entry}.ts`],
      outfile: join(folder, `${out}.js`),
      bundle: true,
      minify: true,
      platform: "node",
      format: "cjs",
      external: ["vscode"],
      logLevel: "warning",
    });
  const file = join(folder, "empty.vsix");
  const args = ["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", file];
  const { status, stderr } = spawnSync(resolve("node_modules/.bin/vsce"), args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`The empty extension cannot be packaged:\n${stderr}`);
  return file;
}

/** A language as it is recognised, without files that only ours has. */
function plain({ id, aliases, extensions, filenamePatterns }: Record<string, unknown>): Record<string, unknown> {
  return { id, aliases, extensions, filenamePatterns };
}
