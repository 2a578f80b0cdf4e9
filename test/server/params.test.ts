import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as lsp from "vscode-languageserver-protocol";
import * as needsProtocol from "../../server/src/server/needsProtocol.ts";
import { PARAMETERS } from "../../server/src/server/params.ts";
import * as protocol from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const uri = "file:///srv/x.service";
const textDocument = { uri };
const position = { line: 1, character: 2 };
const range = { start: position, end: { line: 2, character: 0 } };
const inDocument = { textDocument };
const atPosition = { textDocument, position };
const item = { item: { name: "x.service", uri, kind: 1, range, selectionRange: range } };

/** Right parameters of every message that has some. */
const RIGHT: Readonly<Record<string, object>> = {
  initialize: { capabilities: {}, rootUri: null, workspaceFolders: [{ uri: "file:///srv", name: "srv" }] },
  "textDocument/didOpen": { textDocument: { uri, languageId: "systemd", version: 1, text: "[Service]\n" } },
  "textDocument/didChange": { textDocument: { uri, version: 2 }, contentChanges: [{ text: "[Service]\n", range }] },
  "textDocument/didClose": inDocument,
  "textDocument/didSave": inDocument,
  "textDocument/willSave": { textDocument, reason: 1 },
  "textDocument/willSaveWaitUntil": { textDocument, reason: 1 },
  "workspace/didChangeConfiguration": { settings: null },
  "workspace/didChangeWatchedFiles": { changes: [{ uri, type: 1 }] },
  "workspace/didChangeWorkspaceFolders": { event: { added: [{ uri }], removed: [{ uri }] } },
  "textDocument/completion": { ...atPosition, context: { triggerKind: 2, triggerCharacter: "=" } },
  "completionItem/resolve": { label: "x" },
  "textDocument/hover": atPosition,
  "textDocument/semanticTokens/full": inDocument,
  "textDocument/semanticTokens/range": { textDocument, range },
  "textDocument/inlayHint": { textDocument, range },
  "textDocument/documentLink": inDocument,
  "textDocument/documentHighlight": atPosition,
  "textDocument/selectionRange": { textDocument, positions: [position] },
  "textDocument/formatting": { textDocument, options: { tabSize: 2, insertSpaces: true } },
  "textDocument/rangeFormatting": { textDocument, range, options: { tabSize: 2, insertSpaces: true } },
  "textDocument/documentSymbol": inDocument,
  "textDocument/foldingRange": inDocument,
  "textDocument/codeLens": inDocument,
  "textDocument/codeAction": { textDocument, range, context: { diagnostics: [], only: ["quickfix"] } },
  "codeAction/resolve": { title: "x", kind: "quickfix" },
  "textDocument/definition": atPosition,
  "textDocument/references": { ...atPosition, context: { includeDeclaration: true } },
  "workspace/symbol": { query: "x" },
  "textDocument/prepareCallHierarchy": atPosition,
  "callHierarchy/incomingCalls": item,
  "callHierarchy/outgoingCalls": item,
  "textDocument/prepareRename": atPosition,
  "textDocument/rename": { ...atPosition, newName: "y.service" },
  "workspace/willRenameFiles": { files: [{ oldUri: uri, newUri: uri }] },
  "textDocument/diagnostic": { textDocument, previousResultId: "a" },
  "workspace/diagnostic": { previousResultIds: [{ uri, value: "a" }] },
  "workspace/executeCommand": { command: "x", arguments: [] },
  "unitWarden/status": { uri },
  "unitWarden/levels": { uris: [uri] },
  "unitWarden/unitOf": { uri },
  "unitWarden/effective": { uri },
  "unitWarden/report": { uri },
  "unitWarden/overview": { uris: [uri], workDoneToken: 1 },
  "unitWarden/sandbox": { uri, whatIf: "now" },
  "unitWarden/fix": { uri, id: "x", safe: "y", all: "basic", learnt: "all" },
  "unitWarden/explainFailure": { uri, text: "x" },
  "unitWarden/nixServiceConfig": { uri },
  "unitWarden/hardeningChoices": { uri },
  "unitWarden/offeredSettings": { uri },
  "unitWarden/needsQuestion": { uri, answers: [{ need: "x", says: "no", details: ["y"] }], ids: ["x"] },
  "unitWarden/override": { uri },
  "unitWarden/learnBundle": { uri, bundles: [uri] },
  "unitWarden/manualPage": { page: "x", section: "5" },
  "unitWarden/rule": { code: "value/path" },
  "unitWarden/newUnit": {
    ...{ name: "x", exec: "/bin/x", scope: "system", runAs: { kind: "user", name: "u" }, start: { kind: "boot" } },
    ...{ port: 80, description: "x", documentation: ["man:x(1)"] },
  },
  "unitWarden/newFile": {
    kind: "mount",
    what: "/dev/sdb1",
    where: "/srv/a",
    type: "ext4",
    options: "",
    scope: "system",
  },
  "unitWarden/readCommand": { exec: "/bin/x" },
  "unitWarden/units": { near: uri },
};

/** Every value in some parameters, put in the place of each other one in turn. */
function* withOther(value: unknown, others: readonly unknown[]): Iterable<unknown> {
  yield* others;
  if (typeof value !== "object" || value === null) return;
  for (const [key, it] of Object.entries(value))
    for (const other of withOther(it, others)) yield Array.isArray(value) ? [other] : { ...value, [key]: other };
}

