import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { before, describe, it } from "mocha";
import { built } from "../kit/built.ts";

const URI = "file:///etc/systemd/system/x.service";
const TEXT = "[Service]\nExecStart=/bin/true\n";

const asText = (message: object): string => {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

describe("a client that does not wait for the answer to initialize", () => {
  before(built);

  it("loses no message", async () => {
    const server = spawn(process.execPath, ["dist/server.js", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    const textDocument = { uri: URI };
    const messages = [
      { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
      { method: "initialized", params: {} },
      {
        method: "textDocument/didOpen",
        params: { textDocument: { ...textDocument, languageId: "systemd", version: 1, text: TEXT } },
      },
      { id: 2, method: "textDocument/hover", params: { textDocument, position: { line: 1, character: 2 } } },
      { id: 3, method: "textDocument/foldingRange", params: { textDocument } },
      { id: 4, method: "shutdown" },
    ];
    server.stdin.write(messages.map(asText).join(""));
    let out = "";
    // A hover waits for files, so that it may be answered after the shutdown.
    for await (const chunk of server.stdout) {
      out += chunk;
      if ([1, 2, 3, 4].every((id) => out.includes(`"id":${id},`))) server.stdin.write(asText({ method: "exit" }));
    }
    const ids = Array.from(out.matchAll(/"id":(\d),"result":(.{4})/g), (it) => [it[1], it[2] !== "null"]);
    assert.deepEqual(ids.sort(), [
      ["1", true],
      ["2", true],
      ["3", true],
      ["4", false],
    ]);
  });
});
