import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

/** Makes hovers on times fail deep inside, whatever the client asks. */
const BROKEN = "data:text/javascript,Number.prototype.toLocaleString=()=>{throw new TypeError('broken')}";

describe("an error in the built server", () => {
  before(built);
  after(killLeftovers);

  it("is logged with the files and lines of our sources", async () => {
    const client = await LspClient.start({ argv: ["--import", BROKEN, "dist/server.js", "--stdio"] });
    const uri = "file:///etc/systemd/system/x.service";
    await client.open(uri, "[Service]\nTimeoutStopSec=5\n");
    await client.request("textDocument/hover", { textDocument: { uri }, position: { line: 1, character: 15 } });
    const stack = client.logged.find((it) => it.startsWith("TypeError")) ?? "";
    assert.match(stack, /^ +at .*[\\/]server[\\/]src[\\/][\w\\/]+\.ts:[1-9]\d*:1\)?$/m);
    assert.doesNotMatch(stack, /unit-warden\.js/);
    assert.equal(await client.stop(), 0);
  });
});
