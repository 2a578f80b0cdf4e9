import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { StdioServer } from "../../bench/stdio.ts";
import { built } from "../kit/built.ts";

describe("flags of V8", () => {
  before(built);

  it("do not keep a server from the code that an earlier one kept", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-heap-"));
    const home = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = folder;
    try {
      const kept = async (): Promise<{ readonly bytes: Buffer; readonly inode: number }> => {
        const server = new StdioServer(["dist/server.js", "--stdio"], "file:///etc/systemd/system/a.service");
        await server.open("[Service]\nExecStart=/usr/bin/a\n");
        await server.stop();
        const [name = ""] = readdirSync(join(folder, "unit-warden"));
        const file = join(folder, "unit-warden", name);
        return { bytes: readFileSync(file), inode: statSync(file).ino };
      };
      const first = await kept();
      const second = await kept();
      // Code that V8 refuses is written again, as another file.
      assert.equal(second.inode, first.inode);
      assert.deepEqual(second.bytes, first.bytes);
    } finally {
      if (home === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = home;
      rmSync(folder, { recursive: true });
    }
  });

  it("have a command with threads use the code of others and keep none", () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-heap-"));
    try {
      const kept = (path: string, threads: number): number => {
        const env = { ...process.env, XDG_CACHE_HOME: folder, UNIT_WARDEN_THREADS: String(threads) };
        const { stdout } = spawnSync(process.execPath, ["dist/cli.js", "check", path], { env, encoding: "utf8" });
        assert.match(stdout, /careless/);
        const [name = ""] = readdirSync(join(folder, "unit-warden"));
        return name === "" ? 0 : statSync(join(folder, "unit-warden", name)).ino;
      };
      assert.equal(kept("examples", 2), 0);
      const first = kept("examples/1-careless.service", 1);
      assert.notEqual(first, 0);
      assert.equal(kept("examples", 2), first);
      assert.equal(kept("examples/1-careless.service", 1), first);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
