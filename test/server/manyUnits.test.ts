import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import {
  CancellationTokenSource,
  LSPErrorCodes,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type ResponseError,
} from "vscode-languageserver-protocol/node";
import { inProcess } from "../kit/inProcess.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";

const URI = "file:///work/many.nix";
const SERVICES = 100;
const service = (i: number): string =>
  `  systemd.services.a${i}.serviceConfig = { ExecStart = "/usr/bin/a${i}"; MemoryLimit = "1G"; };\n`;
const TEXT = `{\n${Array.from({ length: SERVICES }, (_, i) => service(i)).join("")}}\n`;
const textDocument = { uri: URI };
const HOVER = { textDocument, position: { line: SERVICES, character: 60 } };
const all = { textDocument, range: { start: { line: 0, character: 0 }, end: { line: SERVICES, character: 0 } } };

describe("a file with hundreds of units", () => {
  let client: MessageConnection;
  afterEach(() => client.dispose());

  async function open(textDocumentAbilities: object): Promise<void> {
    client = inProcess(memoryFiles({ [URI]: TEXT }));
    client.listen();
    const capabilities = { textDocument: textDocumentAbilities };
    await client.sendRequest("initialize", { processId: null, rootUri: "file:///work", capabilities });
    await client.sendNotification("initialized", {});
    await client.sendNotification("textDocument/didOpen", {
      textDocument: { ...textDocument, languageId: "nix", version: 1, text: TEXT },
    });
  }

  it("leaves room for other messages while its units are judged", async () => {
    await open({ diagnostic: {} });
    const answered: string[] = [];
    const note = (what: string, answer: Promise<unknown>) => answer.then(() => answered.push(what));
    await Promise.all([
      note("diagnostics", client.sendRequest("textDocument/diagnostic", { textDocument })),
      note("code actions", client.sendRequest("textDocument/codeAction", { ...all, context: { diagnostics: [] } })),
      note("lenses", client.sendRequest("textDocument/codeLens", { textDocument })),
      note("hover", client.sendRequest("textDocument/hover", HOVER)),
    ]);
    assert.equal(answered[0], "hover");
  });

  it("answers a request that is cancelled meanwhile before all of them are judged", async () => {
    await open({ diagnostic: {} });
    const [first, later] = [new CancellationTokenSource(), new CancellationTokenSource()];
    const ask = (source: CancellationTokenSource) =>
      client.sendRequest("textDocument/diagnostic", { textDocument }, source.token);
    const cancelled = ask(first).then(
      () => "answered",
      ({ code }: ResponseError<void>) => code,
    );
    await client.sendRequest("textDocument/hover", HOVER);
    const answer = ask(later).then((it) => (it as { readonly items: readonly { readonly code?: string }[] }).items);
    first.cancel();
    assert.equal(await Promise.race([cancelled, answer]), LSPErrorCodes.RequestCancelled);
    const found = await answer;
    assert.equal(found.filter((it) => it.code === "hardening/summary").length, SERVICES);
  });

  it("shows a client that does not ask all of them at once, also after an edit meanwhile", async () => {
    const published: PublishDiagnosticsParams[] = [];
    await open({});
    const last = new Promise<void>((resolve) => {
      client.onNotification("textDocument/publishDiagnostics", (it: PublishDiagnosticsParams) => {
        published.push(it);
        if (it.version === 2) resolve();
      });
    });
    const start = { line: 0, character: 1 };
    await client.sendNotification("textDocument/didChange", {
      textDocument: { ...textDocument, version: 2 },
      contentChanges: [{ range: { start, end: start }, text: " # many" }],
    });
    await last;
    const counts = published.map((it) => it.diagnostics.filter(({ code }) => code === "hardening/summary").length);
    assert.deepEqual(new Set(counts), new Set([SERVICES]));
  });
});
