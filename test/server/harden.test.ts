import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CodeAction } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const URI = "file:///srv/x.service";
const ANNOTATED = { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } };

describe("server: harden actions", () => {
  before("built", built);
  after(killLeftovers);

  /** The actions on the header of a plain service. */
  async function actions(capabilities: object, only?: readonly string[]): Promise<CodeAction[]> {
    const client = await LspClient.start({ capabilities });
    await client.open(URI, "[Service]\nExecStart=/usr/sbin/x\n");
    const found = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: URI },
      range: { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
    assert.equal(await client.stop(), 0);
    return found;
  }

  it("come with plain edits, or with a preview for the version of the document", async () => {
    const [plain] = await actions({}, ["refactor"]);
    assert.match(plain?.title ?? "", /^Harden this service: basic \(\d\.\d → \d\.\d\)$/);
    assert.ok(plain?.edit?.changes?.[URI]);
    const [shown] = await actions(ANNOTATED, ["refactor.rewrite"]);
    assert.equal(shown?.edit?.changes, undefined);
    const [change] = shown?.edit?.documentChanges ?? [];
    assert.ok(change && "textDocument" in change);
    assert.equal(change.textDocument.version, 1);
    assert.ok(shown?.edit?.changeAnnotations?.["File system"]?.needsConfirmation);
  });

  it("come with the fixes where all kinds are asked for, and not where fixes alone are", async () => {
    const kinds = async (only?: readonly string[]): Promise<unknown[]> => [
      ...new Set((await actions({}, only)).map((it) => it.kind)),
    ];
    assert.deepEqual(await kinds(), ["quickfix", "refactor.rewrite"]);
    assert.deepEqual(await kinds(["quickfix"]), ["quickfix"]);
    assert.deepEqual(await kinds(["source"]), []);
  });
});
