import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CodeAction } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const URI = "file:///srv/x.service";
const CREATES = { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } } };

describe("server: the action that writes a socket unit", () => {
  before("built", built);
  after(killLeftovers);

  /** The titles of the actions on the port of a service. */
  async function titles(capabilities: object): Promise<string[]> {
    const client = await LspClient.start({ capabilities });
    await client.open(URI, "[Service]\nExecStart=/usr/sbin/x --port 80\n");
    const at = { line: 1, character: 29 };
    const found = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: URI },
      range: { start: at, end: at },
      context: { diagnostics: [], only: ["refactor"], triggerKind: 2 },
    });
    assert.equal(await client.stop(), 0);
    return found.map((it) => it.title);
  }

  it("is offered to clients that create files, and to no others", async () => {
    assert.match((await titles(CREATES)).join(), /^Write x\.socket for port 80 /);
    assert.deepEqual(await titles({}), []);
    assert.deepEqual(await titles({ workspace: { workspaceEdit: { resourceOperations: ["create"] } } }), []);
  });
});
