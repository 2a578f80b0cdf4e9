import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Errand } from "../../server/src/cli/errand.ts";
import { ending } from "../../server/src/cli/outcome.ts";
import { doErrand } from "../../server/src/main/errands.ts";
import { nodeMachine } from "../../server/src/main/nodeMachine.ts";
import { skip } from "../kit/skip.ts";

const POSIX = process.platform !== "win32";

describe("errands on this machine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-errand-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("write files with a mode, and read parts of them", async () => {
    const path = join(folder, "a/b/file");
    await nodeMachine.write(path, "0123456789", 0o600);
    assert.equal(Buffer.from((await nodeMachine.read(path, 3, 4)) ?? []).toString(), "3456");
    assert.equal(await nodeMachine.read(join(folder, "none")), undefined);
    if (POSIX) assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(await nodeMachine.list(join(folder, "a/b")), ["file"]);
  });

  it("keep the mode, owner and attributes of a file that was there", async function () {
    if (!POSIX) skip(this, "this system has no such files or users");
    const path = join(folder, "file");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    if (process.getuid?.() === 0) chownSync(path, 1234, 4321);
    const was = statSync(path);
    await nodeMachine.write(path, "new");
    const is = statSync(path);
    assert.deepEqual([readFileSync(path, "utf8"), is.mode, is.uid, is.gid], ["new", was.mode, was.uid, was.gid]);
    await nodeMachine.write(path, "secret", 0o600);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(await nodeMachine.list(folder), ["file"]);
  });

  it("read of files of the kernel no more than is wanted", async function () {
    const pages = "/proc/self/smaps";
    if (!existsSync(pages)) skip(this, "the data beside the repository are not here");
    assert.equal((await nodeMachine.read(pages, 0, 100))?.length, 100);
    // As long as all memory that a process may have.
    if (process.getuid?.() === 0) assert.equal((await nodeMachine.read("/proc/self/pagemap", 0, 4096))?.length, 4096);
  });

  it("read no link in the place of a file", async function () {
    if (!POSIX) skip(this, "this system has no such files or users");
    symlinkSync("/etc/passwd", join(folder, "link"));
    await assert.rejects(nodeMachine.read(join(folder, "link")));
  });

  it("run programs to their end, with input, status and time", async function () {
    if (!POSIX) skip(this, "this system has no such files or users");
    assert.deepEqual(await nodeMachine.run(["cat"], { input: "in" }), { status: 0, stdout: "in", stderr: "" });
    assert.equal((await nodeMachine.run(["sh", "-c", "exit 3"])).status, 3);
    assert.equal((await nodeMachine.run(["no-such-program-here"])).status, 127);
    assert.equal((await nodeMachine.run(["sleep", "60"], { seconds: 0.1 })).status, 124);
    assert.equal((await nodeMachine.run(["sh", "-c", "sleep 60 & echo out"])).stdout, "out\n");
  });

  it("put back what they changed when a signal comes", async function () {
    if (!POSIX) skip(this, "this system has no such files or users");
    const path = join(folder, "changed");
    const errand: Errand = {
      async act(machine, takeBack) {
        takeBack("", (it) => it.remove(path));
        await machine.write(path, "x");
        process.kill(process.pid, "SIGTERM");
        await machine.run(["sleep", "60"]);
        return ending(readFileSync(path, "utf8"), [], false);
      },
    };
    const done = await doErrand(errand);
    assert.deepEqual(
      [done.signal, done.ending.messages, existsSync(path)],
      ["SIGTERM", ["interrupted by SIGTERM"], false],
    );
  });
});
