import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { Worker } from "../kit/worker.ts";

describe("server in a web worker", () => {
  before(built);

  it("greets, judges and explains", async () => {
    const worker = new Worker(readFileSync("dist/unit-warden.js", "utf8"));
    const answer = await worker.request(1, "initialize", { processId: null, rootUri: null, capabilities: {} });
    assert.match(JSON.stringify(answer), /"hoverProvider":true/);
    worker.send({ method: "initialized", params: {} });

    const uri = "vscode-vfs://github/owner/repo/x.service";
    const text = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";
    worker.send({
      method: "textDocument/didOpen",
      params: { textDocument: { uri, languageId: "systemd", version: 1, text } },
    });
    const published = await worker.next((it) => it.method === "textDocument/publishDiagnostics");
    assert.match(JSON.stringify(published.params), /"directive\/unknown"/);

    const hover = await worker.request(2, "textDocument/hover", {
      textDocument: { uri },
      position: { line: 1, character: 3 },
    });
    assert.match(JSON.stringify(hover), /ExecStart=/);
    worker.send({ id: 9, method: "textDocument/hover", params: { textDocument: { uri } } });
    const refused = await worker.next((it) => it.id === 9);
    assert.match(JSON.stringify(refused), /"code":-32602,"message":"textDocument\/hover: position is missing/);
    assert.equal(await worker.request(3, "shutdown", {}), null);
  });
});
