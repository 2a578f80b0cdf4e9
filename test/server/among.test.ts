import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { CodeAction } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";
const A = `[Unit]\nRequires=b.service\nAfter=b.service\n${RUN}`;

describe("server: among other units", () => {
  let root: string;
  const uriOf = (name: string): string => pathToFileURL(join(root, name)).href;
  const start = (): Promise<LspClient> =>
    LspClient.start({
      capabilities: { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["rename"] } } },
      initializationOptions: { trusted: false, hardening: { profile: "off" } },
    });

  before(async () => {
    await built();
    root = mkdtempSync(join(tmpdir(), "unit-warden-among-"));
    writeFileSync(join(root, "a.service"), A);
    writeFileSync(join(root, "b.service"), `[Unit]\nAfter=a.service\n${RUN}`);
  });
  after(() => {
    killLeftovers();
    rmSync(root, { recursive: true });
  });

  /** The next diagnostics that say this of a document, or say nothing of it any more. */
  const told = async (client: LspClient, name: string, isTold: boolean): Promise<void> => {
    for (;;) {
      const codes = (await client.diagnostics(uriOf(name))).map((it) => it.code);
      if (codes.includes("reference/ordering-cycle") === isTold) return;
    }
  };

  it("judges a document among the files beside it, and again when one of them is edited", async () => {
    const client = await start();
    await client.open(uriOf("a.service"), A);
    await told(client, "a.service", true);
    await client.open(uriOf("b.service"), `[Unit]\nAfter=a.service\n${RUN}`);
    await told(client, "b.service", true);
    await client.notify("textDocument/didChange", {
      textDocument: { uri: uriOf("b.service"), version: 2 },
      contentChanges: [{ text: RUN }],
    });
    await told(client, "b.service", false);
    await told(client, "a.service", false);
    assert.equal(await client.stop(), 0);
  });

  it("offers to rename a mount", async () => {
    const client = await start();
    const uri = uriOf("mnt.mount");
    await client.open(uri, "[Mount]\nWhat=/dev/sda1\nWhere=/srv/data\n");
    const position = { line: 2, character: 8 };
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
    const [rename] = actions;
    assert.equal(rename?.title, "Rename the file to srv-data.mount");
    assert.deepEqual(rename?.edit, {
      documentChanges: [{ kind: "rename", oldUri: uri, newUri: uriOf("srv-data.mount") }],
    });
    assert.equal(await client.stop(), 0);
  });
});
