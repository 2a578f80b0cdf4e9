import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import type { DocumentDiagnosticReport, MessageConnection } from "vscode-languageserver-protocol/node";
import { NO_FILES } from "../../server/src/server/fileAccess.ts";
import { MOST_CHARACTERS } from "../../server/src/syntax/longFile.ts";
import { inProcess } from "../kit/inProcess.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const URI = "file:///u/x.service";
const RUN = "[Service]\nExecStart=/bin/true\nLockPersonality=ja\n";
const LONG = `${RUN}${"#\n".repeat(MOST_CHARACTERS / 2)}`;

const AT = { textDocument: { uri: URI }, position: { line: 2, character: 3 } };
const RANGE = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

/** What an editor asks of a document as it is read and edited. */
const REQUESTS: Readonly<Record<string, object>> = {
  "textDocument/hover": AT,
  "textDocument/completion": AT,
  "textDocument/codeAction": { ...AT, range: RANGE, context: { diagnostics: [] } },
  "textDocument/codeLens": AT,
  "textDocument/documentSymbol": AT,
  "textDocument/foldingRange": AT,
  "textDocument/inlayHint": { ...AT, range: RANGE },
  "textDocument/formatting": { ...AT, options: { tabSize: 2, insertSpaces: true } },
  "textDocument/semanticTokens/full": AT,
};

describe("a document that no person writes", () => {
  let client: MessageConnection;
  afterEach(() => client.dispose());

  async function opened(
    text: string,
    files = NO_FILES,
  ): Promise<readonly { readonly code?: unknown; readonly severity?: unknown; readonly message?: unknown }[]> {
    client = inProcess(files);
    client.listen();
    await client.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await client.sendNotification("initialized", {});
    const textDocument = { uri: URI, languageId: "systemd-conf", version: 1, text };
    await client.sendNotification("textDocument/didOpen", { textDocument });
    const report = await client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri: URI },
    });
    return report.kind === "full" ? report.items : [];
  }

  it("gets one sentence as information, and an empty answer to each request", async () => {
    const [only, ...others] = await opened(LONG);
    assert.deepEqual([only?.code, only?.severity, others], ["syntax/file-size", 3, []]);
    for (const [method, params] of Object.entries(REQUESTS)) {
      const answer = JSON.stringify(await client.sendRequest(method, params));
      assert.match(answer, /^(?:null|\[\]|\{"data":\[\]\}|\{"isIncomplete":false,"items":\[\]\})$/, method);
    }
  });

  it("is named as a drop-in at its unit, which is judged without it, and at no other unit", async () => {
    for (const path of ["x.service.d/a.conf", "service.d/a.conf"]) {
      const found = await opened(RUN, memoryFiles({ [URI]: RUN, [`file:///u/${path}`]: `[Service]\n${LONG}` }));
      const [named, ...more] = found.filter((it) => it.code === "syntax/file-size");
      assert.deepEqual([named?.severity, more], [3, []], path);
      assert.match(String(named?.message), new RegExp(`^${path} is larger than 1 MB: this unit is judged without it`));
      assert.ok(found.some((it) => it.code === "value/boolean"));
      client.dispose();
    }
    for (const other of ["v/x.service.d/a.conf", "u/y.service.d/a.conf"]) {
      const found = await opened(RUN, memoryFiles({ [URI]: RUN, [`file:///${other}`]: LONG }));
      assert.ok(
        found.every((it) => it.code !== "syntax/file-size"),
        other,
      );
      client.dispose();
    }
  });

  it("is checked once it is shorter", async () => {
    await opened(LONG);
    const change = { textDocument: { uri: URI, version: 2 }, contentChanges: [{ text: RUN }] };
    await client.sendNotification("textDocument/didChange", change);
    const report = await client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri: URI },
    });
    const codes = report.kind === "full" ? report.items.map((it) => it.code) : [];
    assert.ok(codes.includes("value/boolean") && !codes.includes("syntax/file-size"), codes.join());
  });
});
