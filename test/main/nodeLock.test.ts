import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFile } from "../../server/src/main/nodeLock.ts";
import { skip } from "../kit/skip.ts";

const NO_FLOCK = existsSync("/usr/bin/flock") ? undefined : "no flock(1)";

describe(`the lock of a file${NO_FLOCK === undefined ? "" : ` (skipped: ${NO_FLOCK})`}`, () => {
  let folder = "";
  before(function () {
    if (NO_FLOCK !== undefined) skip(this, NO_FLOCK);
    folder = mkdtempSync(join(tmpdir(), "unit-warden-lock-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is had by one at a time, whose name the file has", async () => {
    const path = join(folder, "sub/x.service.lock");
    const unlock = await lockFile(path, "the first, with a long name\n");
    assert.ok(unlock);
    assert.equal(await lockFile(path, "the second\n"), undefined);
    assert.equal(readFileSync(path, "utf8"), "the first, with a long name\n");
    await unlock();
    const again = await lockFile(path, "the third\n");
    assert.equal(readFileSync(path, "utf8"), "the third\n");
    await again?.();
  });

  it("follows no link", async () => {
    const path = join(folder, "link.lock");
    symlinkSync(join(folder, "elsewhere"), path);
    await assert.rejects(lockFile(path, ""), /ELOOP/);
    assert.ok(!existsSync(join(folder, "elsewhere")));
  });
});
