import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { makeNpmPackage } from "../../build/npmPackage.ts";
import { built } from "../kit/built.ts";
import { expectSnapshot } from "../kit/snapshot.ts";

const run = (command: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout;
};

describe("npm package", () => {
  let folder: string;
  let tarball: string;
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-npm-"));
    tarball = makeNpmPackage(folder);
    run("tar", "-xzf", tarball, "-C", folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("holds what the command needs, and nothing else", () => {
    // The manual is in it where the machine that builds has one.
    const files = run("tar", "-tzf", tarball)
      .split("\n")
      .filter((it) => it !== "" && !it.endsWith("manual.pages"));
    expectSnapshot("npmPackage", `# Files in the npm package\n\n${files.sort().join("\n")}\n`);
  });

  it("is what npm packs from the project as well, so that a hook can be built from a checkout", () => {
    const [{ files }] = JSON.parse(run("npm", "pack", "--dry-run", "--ignore-scripts", "--json")) as [
      { files: { path: string }[] },
    ];
    const ours = run("tar", "-tzf", tarball)
      .split("\n")
      .flatMap((it) => (it === "" ? [] : it.replace(/^package\//, "")));
    assert.deepEqual(files.map((it) => it.path).sort(), ours.sort());
  });

  it("has a manifest without VS Code, scripts and dependencies, that can be published", () => {
    const manifest = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"));
    const project = JSON.parse(readFileSync("package.json", "utf8"));
    for (const key of [
      "contributes",
      "main",
      "browser",
      "scripts",
      "devDependencies",
      "dependencies",
      "private",
      "icon",
    ])
      assert.equal(manifest[key], undefined, key);
    assert.deepEqual([manifest.name, manifest.version, manifest.license], ["unit-warden", project.version, "MIT"]);
    assert.deepEqual(manifest.engines, { node: project.engines.node });
    assert.match(manifest.description, /^\w.* systemd/);
    assert.equal(project.private, true, "npm publish in the project itself must fail");
  });

  it("has a command that npm does not take away when it publishes", () => {
    const { bin } = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"));
    assert.deepEqual(bin, { "unit-warden": "dist/cli.js" }); // npm takes a name that begins with ./ for a mistake
  });

  it("has a command that can be started", () => {
    assert.equal(statSync(join(folder, "package/dist/cli.js")).mode & 0o111, 0o111);
    assert.match(run(join(folder, "package/dist/cli.js"), "--help"), /^Unit Warden|unit-warden check/m);
  });

  it("has the same bytes every time", () => {
    const bytes = readFileSync(tarball);
    assert.ok(bytes.equals(readFileSync(makeNpmPackage(folder))));
  });

  it("says where the project is, where the manifest names a repository", () => {
    const other = mkdtempSync(join(tmpdir(), "unit-warden-npm-"));
    try {
      const made = makeNpmPackage(other, { repository: { url: "git+https://github.com/o/r.git" } });
      const { repository, homepage, bugs } = JSON.parse(run("tar", "-xOzf", made, "package/package.json"));
      assert.equal(repository.url, "git+https://github.com/o/r.git"); // provenance compares it
      assert.deepEqual([homepage, bugs.url], ["https://github.com/o/r", "https://github.com/o/r/issues"]);
      assert.match(
        run("tar", "-xOzf", made, "package/README.md"),
        /\(https:\/\/github\.com\/o\/r\/blob\/HEAD\/docs\/rules/,
      );
    } finally {
      rmSync(other, { recursive: true });
    }
  });
});
