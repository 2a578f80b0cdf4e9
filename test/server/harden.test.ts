import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type { CodeAction } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const URI = "file:///srv/x.service";
const RESOLVING = {
  textDocument: { codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } } },
  workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
};

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

  it("change the file at once, without a question on each part", async () => {
    for (const capabilities of [{}, { workspace: RESOLVING.workspace }]) {
      const [basic] = await actions(capabilities, ["refactor"]);
      assert.match(basic?.title ?? "", /^Harden this service: basic \(\d\.\d → \d\.\d\)$/);
      assert.ok((basic?.edit?.changes?.[URI] ?? []).length > 0);
      assert.equal(basic?.edit?.changeAnnotations, undefined);
    }
  });

  it("give their edits when they are chosen, where the client asks then", async () => {
    const client = await LspClient.start({ capabilities: RESOLVING });
    await client.open(URI, "[Service]\nExecStart=/usr/sbin/x\n");
    const params = {
      textDocument: { uri: URI },
      range: { start: { line: 0, character: 2 }, end: { line: 0, character: 2 } },
      context: { diagnostics: [] },
    };
    const listed = await client.request<CodeAction[]>("textDocument/codeAction", params);
    assert.ok(listed.length > 4 && listed.every((it) => it.edit === undefined));
    for (const action of listed) {
      const whole = await client.request<CodeAction>("codeAction/resolve", action);
      assert.equal(whole.title, action.title);
      assert.ok((whole.edit?.changes?.[URI] ?? []).length > 0, action.title);
    }
    const unknown = { title: "Nothing of ours", data: { uri: 1 } };
    assert.deepEqual(await client.request("codeAction/resolve", unknown), unknown);
    assert.equal(await client.stop(), 0);
  });

  it("stand on the other lines where a person asks, and not where the client asks by itself", async () => {
    const client = await LspClient.start({ capabilities: {} });
    await client.open(URI, "[Service]\nExecStart=/usr/sbin/x\nRestart=allways\n");
    const titlesOn = async (line: number, triggerKind?: number, only?: readonly string[]): Promise<string[]> => {
      const position = { line, character: 9 };
      const found = await client.request<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri: URI },
        range: { start: position, end: position },
        context: { diagnostics: [], ...(triggerKind ? { triggerKind } : {}), ...(only ? { only } : {}) },
      });
      return found.map((it) => it.title);
    };
    const isHardening = (it: string): boolean => /^Harden this service|ProtectHome=tmpfs/.test(it);
    for (const asked of [undefined, 1]) {
      const all = await titlesOn(2, asked);
      assert.equal(all[0], "Change to always");
      assert.ok(all.filter(isHardening).length > 1, all.join("\n"));
      assert.ok((await titlesOn(1, asked, ["refactor"])).some(isHardening));
      assert.ok(!(await titlesOn(2, asked, ["quickfix"])).some(isHardening));
    }
    assert.ok(!(await titlesOn(2, 2)).some(isHardening));
    assert.ok((await titlesOn(0, 2)).some(isHardening));
    assert.equal(await client.stop(), 0);
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
