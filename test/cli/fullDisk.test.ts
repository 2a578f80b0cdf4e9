import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, before, beforeEach, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { skip } from "../kit/skip.ts";

/** A comment that makes a file longer than what may be written. */
const LONG = `# ${"x".repeat(200)}\n`.repeat(400);
const SMALL = "[Service]\nExecStart=/bin/true  \nRestart = no\n";
const UNIT = `${LONG}${SMALL}`;
const WITH_TYPO = UNIT.replace("Restart = no", "ProtectHoem=yes");

/** The commands that change a file, as they are called before its path. */
const WAYS: readonly (readonly string[])[] = [
  ["format", "--write"],
  ["check", "--unsafe-fixes", "--profile", "off"],
  ["harden", "--write"],
];

describe("writing where there is no room", function () {
  this.timeout(300_000);
  const isPosix = process.platform !== "win32";
  let folder = "";
  const at = (name: string): string => join(folder, name);
  before(async function () {
    await built();
    if (!isPosix) {
      skip(this, "there is no limit on the size of files here");
    }
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-full-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The program where no file may become longer than a few blocks. */
  function limited(argv: readonly string[]): SpawnSyncReturns<string> {
    const line = 'ulimit -f 16; exec "$@"';
    return spawnSync("sh", ["-c", line, "sh", process.execPath, "dist/cli.js", ...argv], { encoding: "utf8" });
  }

  for (const way of WAYS)
    it(`${way[0]} leaves the unit whole, says so, and leaves nothing beside it`, () => {
      writeFileSync(at("a.service"), WITH_TYPO);
      for (const isLinked of [false, true]) {
        if (isLinked) linkSync(at("a.service"), at("b.txt"));
        const { stdout, stderr, status } = limited([...way, at("a.service")]);
        assert.match(stderr, /^unit-warden: \S+a\.service: not written: file too large\n$/);
        assert.equal(status, 2);
        assert.doesNotMatch(stdout, /a\.service.* written/);
        assert.equal(readFileSync(at("a.service"), "utf8"), WITH_TYPO);
        assert.deepEqual(readdirSync(folder), isLinked ? ["a.service", "b.txt"] : ["a.service"]);
      }
    });

  it("says of a baseline that it was not written, and nothing else of it", () => {
    writeFileSync(at("a.service"), `[Service]\n${Array.from({ length: 300 }, (_, i) => `Unknown${i}=x\n`).join("")}`);
    const { stderr, status } = limited(["check", "--update-baseline", "--baseline", at("base.json"), folder]);
    assert.match(stderr, /^unit-warden: \S+base\.json: not created: file too large\n$/);
    assert.equal(status, 2);
    assert.deepEqual(readdirSync(folder), ["a.service"]);
  });

  it("says of several files which are written and which are not", () => {
    for (const name of ["a", "c"]) writeFileSync(at(`${name}.service`), SMALL);
    writeFileSync(at("b.service"), UNIT);
    const { stdout, stderr, status } = limited(["format", "--write", folder]);
    assert.equal(stdout, `${at("a.service")}\n${at("c.service")}\n`);
    assert.equal(
      stderr,
      `unit-warden: ${at("b.service")}: not written: file too large\nunit-warden: 2 of 3 files are written: ${at("a.service")}, ${at("c.service")}\n`,
    );
    assert.equal(status, 2);
    assert.equal(readFileSync(at("b.service"), "utf8"), UNIT);
    assert.equal(readFileSync(at("c.service"), "utf8"), "[Service]\nExecStart=/bin/true\nRestart=no\n");
  });

  it("writes nothing through a link to a device", () => {
    writeFileSync(at("a.service"), SMALL);
    mkdirSync(at("a.service.d"));
    symlinkSync("/dev/zero", at("a.service.d/hardening.conf"));
    const { stderr, status } = limited(["harden", "--drop-in", "--write", at("a.service")]);
    assert.match(stderr, /hardening\.conf leads out of the folder, to \/dev\/zero: nothing is written\n$/);
    assert.equal(status, 2);
  });

  it("leaves whole files alone when a signal ends it, and says which are not written", async () => {
    const names = Array.from({ length: 400 }, (_, i) => `${String(i).padStart(3, "0")}.service`);
    for (const name of names) writeFileSync(at(name), SMALL);
    const child = spawn(process.execPath, ["dist/cli.js", "format", "--write", folder]);
    let stderr = "";
    child.stderr.on("data", (it) => {
      stderr += it;
    });
    child.stdout.resume();
    const first = at(names[0] ?? "");
    const watch = setInterval(() => {
      if (readFileSync(first, "utf8") === SMALL) return;
      clearInterval(watch);
      child.kill("SIGTERM");
    }, 1);
    const signal = await new Promise((done) => child.on("close", (_, it) => done(it)));
    clearInterval(watch);
    assert.equal(signal, "SIGTERM");
    const texts = names.map((it) => readFileSync(at(it), "utf8"));
    const left = texts.filter((it) => it === SMALL).length;
    assert.ok(left > 0 && left < names.length, `${left} of ${names.length} are as they were`);
    assert.ok(texts.every((it) => it === SMALL || it === "[Service]\nExecStart=/bin/true\nRestart=no\n"));
    assert.equal(stderr.match(/: not written: interrupted by SIGTERM$/gm)?.length, left);
    assert.deepEqual(readdirSync(folder).sort(), names);
  });

  it("leaves the unit on a full disk, and makes no other file", function () {
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=152k", "none", folder]);
    if (mounted.status !== 0) {
      skip(this, "nothing can be mounted here");
    }
    try {
      writeFileSync(at("a.service"), WITH_TYPO);
      const run = (...argv: readonly string[]): SpawnSyncReturns<string> =>
        spawnSync(process.execPath, ["dist/cli.js", ...argv], { encoding: "utf8" });
      for (const way of WAYS) {
        const { stderr, status } = run(...way, at("a.service"));
        assert.match(stderr, /a\.service: not written: no space left on device\n$/, way[0]);
        assert.equal(status, 2);
      }
      assert.equal(readFileSync(at("a.service"), "utf8"), WITH_TYPO);
      assert.throws(() => writeFileSync(at("fill"), Buffer.alloc(200 << 10)), /ENOSPC/);
      for (const argv of [
        ["harden", "--drop-in", "--write", at("a.service")],
        ["new", "service", "n", "--exec", "/bin/true", "--output", at("made/here")],
      ]) {
        const { stderr, status } = run(...argv);
        assert.match(stderr, /: not created: no space left on device\n$/, argv[0]);
        assert.equal(status, 2);
      }
      assert.deepEqual(readdirSync(folder), ["a.service", "fill"]);
    } finally {
      spawnSync("umount", [folder]);
    }
  });
});
