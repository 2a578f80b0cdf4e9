import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { CompletionItem, CompletionList, Hover, InlayHint, SemanticTokens } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const OFF = { hardening: { profile: "off" } };
const at = (uri: string, line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

describe("server: values", () => {
  let root: string;
  const uriOf = (name: string): string => pathToFileURL(join(root, name)).href;

  before(async () => {
    await built();
    root = mkdtempSync(join(tmpdir(), "unit-warden-values-"));
    mkdirSync(join(root, "data", "inner"), { recursive: true });
    mkdirSync(join(root, "data", "#1 %"));
    writeFileSync(join(root, "data", "file"), "");
    writeFileSync(join(root, "data", "run"), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(root, "other.service"), "[Unit]\nDescription=The other one\n");
  });
  after(() => {
    killLeftovers();
    rmSync(root, { recursive: true });
  });

  it("are completed from the files around, and explained by them", async () => {
    const client = await LspClient.start({ initializationOptions: OFF });
    const uri = uriOf("me.service");
    await client.open(uri, "[Unit]\nAfter= \nWants=other.service\n");
    const { items } = await client.request<CompletionList>("textDocument/completion", at(uri, 1, 6));
    const other = items.find((it) => it.label === "other.service");
    assert.equal(other?.labelDetails?.description, "workspace");
    assert.ok(items.some((it) => it.label === "network.target"));
    const resolved = await client.request<CompletionItem>("completionItem/resolve", other);
    assert.match(JSON.stringify(resolved.documentation), /The other one/);
    const hover = await client.request<Hover>("textDocument/hover", at(uri, 2, 8));
    assert.match(JSON.stringify(hover.contents), /The other one/);
    assert.equal(await client.stop(), 0);
  });

  it("are explained for the document that they were asked for, whichever was asked about since", async () => {
    for (const folder of ["one", "two"]) {
      mkdirSync(join(root, folder));
      writeFileSync(join(root, folder, "same.service"), `[Unit]\nDescription=Number ${folder}\n`);
    }
    const capabilities = { textDocument: { completion: { completionList: { itemDefaults: ["data"] } } } };
    const client = await LspClient.start({ initializationOptions: OFF, capabilities });
    const listed: CompletionItem[] = [];
    for (const folder of ["one", "two"]) {
      const uri = uriOf(`${folder}/me.service`);
      await client.open(uri, "[Unit]\nAfter= \n");
      let list: CompletionList;
      // A list that does not wait for all files is asked for again.
      do list = await client.request<CompletionList>("textDocument/completion", at(uri, 1, 6));
      while (list.isIncomplete);
      const { items, itemDefaults } = list;
      const item = items.find((it) => it.label === "same.service");
      assert.ok(item, folder);
      // What the client adds to an item whose data is that of the list.
      listed.push({ data: itemDefaults?.data as unknown, ...item });
    }
    const resolved = await Promise.all(
      listed.map((it) => client.request<CompletionItem>("completionItem/resolve", it)),
    );
    assert.match(JSON.stringify(resolved[0]?.documentation), /Number one/);
    assert.match(JSON.stringify(resolved[1]?.documentation), /Number two/);
    assert.equal(await client.stop(), 0);
  });

  it("are completed with what is in the folder that is typed", async () => {
    const client = await LspClient.start({ initializationOptions: OFF });
    const uri = uriOf("paths.service");
    const line = `ExecStart=${root}/data/`;
    await client.open(uri, `[Service]\n${line}\n`);
    const { items } = await client.request<CompletionList>("textDocument/completion", at(uri, 1, line.length));
    assert.deepEqual(items.map((it) => it.label).sort(), process.platform === "linux" ? ["inner/", "run"] : []);
    assert.equal(await client.stop(), 0);
  });

  it("have colours, for the whole text and for a part", async () => {
    const client = await LspClient.start({ initializationOptions: OFF });
    const uri = uriOf("colours.service");
    await client.open(uri, "[Service]\nProtectHome=tmpfs\nProtectSystem=full\n");
    const textDocument = { uri };
    const whole = await client.request<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
    assert.deepEqual(whole.data, [1, 12, 5, 0, 0, 1, 14, 4, 0, 0]);
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } };
    const part = await client.request<SemanticTokens>("textDocument/semanticTokens/range", { textDocument, range });
    assert.deepEqual(part.data, [2, 14, 4, 0, 0]);
    assert.equal(await client.stop(), 0);
  });

  it("come as a short list for a client that fills in defaults", async () => {
    const completionList = { itemDefaults: ["editRange", "data", "insertTextFormat"] };
    const client = await LspClient.start({
      capabilities: { textDocument: { completion: { completionList } } },
      initializationOptions: OFF,
    });
    const uri = uriOf("short.service");
    await client.open(uri, "[Service]\nProt\n");
    const list = await client.request<CompletionList>("textDocument/completion", at(uri, 1, 4));
    const item = list.items.find((it) => it.label === "ProtectHome");
    assert.equal(item?.textEditText, "ProtectHome=");
    assert.deepEqual(list.itemDefaults?.editRange, {
      start: { line: 1, character: 0 },
      end: { line: 1, character: 4 },
    });
    const filled = { ...item, data: list.itemDefaults?.data as unknown };
    const resolved = await client.request<CompletionItem>("completionItem/resolve", filled);
    assert.match(JSON.stringify(resolved.documentation), /ProtectHome= in/);
    assert.equal(await client.stop(), 0);
  });

  it("are judged and offered for the systemd of the settings", async () => {
    let systemdVersion: unknown = 257;
    const client = await LspClient.start({
      capabilities: { workspace: { configuration: true, semanticTokens: { refreshSupport: true } } },
      initializationOptions: OFF,
      configuration: () => ({ ...OFF, systemdVersion }),
    });
    const uri = uriOf("version.service");
    await client.open(uri, "[Service]\nExecStart=/bin/true\nPrivateUsers=managed\n");
    const messages = async (wanted: (found: string[]) => boolean): Promise<string[]> => {
      for (;;) {
        const found = (await client.diagnostics(uri)).map((it) => String(it.message));
        if (wanted(found)) return found;
      }
    };
    const [message] = await messages((found) => found.length > 0);
    assert.match(message ?? "", /^"managed" is no value of PrivateUsers=; that requires systemd 260: /);
    systemdVersion = 999;
    await client.notify("workspace/didChangeConfiguration", { settings: null });
    assert.deepEqual(await messages((found) => found.length === 0), []);
    assert.equal(await client.stop(), 0);
    assert.ok(client.asked.includes("workspace/semanticTokens/refresh"));
  });

  it("get hints of what they come to where the reader wants that, from the next change of the settings on", async () => {
    let enabled: unknown;
    const client = await LspClient.start({
      capabilities: { workspace: { configuration: true, inlayHint: { refreshSupport: true } } },
      initializationOptions: OFF,
      configuration: () => ({ ...OFF, inlayHints: { enabled } }),
    });
    const uri = uriOf("hints.service");
    await client.open(uri, "[Service]\nExecStart=/bin/true\nTimeoutStartSec=300\n");
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    const hints = async (): Promise<unknown[]> => {
      const found = await client.request<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range });
      return found.map((it) => it.label);
    };
    assert.deepEqual(await hints(), []);
    enabled = true;
    await client.notify("workspace/didChangeConfiguration", { settings: null });
    let found = await hints();
    while (found.length === 0) found = await hints();
    assert.deepEqual(found, ["= 5min"]);
    assert.equal(await client.stop(), 0);
    assert.ok(client.asked.includes("workspace/inlayHint/refresh"));
  });

  it("of the machine are not shown before the reader trusts the workspace", async () => {
    const client = await LspClient.start({ initializationOptions: { ...OFF, trusted: false } });
    const uri = uriOf("trust.service");
    await client.open(uri, "[Unit]\nWants=\n");
    const homes = async (): Promise<Set<string | undefined>> => {
      let list: CompletionList;
      do list = await client.request<CompletionList>("textDocument/completion", at(uri, 1, 6));
      while (list.isIncomplete);
      const { items } = list;
      return new Set(items.map((it) => it.labelDetails?.description?.replace("template, ", "")));
    };
    assert.ok(!(await homes()).has("machine"));
    await client.notify("unitWarden/trusted");
    const now = await homes();
    assert.ok(now.has("workspace"));
    assert.equal(now.has("machine"), existsSync("/usr/lib/systemd/system"));
    assert.equal(await client.stop(), 0);
  });
});
