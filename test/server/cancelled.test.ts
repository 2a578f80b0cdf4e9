import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type MessageConnection,
  type ResponseError,
} from "vscode-languageserver-protocol/node";
import { inProcess } from "../kit/inProcess.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const URI = "file:///work/a.service";
const TEXT = `[Unit]\nAfter=b.service\n[Service]\nExecStart=/bin/true\n${"Environment=A=b\n".repeat(200)}`;
const AT = { textDocument: { uri: URI }, position: { line: 1, character: 8 } };
const RANGE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

const REQUESTS: Readonly<Record<string, object>> = {
  "textDocument/hover": AT,
  "textDocument/completion": AT,
  "textDocument/codeAction": { ...AT, range: RANGE, context: { diagnostics: [] } },
  "textDocument/codeLens": AT,
  "textDocument/documentSymbol": AT,
  "textDocument/semanticTokens/full": AT,
  "textDocument/inlayHint": { ...AT, range: RANGE },
  "textDocument/references": { ...AT, context: { includeDeclaration: true } },
  "textDocument/diagnostic": AT,
  "workspace/symbol": { query: "" },
};

describe("requests that a client cancels", () => {
  let client: MessageConnection;
  let asked: string[] = [];
  afterEach(() => client.dispose());

  async function start(): Promise<void> {
    asked = [];
    client = inProcess(memoryFiles({ [URI]: TEXT, "file:///work/b.service": TEXT }, asked));
    client.listen();
    await client.sendRequest("initialize", {
      processId: null,
      rootUri: "file:///work",
      capabilities: { textDocument: { diagnostic: {} } },
    });
    await client.sendNotification("initialized", {});
    const textDocument = { uri: URI, languageId: "systemd-conf", version: 1, text: TEXT };
    await client.sendNotification("textDocument/didOpen", { textDocument });
    await client.sendRequest("textDocument/hover", AT);
  }

  /** The codes of the errors that requests end with, all sent at once and cancelled at once. */
  async function cancelAll(requests: readonly (readonly [string, object])[]): Promise<readonly unknown[]> {
    const sources = requests.map(() => new CancellationTokenSource());
    const answers = requests.map(([method, params], i) => client.sendRequest(method, params, sources[i]?.token));
    for (const it of sources) it.cancel();
    const settled = await Promise.allSettled(answers);
    return settled.map((it) => (it.status === "rejected" ? (it.reason as ResponseError<void>).code : "answered"));
  }

  it("end at once with that, whatever is asked", async () => {
    await start();
    for (const [method, params] of Object.entries(REQUESTS)) {
      const codes = await cancelAll(Array(10).fill([method, params]));
      // The first one may have begun.
      assert.deepEqual(codes.slice(1), Array(9).fill(LSPErrorCodes.RequestCancelled), method);
    }
  });

  it("read no files, and keep no others from their answers", async () => {
    await start();
    const before = asked.length;
    const later = new CancellationTokenSource();
    const all = Array.from({ length: 50 }, () =>
      client.sendRequest("unitWarden/report", { uri: URI }, later.token).catch(() => "cancelled"),
    );
    later.cancel();
    const hover = await client.sendRequest("textDocument/hover", AT);
    assert.notEqual(hover, null);
    assert.equal((await Promise.all(all)).filter((it) => it === "cancelled").length >= 49, true);
    assert.ok(asked.length - before < 50, `${asked.length - before} looks at files`);
  });
});
