import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hasteningHost } from "../../server/src/main/hasteningHost.ts";
import { memoryHost } from "../kit/memoryHost.ts";

const LONG = "A=b\n".repeat(20_000);

describe("hasteningHost", () => {
  it("calls for haste when a long text is read, from a file or from standard input", () => {
    let calls = 0;
    const host = hasteningHost(memoryHost({ "/a": "A=b\n", "/b": LONG }, { piped: LONG }), () => calls++);
    assert.equal(host.read("/a").length, 4);
    assert.equal(calls, 0);
    assert.equal(host.read("/b").length, LONG.length);
    assert.equal(calls, 1);
    host.stdin();
    assert.equal(calls, 2);
  });
});
