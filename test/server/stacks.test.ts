import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

describe("an error in the built server", () => {
  before(built);
  after(killLeftovers);

  it("is logged with the files and lines of our sources", async () => {
    const client = await LspClient.start();
    const uri = "file:///etc/systemd/system/x.service";
    await client.open(uri, "[Service]\nExecStart=/bin/true\n");
    // No editor asks without a position: reading it fails deep inside.
    await client.request("textDocument/definition", { textDocument: { uri }, position: null });
    const stack = client.logged.find((it) => it.startsWith("TypeError")) ?? "";
    assert.match(stack, /^ +at .*[\\/]server[\\/]src[\\/][\w\\/]+\.ts:[1-9]\d*:1\)?$/m);
    assert.doesNotMatch(stack, /unit-warden\.js/);
    assert.equal(await client.stop(), 0);
  });
});
