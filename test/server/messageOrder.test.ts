import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import type { Message } from "vscode-languageserver-protocol";
import { inOrder } from "../../server/src/server/messageOrder.ts";
import { built } from "../kit/built.ts";
import { Worker } from "../kit/worker.ts";

/** The methods that are left to others, and the codes of refusals, for messages that come one after the other. */
function passed(...methods: readonly string[]): readonly (string | number)[] {
  const heard: (string | number)[] = [];
  const strategy = inOrder({ handleMessage: (message, next) => next(message) });
  for (const [id, method] of methods.entries()) {
    const message = { jsonrpc: "2.0", ...(method.startsWith("!") ? {} : { id }), method: method.replace("!", "") };
    strategy.handleMessage(message as Message, (it) => {
      const { method: name, params } = it as unknown as { method: string; params?: { code: number } };
      heard.push(params?.code ?? name);
    });
  }
  return heard;
}

describe("the order of messages", () => {
  before(built);

  it("has no request before initialize, one initialize, and none after shutdown", () => {
    assert.deepEqual(passed("a", "initialize", "a", "initialize", "shutdown", "a", "initialize", "shutdown"), [
      ...[-32002, "initialize", "a", -32600, "shutdown"],
      ...[-32600, -32600, -32600],
    ]);
  });

  it("lets notifications be heard only in between, but for exit", () => {
    assert.deepEqual(passed("!a", "!exit", "initialize", "!a", "shutdown", "!a", "!exit"), [
      ...["exit", "initialize", "a", "shutdown", "exit"],
    ]);
  });

  it("is kept by the server, which says what is wrong", async () => {
    const worker = new Worker(readFileSync("dist/unit-warden.js", "utf8"));
    const at = { textDocument: { uri: "file:///a.service" }, position: { line: 0, character: 0 } };
    worker.send({ id: 1, method: "textDocument/hover", params: at });
    const early = await worker.next((it) => it.id === 1);
    assert.deepEqual(early, {
      ...{ jsonrpc: "2.0", id: 1 },
      error: { code: -32002, message: "the first request has to be initialize" },
    });
  });
});
