import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";

describe("the bundle for check", () => {
  let folder: string;
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-check-"));
    for (const it of ["cli.js", "unit-warden.js"]) copyFileSync(`dist/${it}`, join(folder, it));
  });
  after(() => rmSync(folder, { recursive: true }));

  function run(program: string, ...argv: readonly string[]): object {
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: "1" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "check", ...argv], {
      env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  it("does what the core of all commands does, which takes its place where it is missing", () => {
    const argvs = [
      ["test/quadlets", "test/hosts", "packaging"],
      ...[["examples"], ["--format", "sarif", "examples"], ["--help"], ["--no-such-option"], ["no-such-file.service"]],
      ...["text", "json", "github", "junit"].map((it) => ["--format", it, "--profile", "strict", "examples"]),
      ["test"],
      ["--baseline", join(folder, "none.json"), "examples"],
    ];
    for (const argv of argvs) assert.deepEqual(run("dist/cli.js", ...argv), run(join(folder, "cli.js"), ...argv));
  });

  it("has nothing of servers and of other commands, and the same letters in ASCII and Latin-1", () => {
    const bytes = readFileSync("dist/unit-warden-check.js");
    assert.equal(bytes.toString("latin1"), bytes.toString());
    assert.ok(bytes.length < 0.75 * readFileSync("dist/unit-warden.js").length);
    assert.match(bytes.toString(), /commands\/explain\.ts is no part of check/);
  });
});
