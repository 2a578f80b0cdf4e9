import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { packagingTexts } from "../../build/packagingTexts.ts";
import { isInstalled, makepkg, printed } from "../../test/kit/programs.ts";
import { finish, type Step } from "./kit.ts";

/** The PKGBUILD of packaging/ makes a package of the npm package, and the result runs. */
export async function archPackage(step: Step, folder: string, tarball: string, version: string): Promise<void> {
  if (!isInstalled("makepkg")) return console.log("skipped: there is no makepkg to build the package for Arch Linux");
  await step("makepkg builds the package for Arch Linux, and it runs", () => {
    const sha256 = createHash("sha256").update(readFileSync(tarball)).digest();
    const texts = packagingTexts({ version, repository: "https://example.org/unit-warden", sha256 });
    writeFileSync(join(folder, "PKGBUILD"), texts.get("aur/PKGBUILD") ?? "");
    copyFileSync(tarball, join(folder, basename(tarball))); // makepkg downloads nothing that lies there
    chmodSync(folder, 0o755);
    if (process.getuid?.() === 0) printed("chown", ["-R", "nobody", folder]);
    makepkg(["--nodeps"], folder);
    printed("tar", ["-xf", `unit-warden-${version}-1-any.pkg.tar`], folder);
    assert.match(printed(join(folder, "usr/bin/unit-warden"), ["explain", "Restart"]), /^Restart= in \[Service\]/);
    for (const it of [
      "licenses/unit-warden/LICENSE",
      "licenses/unit-warden/THIRD-PARTY-NOTICES.txt",
      "bash-completion/completions/unit-warden",
      "zsh/site-functions/_unit-warden",
      "fish/vendor_completions.d/unit-warden.fish",
    ])
      assert.ok(existsSync(join(folder, "usr/share", it)), it);
  });
}

/** pre-commit builds the command from this commit and runs the hooks over a repository with one mistake. */
export async function hooks(step: Step, folder: string): Promise<void> {
  if (!isInstalled("pre-commit")) return console.log("skipped: there is no pre-commit to try the hooks with");
  await step("pre-commit builds the hooks from the project, checks and formats", () => {
    const file = join(folder, "shop.service");
    writeFileSync(file, "[Service]\nExecStart = /usr/bin/shop\nRestrat=always\n");
    for (const argv of [
      ["init", "--quiet"],
      ["add", "--all"],
    ])
      finish("git", argv, { cwd: folder });
    const env = { ...process.env, PRE_COMMIT_HOME: join(folder, ".git/pre-commit") };
    const text = finish("pre-commit", ["try-repo", resolve("."), "--all-files"], { cwd: folder, env, status: 1 });
    assert.match(text, /^shop\.service:3:1: error: .*\[directive\/unknown\]$/m);
    assert.match(readFileSync(file, "utf8"), /^ExecStart=\/usr\/bin\/shop$/m);
  });
}

/** npm run release gives out what was made, with checksums, notes and filled recipes. */
export async function release(step: Step, folder: string, version: string): Promise<void> {
  await step("A release has all files, with checksums, notes and recipes", () => {
    finish("npm", [
      "run",
      "--silent",
      "release",
      "--",
      "--tag",
      `v${version}`,
      "--repository",
      "https://github.com/o/r",
    ]);
    const sums = finish("sha256sum", ["--check", "SHA256SUMS"], { cwd: "release" });
    assert.match(sums, new RegExp(`^unit-warden-${version}\\.tgz: OK$`, "m"));
    for (const it of readdirSync("release").filter((name) => name.endsWith(".tar.gz"))) {
      assert.ok(sums.includes(`${it}: OK`), it);
      assert.match(finish("tar", ["-tvzf", join("release", it)]), /^-rwxr-xr-x 0\/0 .*\/unit-warden$/m);
    }
    for (const it of ["NOTES.md", "aur/PKGBUILD", "nix/flake.nix", "editors/mason.yaml"])
      copyFileSync(join("release", it), join(folder, basename(it)));
    assert.match(readFileSync(join(folder, "PKGBUILD"), "utf8"), /^url='https:\/\/github\.com\/o\/r'$/m);
    if (isInstalled("makepkg"))
      assert.match(readFileSync("release/aur/.SRCINFO", "utf8"), new RegExp(`^\tpkgver = ${version}$`, "m"));
  });
  await step("A release of another tag fails", () => {
    finish("npm", ["run", "--silent", "release", "--", "--tag", "v0", "--repository", "https://github.com/o/r"], {
      status: 1,
    });
  });
}
