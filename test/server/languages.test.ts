import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { LspClient } from "../kit/client.ts";

describe("language ids of other extensions", () => {
  before(built);

  it("change nothing: the path decides", async () => {
    const client = await LspClient.start();
    try {
      const unit = "file:///tmp/x/a.service";
      await client.open(unit, "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n", "systemd-conf");
      assert.match(JSON.stringify(await client.diagnostics(unit)), /ProtectHoem/);
    } finally {
      await client.stop();
    }
  });

  it("do not make a unit of another file of systemd's, which has its own rules", async () => {
    const client = await LspClient.start();
    try {
      const network = "file:///tmp/x/lan.network";
      await client.open(network, "[Match]\nName=en*\n\n[Network]\nDHCP=yes\n[Service]\nBroken\n", "systemd-conf");
      const at = { textDocument: { uri: network }, position: { line: 1, character: 1 } };
      assert.match(JSON.stringify(await client.request("textDocument/hover", at)), /Name= in \[Match\]/);
      assert.deepEqual((await client.request("textDocument/codeLens", at)) ?? [], []);
      assert.deepEqual(
        (await client.diagnostics(network)).map((it) => it.code),
        ["section/unknown"],
      );
    } finally {
      await client.stop();
    }
  });
});
