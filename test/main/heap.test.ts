import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
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
        // Other flags hold once the start is over.
        await setTimeout(1500);
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

  it("have what is kept hold all that ran, so that the next start reads none of it again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-heap-"));
    const home = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = folder;
    const [probe, peak] = [join(folder, "probe.cjs"), join(folder, "peak")];
    // With each collection V8 forgets the code of what has not run for a while; what it parses takes memory of its own.
    writeFileSync(
      probe,
      `process.on("exit", () => {
        for (let i = 0; i < 40; i++) new Array(1 << 20).fill(i);
        const { peak_malloced_memory } = require("node:v8").getHeapStatistics();
        require("node:fs").writeFileSync(${JSON.stringify(peak)}, String(peak_malloced_memory));
      });`,
    );
    try {
      const parsed = async (): Promise<number> => {
        const flags = ["--stress-flush-code", "--require", probe];
        const server = new StdioServer([...flags, "dist/server.js", "--stdio"], "file:///etc/systemd/system/a.service");
        await server.open("[Service]\nExecStart=/usr/bin/a\n");
        await server.stop();
        return Number(readFileSync(peak, "utf8"));
      };
      const first = await parsed();
      const second = await parsed();
      assert.ok(first > 0 && second < first / 4, `${second} of ${first}`);
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
