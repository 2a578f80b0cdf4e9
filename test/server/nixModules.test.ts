import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CodeAction, CodeLens, CompletionList, Diagnostic, Hover, WorkspaceEdit } from "vscode-languageserver";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const URI = "file:///srv/configuration/web.nix";
const MODULE = `{ pkgs, ... }: {
  systemd.services.web = {
    description = "Wiki";
    serviceConfig = {
      ExecStart = "\${pkgs.gitea}/bin/gitea web --port 3000";
      Restart = "allways";
    };
  };
}
`;

const textDocument = { uri: URI };
const dynamic = { dynamicRegistration: true };
const PARTS = ["synchronization", "completion", "hover", "codeLens", "codeAction"];

describe("server: Nix modules", () => {
  before(built);
  after(killLeftovers);

  it("publishes findings, and none once they are put right", async () => {
    const client = await LspClient.start();
    await client.open(URI, MODULE, "nix");
    const found = await client.diagnostics(URI);
    assert.deepEqual(
      found.map((it: Diagnostic) => [it.code, it.range.start.line, it.range.start.character]),
      [
        ["hardening/summary", 1, 19],
        ["value/enumeration", 5, 17],
      ],
    );
    const range = { start: { line: 5, character: 17 }, end: { line: 5, character: 24 } };
    await client.notify("textDocument/didChange", {
      textDocument: { uri: URI, version: 2 },
      contentChanges: [{ range, text: "always" }],
    });
    assert.deepEqual(
      (await client.diagnostics(URI, 2)).map((it) => it.code),
      ["hardening/summary"],
    );
    assert.equal(await client.stop(), 0);
  });

  it("answers requests at the places of the module", async () => {
    const client = await LspClient.start();
    await client.open(URI, MODULE, "nix");
    const position = { line: 5, character: 8 };
    const hover = await client.request<Hover | null>("textDocument/hover", { textDocument, position });
    assert.deepEqual(hover?.range?.start, { line: 5, character: 6 });
    const list = await client.request<CompletionList>("textDocument/completion", {
      textDocument,
      position: { line: 5, character: 20 },
    });
    assert.ok(list.items.some((it) => it.label === "always"));
    const [first, second] = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    assert.match(first?.command?.title ?? "", /UNSAFE/);
    assert.match(second?.command?.title ?? "", /safe settings are missing/);
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range: { start: { line: 5, character: 18 }, end: { line: 5, character: 18 } },
      context: { diagnostics: [], triggerKind: 2 },
    });
    assert.deepEqual(
      actions.map((it) => [it.title, it.edit?.changes?.[URI]?.map((edit) => edit.newText)]),
      [["Change to always", [""]]],
    );
    const formatted = await client.request("textDocument/formatting", { textDocument, options: {} });
    assert.deepEqual(formatted, [], "the formatter of Nix is another one");
    assert.equal(await client.stop(), 0);
  });

  it("adds the safe settings of the lens", async () => {
    const client = await LspClient.start({ capabilities: { workspace: { applyEdit: true } } });
    const applied = new Promise<WorkspaceEdit>((resolve) => {
      client.connection.onRequest("workspace/applyEdit", ({ edit }: { edit: WorkspaceEdit }) => {
        resolve(edit);
        return { applied: true };
      });
    });
    await client.open(URI, MODULE, "nix");
    const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument });
    const { command, arguments: args } = lenses[1]?.command ?? {};
    await client.request("workspace/executeCommand", { command, arguments: args });
    const edits = (await applied).changes?.[URI] ?? [];
    assert.match(edits.map((it) => it.newText).join(""), /\n {6}ProtectHostname = true;/);
    assert.equal(await client.stop(), 0);
  });

  it("has nothing for modules without units", async () => {
    const client = await LspClient.start();
    await client.open(URI, '{ services.nginx.enable = true; a = "systemd"; }', "nix");
    assert.deepEqual(await client.diagnostics(URI), []);
    assert.deepEqual(await client.request("textDocument/codeLens", { textDocument }), []);
    assert.equal(
      await client.request("textDocument/hover", { textDocument, position: { line: 0, character: 4 } }),
      null,
    );
    assert.equal(await client.stop(), 0);
  });

  it("is offered for modules alone where a client can be told so", async () => {
    const offered = async (parts: readonly string[]): Promise<readonly string[]> => {
      const capabilities = { textDocument: Object.fromEntries(parts.map((it) => [it, dynamic])) };
      const client = await LspClient.start({ capabilities });
      if (parts === PARTS) await client.isAsked("client/registerCapability");
      assert.equal(await client.stop(), 0);
      return client.messages().flatMap((it) => {
        const { method, params } = it as { method?: string; params?: { registrations: { method: string }[] } };
        return method === "client/registerCapability" ? (params?.registrations ?? []).map((each) => each.method) : [];
      });
    };
    const all = await offered(PARTS);
    assert.ok(all.includes("textDocument/didOpen") && all.includes("textDocument/codeLens"));
    assert.ok(!all.includes("textDocument/formatting"));
    assert.deepEqual(await offered(PARTS.slice(1)), []);
  });
});
