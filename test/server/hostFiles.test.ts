import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CodeAction, CodeLens, CompletionList, Hover } from "vscode-languageserver";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const CLOUD = `#cloud-config
write_files:
  - path: /etc/systemd/system/a.service
    content: |
      [Service]
      ExecStart=/bin/a
      Restart=allways
`;
const PAGE = "# Install\n\n```ini\n[Service]\nExecStart=/bin/a\nRestart=allways\n```\n";

describe("server: units in YAML and Markdown", () => {
  before(built);
  after(killLeftovers);

  it("judges those of files that set machines up", async () => {
    const client = await LspClient.start();
    const uri = "file:///srv/user-data";
    const textDocument = { uri };
    await client.open(uri, CLOUD, "yaml");
    const found = await client.diagnostics(uri);
    assert.deepEqual(
      found.map((it) => [it.code, it.range.start]),
      [
        ["hardening/summary", { line: 4, character: 6 }],
        ["value/enumeration", { line: 6, character: 14 }],
      ],
    );
    const at = { start: { line: 6, character: 15 }, end: { line: 6, character: 15 } };
    const request = { textDocument, range: at, context: { diagnostics: [], triggerKind: 2 } };
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", request);
    assert.deepEqual(
      actions.map((it) => it.title),
      ["Change to always"],
    );
    const [lens] = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.match(lens?.command?.title ?? "", /UNSAFE/);
    assert.deepEqual(await client.request("textDocument/formatting", { textDocument, options: {} }), []);
    assert.equal(await client.stop(), 0);
  });

  it("has nothing for other files of these kinds, also while one becomes such a file", async () => {
    const client = await LspClient.start();
    const uri = "file:///srv/compose.yaml";
    const textDocument = { uri };
    await client.open(uri, CLOUD.replace("#cloud-config", "# nothing"), "yaml");
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.equal(
      await client.request("textDocument/hover", { textDocument, position: { line: 6, character: 8 } }),
      null,
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } };
    await client.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: "#cloud-config" }],
    });
    assert.equal((await client.diagnostics(uri, 2)).length, 2);
    assert.equal(await client.stop(), 0);
  });

  it("explains the fences of Markdown, and judges nothing", async () => {
    const client = await LspClient.start();
    const uri = "file:///srv/README.md";
    const textDocument = { uri };
    await client.open(uri, PAGE, "markdown");
    assert.deepEqual(await client.diagnostics(uri), []);
    assert.deepEqual(await client.request("textDocument/codeLens", { textDocument }), []);
    const position = { line: 5, character: 3 };
    const hover = await client.request<Hover | null>("textDocument/hover", { textDocument, position });
    assert.match(JSON.stringify(hover?.contents), /Restart=/);
    const list = await client.request<CompletionList>("textDocument/completion", {
      textDocument,
      position: { line: 5, character: 10 },
    });
    assert.ok(list.items.some((it) => it.label === "always"));
    const range = { start: position, end: position };
    assert.deepEqual(
      await client.request("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } }),
      [],
    );
    assert.equal(await client.stop(), 0);
  });
});
