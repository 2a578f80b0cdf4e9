import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
} from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const SERVICE = "file:///etc/systemd/system/x.service";
const TYPO = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";

/** What a modern editor says. */
const FULL = {
  textDocument: {
    hover: { contentFormat: ["markdown", "plaintext"] },
    completion: { completionItem: { documentationFormat: ["markdown", "plaintext"], snippetSupport: true } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
  },
  workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
};

/** The codes, without hardening, whose details are tested elsewhere. */
const codes = (diagnostics: readonly Diagnostic[]): unknown[] =>
  diagnostics.map((it) => it.code).filter((it) => !String(it).startsWith("hardening/"));
const hardening = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.filter((it) => String(it.code).startsWith("hardening/"));
const at = (uri: string, line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });
const labels = (answer: CompletionList): string[] => answer.items.map((it) => it.label);

describe("server over stdio", () => {
  before(built);
  after(killLeftovers);

  describe("a bare client", () => {
    let client: LspClient;
    before(async () => {
      client = await LspClient.start();
    });
    after(async () => {
      assert.equal(await client.stop(), 0);
    });

    it("gets diagnostics of each of two files opened at once", async () => {
      const other = "file:///etc/systemd/system/x.timer";
      await Promise.all([client.open(SERVICE, TYPO), client.open(other, "[Timer]\nOnCalender=daily\nOnBootSec=1\n")]);
      assert.deepEqual(codes(await client.diagnostics(other)), ["directive/unknown"]);
      assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["directive/unknown"]);
    });

    it("gets plain text, and no requests that it cannot answer", async () => {
      const hover = await client.request<Hover>("textDocument/hover", at(SERVICE, 1, 2));
      assert.match(JSON.stringify(hover.contents), /"kind":"plaintext","value":"ExecStart= in/);
      const { items } = await client.request<CompletionList>("textDocument/completion", at(SERVICE, 2, 4));
      const item = items.find((it) => it.label === "ProtectHome");
      const resolved = await client.request<CompletionItem>("completionItem/resolve", item);
      assert.match(JSON.stringify(resolved.documentation), /"kind":"plaintext"/);
      assert.deepEqual(client.asked, []);
    });

    it("gets outline and folding", async () => {
      const textDocument = { uri: SERVICE };
      const [symbol] = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
      assert.deepEqual(
        [symbol?.name, symbol?.children?.map((it) => it.name)],
        ["Service", ["ExecStart", "ProtectHoem"]],
      );
      assert.deepEqual(await client.request<FoldingRange[]>("textDocument/foldingRange", { textDocument }), [
        { startLine: 0, endLine: 2 },
      ]);
    });

    it("gets hardening advice at the basic tier, with a fix that applies", async () => {
      const uri = "file:///srv/plain.service";
      await client.open(uri, "[Service]\nExecStart=/bin/true\n");
      const found = hardening(await client.diagnostics(uri));
      assert.ok(found.length > 0, "a plain service gets no hardening advice");
      const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } },
        context: { diagnostics: found },
      });
      const action = actions.find((it) => it.title.startsWith("Add ProtectHome=tmpfs"));
      assert.ok(action, actions.map((it) => it.title).join("; "));
      const edits = action.edit?.changes?.[uri];
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: edits?.map(({ range, newText }) => ({ range, text: newText })),
      });
      const left = hardening(await client.diagnostics(uri, 2));
      const [before, after] = [found, left].map((it) => Number.parseInt(`${it[0]?.message}`, 10));
      assert.equal(after, (before ?? 0) - 1);
    });

    it("has nothing to fear from settings that are null", async () => {
      await client.notify("workspace/didChangeConfiguration", { settings: null });
      assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["directive/unknown"]);
      for (const settings of [undefined, 1, "x", [], { unitWarden: null }, { unitWarden: { hardening: 1 } }]) {
        await client.notify("workspace/didChangeConfiguration", { settings });
        assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["directive/unknown"]);
      }
      await client.notify("workspace/didChangeConfiguration");
      assert.ok(await client.request("textDocument/hover", at(SERVICE, 1, 2)));
    });

    it("can send its settings with the notification", async () => {
      const uri = "file:///srv/sent.service";
      await client.open(uri, "[Service]\nExecStart=/bin/true\n");
      await client.diagnostics(uri);
      await client.notify("workspace/didChangeConfiguration", {
        settings: { unitWarden: { hardening: { profile: "off" } } },
      });
      assert.deepEqual(await client.diagnostics(uri), []);
    });

    it("can choose the severities of rules, and silence one in the file by a code action", async () => {
      const uri = "file:///srv/rules.service";
      await client.notify("workspace/didChangeConfiguration", {
        settings: { unitWarden: { rules: { hardening: "off", "value/number": "info" } } },
      });
      await client.open(uri, "[Service]\nExecStart=/bin/true\nRestart=x\nNice=99\n");
      const found = await client.diagnostics(uri);
      assert.deepEqual(
        found.map((it) => [it.code, it.severity]),
        [
          ["value/enumeration", 1],
          ["value/number", 3],
        ],
      );
      const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri },
        range: { start: { line: 2, character: 8 }, end: { line: 2, character: 8 } },
        context: { diagnostics: found, triggerKind: 2 },
      });
      const last = actions.at(-1);
      assert.deepEqual([last?.title, last?.isPreferred], ["Ignore value/enumeration for this line", undefined]);
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: last?.edit?.changes?.[uri]?.map(({ range, newText }) => ({ range, text: newText })),
      });
      assert.deepEqual(codes(await client.diagnostics(uri, 2)), ["value/number"]);
    });
  });

  describe("a full client", () => {
    it("gets Markdown and is asked for its settings", async () => {
      const client = await LspClient.start({
        capabilities: FULL,
        configuration: () => ({ hardening: { profile: "off" } }),
      });
      await client.open(SERVICE, "[Service]\nExecStart=/bin/true\n");
      const hover = await client.request<Hover>("textDocument/hover", at(SERVICE, 1, 2));
      assert.match(JSON.stringify(hover.contents), /"kind":"markdown","value":"\*\*ExecStart=\*\* in/);
      const { items } = await client.request<CompletionList>("textDocument/completion", at(SERVICE, 2, 0));
      const item = items.find((it) => it.label === "ProtectHome");
      const resolved = await client.request<CompletionItem>("completionItem/resolve", item);
      assert.match(JSON.stringify(resolved.documentation), /"kind":"markdown","value":"\*\*ProtectHome=\*\*/);
      assert.equal(await client.stop(), 0);
      assert.deepEqual(client.asked, ["client/registerCapability", "workspace/configuration"]);
    });

    it("is asked again when its settings change, and all its documents are judged anew", async () => {
      let profile = "off";
      const client = await LspClient.start({ capabilities: FULL, configuration: () => ({ hardening: { profile } }) });
      const plain = "[Service]\nExecStart=/bin/true\n";
      const other = "file:///srv/y.service";
      await client.open(SERVICE, plain);
      await client.open(other, plain);
      const settled = async (uri: string, wanted: (found: Diagnostic[]) => boolean): Promise<void> => {
        while (!wanted(await client.diagnostics(uri)));
      };
      for (const uri of [SERVICE, other]) await settled(uri, (found) => found.length === 0);
      profile = "basic";
      await client.notify("workspace/didChangeConfiguration", { settings: null });
      for (const uri of [SERVICE, other]) await settled(uri, (found) => hardening(found).length > 0);
      assert.equal(await client.stop(), 0);
    });

    for (const [what, answer] of [
      ["null", null],
      ["a number", 1],
      ["a string", "off"],
      ["a list", ["off"]],
      ["a wrong type inside", { hardening: null }],
      ["a profile that does not exist", { hardening: { profile: "extreme" } }],
    ] as const)
      it(`may answer ${what} for its settings`, async () => {
        const client = await LspClient.start({ capabilities: FULL, configuration: () => answer });
        await client.open(SERVICE, TYPO);
        assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["directive/unknown"]);
        assert.equal(await client.stop(), 0);
      });

    it("may fail when it is asked for its settings", async () => {
      const client = await LspClient.start({
        capabilities: FULL,
        configuration: () => {
          throw new Error("no settings here");
        },
      });
      await client.open(SERVICE, TYPO);
      assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["directive/unknown"]);
      await client.notify("workspace/didChangeConfiguration", { settings: null });
      assert.ok(await client.request("textDocument/hover", at(SERVICE, 1, 2)));
      await client.request("textDocument/hover", at(SERVICE, 1, 2));
      assert.equal(await client.stop(), 0);
      assert.equal(client.stderr, "");
      assert.equal(client.asked.filter((it) => it === "workspace/configuration").length, 2);
    });
  });

  describe("settings at the start", () => {
    for (const [what, initializationOptions, quiet] of [
      ["profile off", { hardening: { profile: "off" } }, true],
      ["null", null, false],
      ["nonsense", "off", false],
    ] as const)
      it(`come with initializationOptions: ${what}`, async () => {
        const client = await LspClient.start({ initializationOptions });
        await client.open(SERVICE, "[Service]\nExecStart=/bin/true\n");
        assert.equal((await client.diagnostics(SERVICE)).length === 0, quiet);
        assert.equal(await client.stop(), 0);
      });
  });

  describe("documents", () => {
    let client: LspClient;
    before(async () => {
      client = await LspClient.start({ initializationOptions: { hardening: { profile: "off" } } });
    });
    after(async () => {
      assert.equal(await client.stop(), 0);
    });

    const change = (uri: string, version: number, ...edits: (readonly [number, number, number, number, string])[]) =>
      client.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: edits.map(([line, character, endLine, endCharacter, text]) => ({
          range: { start: { line, character }, end: { line: endLine, character: endCharacter } },
          text,
        })),
      });

    it("answer from the current text after each edit", async () => {
      await client.open(SERVICE, "[Service]\nType=simple\n");
      await change(SERVICE, 2, [1, 0, 1, 11, "Prot"]);
      assert.ok(labels(await client.request("textDocument/completion", at(SERVICE, 1, 4))).includes("ProtectHome"));
      await change(SERVICE, 3, [1, 4, 1, 4, "ect"], [1, 7, 1, 7, "Home="]);
      assert.deepEqual(labels(await client.request("textDocument/completion", at(SERVICE, 1, 12))), [
        "yes",
        "read-only",
        "tmpfs",
        "no",
      ]);
      await change(SERVICE, 4, [1, 12, 1, 12, "yes\nExecStart=/bin/true"], [0, 0, 0, 0, "# 🦊\n"]);
      const hover = await client.request<Hover>("textDocument/hover", at(SERVICE, 2, 14));
      assert.match(JSON.stringify(hover), /ProtectHome=yes/);
      assert.deepEqual(await client.diagnostics(SERVICE, 4), []);
    });

    it("may be replaced as a whole", async () => {
      const uri = "file:///srv/whole.service";
      await client.open(uri, TYPO);
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: "" }],
      });
      assert.deepEqual(await client.request("textDocument/documentSymbol", { textDocument: { uri } }), []);
    });

    it("of a drop-in are judged as the unit that it extends", async () => {
      const uri = "file:///etc/systemd/system/x.service.d/override.conf";
      await client.open(uri, "[Service]\nProtectHoem=yes\n");
      assert.deepEqual(codes(await client.diagnostics(uri)), ["directive/unknown"]);
      const edited = "file:///etc/systemd/system/x.socket.d/.%23override.conf0123456789abcdef";
      await client.open(edited, "[Service]\nType=simple\n");
      assert.deepEqual(codes(await client.diagnostics(edited)), ["section/unknown"]);
    });

    it("without a path are judged by their sections", async () => {
      const uri = "untitled:Untitled-1";
      await client.open(uri, "[Timer]\nOnCalender=daily\nOnBootSec=1\n");
      assert.deepEqual(codes(await client.diagnostics(uri)), ["directive/unknown"]);
      assert.ok(labels(await client.request("textDocument/completion", at(uri, 1, 3))).includes("OnCalendar"));
      await change(uri, 2, [0, 1, 0, 6, "Socket"], [1, 0, 2, 11, "ListenStream=80"]);
      assert.deepEqual(codes(await client.diagnostics(uri, 2)), []);
      const empty = "untitled:Untitled-2";
      await client.open(empty, "");
      assert.deepEqual(labels(await client.request("textDocument/completion", at(empty, 0, 0))), [
        "[Unit]",
        "[Service]",
        "[Install]",
      ]);
    });

    it("that are no units get empty diagnostics and empty answers, whatever their language is called", async () => {
      const uri = "file:///etc/tmpfiles.d/x.conf";
      await client.open(uri, "[Service]\nProtectHoem=yes\n");
      assert.deepEqual(await client.diagnostics(uri), []);
      assert.equal(await client.request("textDocument/hover", at(uri, 1, 2)), null);
      assert.deepEqual(labels(await client.request("textDocument/completion", at(uri, 1, 2))), []);
      const unit = "file:///srv/other-language.service";
      await client.open(unit, TYPO, "ini");
      assert.deepEqual(codes(await client.diagnostics(unit)), ["directive/unknown"]);
    });

    it("with a fix give a code action that puts them right", async () => {
      const uri = "file:///srv/fix.service";
      await client.open(uri, TYPO);
      const [found] = await client.diagnostics(uri);
      assert.ok(found);
      const ask = (only?: readonly string[]): Promise<CodeAction[]> =>
        client.request("textDocument/codeAction", {
          textDocument: { uri },
          range: found.range,
          context: { diagnostics: [found], triggerKind: 2, ...(only ? { only } : {}) },
        });
      const action = (await ask()).find((it) => it.title === "Change to ProtectHome=");
      assert.ok(action);
      assert.deepEqual(await ask(["quickfix"]), await ask());
      assert.deepEqual(await ask(["refactor"]), []);
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: action.edit?.changes?.[uri]?.map(({ range, newText }) => ({ range, text: newText })),
      });
      assert.deepEqual(await client.diagnostics(uri, 2), []);
    });

    it("lose their diagnostics when they are closed, and are unknown from then on", async () => {
      const uri = "file:///srv/closed.service";
      await client.open(uri, TYPO);
      assert.equal((await client.diagnostics(uri)).length, 1);
      await client.notify("textDocument/didClose", { textDocument: { uri } });
      assert.deepEqual(await client.diagnostics(uri), []);
      assert.equal(await client.request("textDocument/hover", at(uri, 1, 2)), null);
    });

    it("closed at once after an edit are left without diagnostics", async () => {
      const uri = "file:///srv/at-once.service";
      await client.open(uri, "[Service]\nExecStart=/bin/true\n");
      await client.diagnostics(uri);
      await Promise.all([
        change(uri, 2, [0, 0, 0, 0, "junk\n"]),
        client.notify("textDocument/didClose", { textDocument: { uri } }),
      ]);
      await client.request("textDocument/hover", at(uri, 0, 0));
      assert.deepEqual(client.unread.filter((it) => it.uri === uri).at(-1)?.diagnostics, []);
    });

    it("that were never opened get nothing", async () => {
      const uri = "file:///srv/unknown.service";
      const textDocument = { uri };
      assert.equal(await client.request("textDocument/hover", at(uri, 0, 0)), null);
      assert.deepEqual(labels(await client.request("textDocument/completion", at(uri, 0, 0))), []);
      assert.deepEqual(await client.request("textDocument/documentSymbol", { textDocument }), []);
      assert.deepEqual(await client.request("textDocument/foldingRange", { textDocument }), []);
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const asked = { textDocument, range, context: { diagnostics: [] } };
      assert.deepEqual(await client.request("textDocument/codeAction", asked), []);
    });
  });

  describe("robustness", () => {
    it("survives garbage", async () => {
      const client = await LspClient.start({ initializationOptions: { hardening: { profile: "off" } } });
      await client.open(SERVICE, TYPO);
      const garbage: readonly (readonly [string, unknown])[] = [
        ["textDocument/didOpen", {}],
        ["textDocument/didOpen", { textDocument: { uri: 1, text: null } }],
        ["textDocument/didOpen", { textDocument: { uri: "::not a uri::", languageId: "x", version: 1, text: "[x" } }],
        ["textDocument/didChange", { textDocument: { uri: SERVICE, version: 2 }, contentChanges: [{ range: 1 }] }],
        ["textDocument/didChange", { textDocument: { uri: "file:///nowhere", version: 2 }, contentChanges: [] }],
        ["textDocument/didChange", {}],
        ["textDocument/didClose", { textDocument: { uri: "file:///nowhere" } }],
        ["workspace/didChangeConfiguration", { settings: { unitWarden: [] } }],
        ["$/cancelRequest", { id: 99 }],
        ["$/nonsense", { a: 1 }],
        ["no/such/method", [1, 2, 3]],
      ];
      for (let i = 0; i < 100; i++) {
        const [method, params] = garbage[i % garbage.length] ?? ["x", {}];
        await client.notify(method, params);
      }
      for (const body of ["{", "null", "[]", "7", '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","id":"x","result":1}'])
        client.raw(body);
      for (const method of ["textDocument/hover", "textDocument/completion", "textDocument/codeAction"])
        for (const params of [{}, { textDocument: null }, { textDocument: { uri: SERVICE } }, at(SERVICE, -5, 1e9)])
          await client.request(method, params).catch(() => undefined);
      await client.request("completionItem/resolve", { label: "x", data: { section: "Service", directive: 7 } });
      const uri = "file:///srv/still.service";
      await client.open(uri, TYPO);
      assert.deepEqual(codes(await client.diagnostics(uri)), ["directive/unknown"]);
      assert.ok(await client.request("textDocument/hover", at(uri, 1, 2)));
      assert.equal(await client.stop(), 0);
    });

    it("survives huge texts", async () => {
      const client = await LspClient.start({ initializationOptions: { hardening: { profile: "off" } } });
      const long = "file:///srv/long.service";
      await client.open(long, `[Service]\nExecStart=/bin/true ${"x ".repeat(1 << 20)}\n`);
      assert.deepEqual(codes(await client.diagnostics(long)), ["syntax/file-size"]);
      const many = "file:///srv/many.service";
      await client.open(many, `[Service]\nExecStart=/bin/true\n${"Environment=A=1\n# comment\n".repeat(35_000)}`);
      assert.deepEqual(await client.diagnostics(many), []);
      assert.ok(labels(await client.request("textDocument/completion", at(many, 35_000, 0))).length > 0);
      assert.equal(await client.stop(), 0);
    });

    it("writes nothing but messages to standard output, and nothing to standard error", async () => {
      const client = await LspClient.start({ capabilities: FULL, configuration: () => null });
      await client.open(SERVICE, TYPO);
      await client.diagnostics(SERVICE);
      await client.request("textDocument/hover", at(SERVICE, 1, 2));
      assert.equal(await client.stop(), 0);
      const messages = client.messages() as { jsonrpc: string; method?: string }[];
      assert.ok(messages.length >= 5);
      assert.deepEqual([...new Set(messages.map((it) => it.jsonrpc))], ["2.0"]);
      assert.deepEqual(
        messages.filter((it) => it.method === "window/logMessage"),
        [],
      );
      assert.equal(client.stderr, "");
    });
  });
});
