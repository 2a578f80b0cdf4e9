import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { readManifest } from "./packageSources.ts";
import { packagingTexts } from "./packagingTexts.ts";
import { releaseNotes } from "./releaseNotes.ts";
import { repositoryOf } from "./repository.ts";

const { values } = parseArgs({ options: { tag: { type: "string" }, repository: { type: "string" } } });

const OUT = "release";
const EXECUTABLES = "executables";

/**
 * Puts all that a release gives out into release/: both packages and the executables that have been made, their checksums, the
 * notes, and the recipes and entries of packaging/ for this version. Fails where no repository is named, in the manifest or for a
 * try with --repository, and where --tag is not that of the version.
 */
function main(): void {
  const { version, repository } = readManifest() as { readonly version: string; readonly repository?: string };
  const known = repositoryOf(values.repository ?? repository);
  if (!known) throw new Error('package.json names no "repository": recipes and entries would lead nowhere');
  if (values.tag !== undefined && values.tag !== `v${version}`)
    throw new Error(`The tag ${values.tag} is not that of version ${version} in package.json`);
  const notes = releaseNotes(readFileSync("CHANGELOG.md", "utf8"), version);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  const tarball = `unit-warden-${version}.tgz`;
  copyFileSync(tarball, join(OUT, tarball));
  copyFileSync("unit-warden.vsix", join(OUT, `unit-warden-${version}.vsix`));
  for (const it of existsSync(EXECUTABLES) ? readdirSync(EXECUTABLES) : [])
    archive(it, `unit-warden-${version}-${it}.tar.gz`);
  const files = readdirSync(OUT).sort();
  writeFileSync(join(OUT, "SHA256SUMS"), files.map((it) => `${digest(it).toString("hex")}  ${it}\n`).join(""));
  writeFileSync(join(OUT, "NOTES.md"), notes);
  for (const [path, text] of packagingTexts({ version, repository: known.home, sha256: digest(tarball) })) {
    mkdirSync(dirname(join(OUT, path)), { recursive: true });
    writeFileSync(join(OUT, path), text);
  }
  writeSrcinfo(join(OUT, "aur"));
}

/** Packs the folder of an executable: the same files make the same bytes. */
function archive(name: string, file: string): void {
  chmodSync(join(EXECUTABLES, name, "unit-warden"), 0o755); // workflows pass files on without it
  const same = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"];
  const argv = [...same, "--use-compress-program=gzip -9n", "-cf", join(OUT, file), "-C", EXECUTABLES, name];
  const { status, stderr } = spawnSync("tar", argv, { encoding: "utf8" });
  if (status !== 0) throw new Error(`tar failed: ${stderr}`);
}

/** Writes what makepkg prints about the PKGBUILD of a folder, as a user without rights: it does nothing as root. */
function writeSrcinfo(folder: string): void {
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  // What makepkg asks of pacman is not needed to print what a PKGBUILD says, but it writes next to it before.
  const env = {
    ...process.env,
    PACMAN: "true",
    BUILDDIR: "/tmp",
    PKGDEST: "/tmp",
    SRCDEST: "/tmp",
    SRCPKGDEST: "/tmp",
  };
  const { stdout, status } = spawnSync("makepkg", ["--printsrcinfo"], {
    ...nobody,
    cwd: folder,
    encoding: "utf8",
    env,
  });
  if (status === 0) writeFileSync(join(folder, ".SRCINFO"), stdout);
  else console.warn(`${folder} has no .SRCINFO: there is no makepkg that prints one`);
}

const digest = (name: string): Buffer =>
  createHash("sha256")
    .update(readFileSync(join(OUT, name)))
    .digest();

main();
