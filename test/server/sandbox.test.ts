import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { SandboxView } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const REQUEST = "unitWarden/sandbox";

describe("server: the world of a service", () => {
  let folder: string;
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-"));
  });
  after(() => {
    killLeftovers();
    rmSync(folder, { recursive: true });
  });

  it("has the lines of the file and its drop-ins, and those that a profile would add", async () => {
    const text = "[Service]\nExecStart=/bin/true --port 8080\nPrivateTmp=yes\n";
    mkdirSync(join(folder, "x.service.d"));
    writeFileSync(join(folder, "x.service"), text);
    writeFileSync(join(folder, "x.service.d", "a.conf"), "[Service]\nProtectHome=yes\n");
    const [uri, dropIn] = ["x.service", "x.service.d/a.conf"].map((it) => pathToFileURL(join(folder, it)).href);
    assert.ok(uri && dropIn);
    const client = await LspClient.start();
    await client.open(uri, text);
    const at = async (whatIf: string, path: string) => {
      const view = await client.request<SandboxView>(REQUEST, { uri, whatIf });
      assert.deepEqual([view.uri, view.files, view.whatIf], [uri, [uri, dropIn], whatIf]);
      return view.paths.find((it) => it.path === path);
    };
    assert.deepEqual((await at("now", "/home"))?.setting, { text: "ProtectHome=yes", file: 1, line: 1 });
    assert.deepEqual((await at("now", "/tmp"))?.setting, { text: "PrivateTmp=yes", file: 0, line: 2 });
    const dev = await at("basic", "/dev");
    assert.deepEqual([dev?.was, dev?.setting?.added], ["writable", true]);
    assert.equal(await client.stop(), 0);
  });

  it("is null for anything but an open service file", async () => {
    const client = await LspClient.start();
    await client.open("file:///etc/systemd/system/x.socket", "[Socket]\nListenStream=1\n");
    for (const name of ["x.socket", "y.service"])
      assert.equal(await client.request(REQUEST, { uri: `file:///etc/systemd/system/${name}`, whatIf: "now" }), null);
    assert.equal(await client.stop(), 0);
  });
});
