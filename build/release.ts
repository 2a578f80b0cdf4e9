import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readManifest } from "./packageSources.ts";
import { packagingTexts } from "./packagingTexts.ts";
import { repositoryOf } from "./repository.ts";

const OUT = "release";
const EXECUTABLES = "executables";

/**
 * Puts all that a release gives out into release/: both packages and the executables that have been made, their checksums, and the
 * recipes and entries of packaging/ for this version. Fails where the manifest names no repository.
 */
function main(): void {
  const { version, repository } = readManifest() as { readonly version: string; readonly repository?: string };
  const known = repositoryOf(repository);
  if (!known) throw new Error('package.json names no "repository": recipes and entries would lead nowhere');
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  const tarball = `unit-warden-${version}.tgz`;
  copyFileSync(tarball, join(OUT, tarball));
  copyFileSync("unit-warden.vsix", join(OUT, `unit-warden-${version}.vsix`));
  for (const it of existsSync(EXECUTABLES) ? readdirSync(EXECUTABLES) : [])
    archive(it, `unit-warden-${version}-${it}.tar.gz`);
  const files = readdirSync(OUT).sort();
  writeFileSync(join(OUT, "SHA256SUMS"), files.map((it) => `${digest(it).toString("hex")}  ${it}\n`).join(""));
  for (const [path, text] of packagingTexts({ version, repository: known.home, sha256: digest(tarball) })) {
    mkdirSync(dirname(join(OUT, path)), { recursive: true });
    writeFileSync(join(OUT, path), text);
  }
  // What makepkg asks of pacman is not needed to print what a PKGBUILD says.
  const printing = { cwd: join(OUT, "aur"), encoding: "utf8", env: { ...process.env, PACMAN: "true" } } as const;
  const { stdout, status } = spawnSync("makepkg", ["--printsrcinfo"], printing);
  if (status === 0) writeFileSync(join(OUT, "aur/.SRCINFO"), stdout);
  else console.warn("release/aur has no .SRCINFO: there is no makepkg, or this is root, for whom it does nothing.");
}

/** Packs the folder of an executable: the same files make the same bytes. */
function archive(name: string, file: string): void {
  const same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"];
  const argv = [...same, "--use-compress-program=gzip -9n", "-cf", join(OUT, file), "-C", EXECUTABLES, name];
  const { status, stderr } = spawnSync("tar", argv, { encoding: "utf8" });
  if (status !== 0) throw new Error(`tar failed: ${stderr}`);
}

const digest = (name: string): Buffer =>
  createHash("sha256")
    .update(readFileSync(join(OUT, name)))
    .digest();

main();
