import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeMachine } from "../../server/src/main/nodeMachine.ts";
import { skip } from "../kit/skip.ts";

const isLinux = process.platform === "linux";
const SECRET = "root:$y$j9T$secret:19000:0:99999:7:::\n".repeat(1000);

describe(`files that somebody else may change${isLinux ? "" : " (skipped: Linux only)"}`, () => {
  let folder = "";
  const at = (name: string): string => join(folder, name);
  const identity = async (name: string): Promise<string> => (await nodeMachine.stat(at(name)))?.identity ?? "";

  before(function () {
    if (!isLinux) skip(this, "this system has no such files or users");
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-files-"));
    writeFileSync(at("log"), "x".repeat(20_000));
    writeFileSync(at("secret"), SECRET);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("gives back the start of a log, which keeps its length", async () => {
    await nodeMachine.free(at("log"), 8192, await identity("log"));
    const text = readFileSync(at("log"), "latin1");
    assert.equal(text, "\0".repeat(8192) + "x".repeat(20_000 - 8192));
    assert.ok(statSync(at("log")).blocks * 512 < 20_000);
  });

  const swaps: Readonly<Record<string, () => void>> = {
    "a link to a file of root": () => symlinkSync(at("secret"), at("log")),
    "another name of a file of root": () => linkSync(at("secret"), at("log")),
    "a file of its own": () => writeFileSync(at("log"), "y".repeat(20_000)),
    "a pipe that nobody writes to": () => execFileSync("mkfifo", [at("log")]),
  };
  for (const [what, swap] of Object.entries(swaps))
    it(`neither reads nor frees ${what} in the place of a log`, async () => {
      const made = await identity("log");
      renameSync(at("log"), at("moved"));
      swap();
      const put = lstatSync(at("log"));
      await assert.rejects(nodeMachine.read(at("log"), 0, 100, made));
      await assert.rejects(nodeMachine.free(at("log"), 8192, made));
      assert.equal(readFileSync(at("secret"), "utf8"), SECRET);
      assert.equal(lstatSync(at("log")).ino, put.ino);
    });

  it("tries to write and leaves nothing", async () => {
    await nodeMachine.tryWrite(at("new/deep/x.conf"), 4096);
    await nodeMachine.tryWrite(at("log"), 4096);
    assert.deepEqual(readdirSync(folder).sort(), ["log", "secret"]);
    writeFileSync(at("file"), "");
    await assert.rejects(nodeMachine.tryWrite(at("file/x.conf"), 1));
    assert.deepEqual(readdirSync(folder).sort(), ["file", "log", "secret"]);
  });

  it("says how much room there is where a file is or would be", async () => {
    const here = await nodeMachine.room(folder);
    assert.ok(here > 0);
    assert.ok(!existsSync(at("not/there")));
    assert.ok(Math.abs((await nodeMachine.room(at("not/there"))) - here) < 2 ** 30);
  });
});

describe("a program that is watched while it runs", () => {
  it("is ended where that throws, and its run fails the same way", async () => {
    let looks = 0;
    const meanwhile = async (): Promise<void> => {
      if (++looks === 2) throw new Error("too much");
    };
    await assert.rejects(nodeMachine.run(["sleep", "60"], { meanwhile }), /^Error: too much$/);
    assert.equal(looks, 2);
  });

  it("is not held up by it", async () => {
    const ran = await nodeMachine.run(["sh", "-c", "echo done"], {
      meanwhile: () => Promise.reject(new Error("never")),
    });
    assert.deepEqual([ran.status, ran.stdout], [0, "done\n"]);
  });
});
