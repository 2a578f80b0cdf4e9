import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import { nodeFiles } from "../../server/src/main/nodeFiles.ts";
import { LONGEST_NEAR_FILE } from "../../server/src/main/readNear.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";
import { skip } from "../kit/skip.ts";

const TEXT = "[Unit]\nWants=b.service\n[Service]\nExecStart=/bin/true\n";

describe("files that are none", () => {
  let folder: string;
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const isMissing = spawnSync("mkfifo", ["--version"]).error !== undefined;
  before(async function () {
    await built();
    if (isMissing || process.platform !== "linux") {
      skip(this, "there is no mkfifo here, or no /dev/zero");
    }
    folder = mkdtempSync(join(tmpdir(), "unit-warden-odd-"));
    writeFileSync(join(folder, "a.service"), TEXT);
    writeFileSync(join(folder, "b.service"), "[Service]\nExecStart=/bin/true\n");
    assert.equal(spawnSync("mkfifo", [join(folder, "pipe"), join(folder, "f.service")]).status, 0);
    symlinkSync("pipe", join(folder, "f.socket"));
    symlinkSync("/dev/zero", join(folder, "z.service"));
    symlinkSync("/dev/stdin", join(folder, "t.service"));
    symlinkSync("/proc/kmsg", join(folder, "k.service"));
    symlinkSync("/dev/null", join(folder, "n.service"));
    symlinkSync("self.service", join(folder, "self.service"));
    writeFileSync(join(folder, "long.service"), "");
    truncateSync(join(folder, "long.service"), LONGEST_NEAR_FILE + 1);
  });
  after(() => {
    killLeftovers();
    if (folder) rmSync(folder, { recursive: true });
  });

  it("are not read: pipes, what never ends, and what is too long", async () => {
    for (const name of ["pipe", "f.service", "f.socket", "k.service", "self.service", "long.service", "."])
      assert.equal(await nodeFiles.read(uriOf(name)), undefined, name);
    for (const name of ["z.service", "n.service"]) assert.equal(await nodeFiles.read(uriOf(name)), "", name);
    assert.equal(await nodeFiles.read(uriOf("a.service")), TEXT);
    assert.notEqual(await nodeFiles.read("file:///proc/self/status"), undefined);
  });

  it("keep nobody from finding the others", async () => {
    const client = await LspClient.start({ folder: pathToFileURL(folder).href });
    await client.open(uriOf("a.service"), TEXT);
    const found = await client.request<readonly { uri: string }[]>("textDocument/definition", {
      textDocument: { uri: uriOf("a.service") },
      position: { line: 1, character: 8 },
    });
    assert.deepEqual(
      found.map((it) => it.uri),
      [uriOf("b.service")],
    );
    assert.equal(await client.stop(), 0);
  });
});