const WRONG = [undefined, null, 7, -1, 1.5, 1e300, 2 ** 31, "x", true, [], {}, [null]];

/** Requests of the library's own and of ours that take nothing. */
const WITHOUT = ["shutdown", protocol.MANUAL_INDEX_REQUEST, protocol.INSTALLED_REQUEST];

/** All requests that a client can send, of the protocol and ours. */
const REQUESTS = [
  ...Object.values(lsp as Record<string, unknown>).flatMap((it) => {
    const { type, messageDirection } = (it ?? {}) as { type?: { method?: string }; messageDirection?: string };
    return type instanceof lsp.ProtocolRequestType || type instanceof lsp.ProtocolRequestType0
      ? messageDirection === "serverToClient"
        ? []
        : [type.method]
      : [];
  }),
  ...Object.entries({ ...protocol, ...needsProtocol }).flatMap(([name, it]) =>
    /_REQUEST$/.test(name) && typeof it === "string" ? [it] : [],
  ),
];

describe("parameters of messages", () => {
  before(built);
  after(killLeftovers);

  it("are described for every message, and the right ones pass", () => {
    assert.deepEqual(Object.keys(RIGHT).sort(), Object.keys(PARAMETERS).sort());
    for (const [method, params] of Object.entries(RIGHT))
      assert.equal(PARAMETERS[method]?.(params, ""), undefined, method);
  });

  it("are named where they are wrong, with what they are and what they should be", () => {
    const wrong = (method: string, params: unknown) => PARAMETERS[method]?.(params, "");
    assert.equal(wrong("textDocument/hover", undefined), "params is missing, but must be an object");
    assert.equal(wrong("textDocument/hover", { textDocument }), "position is missing, but must be an object");
    assert.equal(
      wrong("textDocument/hover", { textDocument: null, position }),
      "textDocument is null, but must be an object",
    );
    assert.equal(
      wrong("textDocument/hover", { textDocument, position: { line: "1", character: 0 } }),
      'position.line is "1", but must be a whole number from 0 to 2147483647',
    );
    assert.equal(
      wrong("textDocument/selectionRange", { textDocument, positions: [position, { line: 0, character: 1e300 }] }),
      "positions[1].character is 1e+300, but must be a whole number from 0 to 2147483647",
    );
    assert.equal(
      wrong("unitWarden/sandbox", { uri, whatIf: "x" }),
      'whatIf is "x", but must be one of now, basic, strict, isolated',
    );
    assert.equal(
      wrong("textDocument/hover", { __proto__: atPosition }),
      "textDocument is missing, but must be an object",
    );
  });

  it("that are missing are refused by every request that has some", async () => {
    const client = await LspClient.start();
    const handled: string[] = [];
    for (const method of REQUESTS.filter((it) => !WITHOUT.includes(it) && it !== "initialize")) {
      const code = await client.request(method).then(
        () => "answered",
        (error: lsp.ResponseError<unknown>) => error.code,
      );
      if (code === lsp.ErrorCodes.MethodNotFound) continue;
      assert.equal(code, lsp.ErrorCodes.InvalidParams, method);
      handled.push(method);
    }
    const requests = Object.keys(PARAMETERS).filter((it) => !/\/(?:did|willSave$)|^initialize$/.test(it));
    assert.deepEqual(handled.sort(), requests.sort());
    assert.equal(await client.stop(), 0);
  });

  it("of any kind never fail a handler, and those of notifications are logged and ignored", async () => {
    const client = await LspClient.start({ initializationOptions: { views: true } });
    await client.open(uri, "[Service]\nExecStart=/bin/true\n");
    let refused = 0;
    for (const [method, right] of Object.entries(RIGHT)) {
      if (method === "initialize") continue;
      for (const params of withOther(right, WRONG)) {
        if (/\/(?:did|willSave$)/.test(method)) {
          if (PARAMETERS[method]?.(params, "") !== undefined) await client.notify(method, params);
          continue;
        }
        // What waits for a change of the files is not waited for.
        if (method === "workspace/diagnostic" && PARAMETERS[method]?.(params, "") === undefined) continue;
        const code = await client.request(method, params).then(
          () => undefined,
          (error: lsp.ResponseError<unknown>) => error.code,
        );
        assert.notEqual(code, lsp.ErrorCodes.InternalError, `${method} ${JSON.stringify(params)}`);
        if (code === lsp.ErrorCodes.InvalidParams) refused++;
      }
    }
    assert.ok(refused > 500, String(refused));
    assert.ok(client.logged.length > 100, String(client.logged.length));
    const failed = client.logged.filter((it) => !/^Ignored [\w/]+: .+, but must be /.test(it));
    assert.deepEqual(failed, []);
    assert.ok(await client.request("textDocument/hover", atPosition));
    assert.equal(await client.stop(), 0);
    assert.equal(client.stderr, "");
  }).timeout(300_000);

  it("of the greeting are looked at, too", async () => {
    for (const params of [undefined, { rootUri: 7 }, { capabilities: [] }, { workspaceFolders: [null] }])
      await assert.rejects(LspClient.greeted(params), { code: lsp.ErrorCodes.InvalidParams });
  });
});
