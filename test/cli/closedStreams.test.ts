import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { skip } from "../kit/skip.ts";

describe("the streams of the command line", () => {
  let folder = "";
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-streams-"));
    writeFileSync(join(folder, "a.service"), "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n");
    // More than a pipe holds.
    const many = Array.from({ length: 50 }, (_, i) => `Unknown${i}=x\n`).join("");
    for (let i = 0; i < 100; i++)
      writeFileSync(join(folder, `long${i}.service`), `[Service]\nExecStart=/bin/true\n${many}`);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** How a call ends, one of whose outputs nobody reads. */
  function ended(child: ChildProcess, closed: "stdout" | "stderr"): Promise<{ status: number | null; said: string }> {
    let said = "";
    child[closed]?.destroy();
    child[closed === "stdout" ? "stderr" : "stdout"]?.on("data", (it) => {
      said += it;
    });
    return new Promise((done) => child.on("close", (status) => done({ status, said })));
  }

  const call = (...argv: readonly string[]) =>
    spawn(process.execPath, ["dist/cli.js", ...argv], { stdio: ["ignore", "pipe", "pipe"] });

  it("may be closed: what is known of the status stays, and it never says that nothing was found", async () => {
    const missing = join(folder, "none.service");
    assert.equal((await ended(call("check", missing), "stderr")).status, 2);
    assert.equal((await ended(call("--nonsense"), "stderr")).status, 2);
    assert.equal((await ended(call("check", join(folder, "a.service")), "stdout")).status, 1);
    const { status, said } = await ended(call("check", "--profile", "off", folder), "stdout");
    assert.deepEqual([status, said], [141, ""]);
  });

  it("may have no room: it says so", function () {
    if (process.platform !== "linux") skip(this, "this system has no such files or users");
    const full = openSync("/dev/full", "w");
    const { stderr, status } = spawnSync(process.execPath, ["dist/cli.js", "check", join(folder, "a.service")], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    assert.deepEqual([stderr, status], ["unit-warden: standard output: no space left on device\n", 2]);
  });

  it("may be a folder: it says so in words", function () {
    if (process.platform === "win32") skip(this, "this system has no such files or users");
    const { stderr, status } = spawnSync(process.execPath, ["dist/cli.js", "format", "--stdin-path", "a.service"], {
      stdio: [openSync(folder, "r"), "pipe", "pipe"],
      encoding: "utf8",
    });
    assert.deepEqual([stderr, status], ["unit-warden: a.service: illegal operation on a directory\n", 2]);
  });
});
