import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  ClientCapabilities,
  DocumentLink,
  Hover,
  Location,
  LocationLink,
  ResourceOperationKind,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver-protocol";
import { offerTo, readClient } from "../../server/src/server/capabilities.ts";
import { built } from "../kit/built.ts";
import { type ClientKind, killLeftovers, LspClient } from "../kit/client.ts";

const FULL: ClientKind = {
  capabilities: {
    textDocument: { definition: { linkSupport: true }, hover: { contentFormat: ["markdown"] } },
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
  },
};
const SHOP = "[Unit]\nDescription=The shop\nRequires=db.service\nAfter=db.service\n[Service]\nNice=1\n";
const DB = "[Unit]\nDescription=The database\n[Service]\nExecStart=/usr/bin/db\n";

describe("server: from unit to unit", () => {
  let root: string;
  const uriOf = (name: string): string => pathToFileURL(join(root, name)).href;
  const textDocument = { uri: "" };

  before(async () => {
    await built();
    root = mkdtempSync(join(tmpdir(), "unit-warden-navigation-"));
    const files = {
      "shop.service": SHOP,
      "shop.service.d/10.conf": "[Service]\nNice=2\n",
      "db.service": DB,
      "db.timer": "[Timer]\nOnCalendar=daily\nUnit=db.service\n",
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    mkdirSync(join(root, "multi-user.target.wants"));
    symlinkSync("../db.service", join(root, "multi-user.target.wants/db.service"));
    textDocument.uri = uriOf("shop.service");
  });
  after(() => {
    killLeftovers();
    rmSync(root, { recursive: true });
  });

  /** A client that has the folder and the shop open. */
  async function shopped(kind: ClientKind): Promise<LspClient> {
    const client = await LspClient.start({ ...kind, folder: pathToFileURL(root).href });
    await client.open(textDocument.uri, SHOP);
    return client;
  }
  const position = { line: 2, character: 12 };
  const at = { textDocument, position };

  it("goes to the unit file, with links or without", async () => {
    for (const kind of [FULL, {}]) {
      const client = await shopped(kind);
      const [found] = await client.request<(LocationLink & Location)[]>("textDocument/definition", at);
      assert.equal(found?.targetUri ?? found?.uri, uriOf("db.service"));
      const refs = await client.request<Location[]>("textDocument/references", {
        ...at,
        context: { includeDeclaration: false },
      });
      assert.deepEqual(
        refs.map((it) => `${it.uri.slice(uriOf("").length + 1)}:${it.range.start.line}`),
        ["db.timer:2", "multi-user.target.wants/db.service:0", "shop.service:2", "shop.service:3"],
      );
      const links = await client.request<DocumentLink[]>("textDocument/documentLink", { textDocument });
      assert.deepEqual(
        links.map((it) => it.target),
        [uriOf("db.service"), uriOf("db.service")],
      );
      const hover = await client.request<Hover | null>("textDocument/hover", at);
      const said = JSON.stringify(hover?.contents);
      assert.match(said, /The database/);
      assert.match(said, /multi-user\.target\.wants/);
      const symbols = await client.request<WorkspaceSymbol[]>("workspace/symbol", { query: "db.s" });
      assert.equal(symbols[0]?.name, "db.service");
      assert.equal(symbols[0]?.containerName, "The database");
      const [item] = await client.request<CallHierarchyItem[]>("textDocument/prepareCallHierarchy", at);
      assert.equal(item?.name, "db.service");
      const calls = await client.request<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", { item });
      assert.deepEqual(
        calls.map(({ from }) => `${from.name} ${from.detail}`),
        ["db.timer Unit", "multi-user.target Wants", "shop.service Requires, After"],
      );
      const drop = uriOf("shop.service.d/10.conf");
      await client.open(drop, "[Service]\nNice=2\n");
      const [over] = await client.request<(LocationLink & Location)[]>("textDocument/definition", {
        textDocument: { uri: drop },
        position: { line: 1, character: 1 },
      });
      assert.equal(over?.targetUri ?? over?.uri, textDocument.uri);
      assert.equal((over?.targetSelectionRange ?? over?.range)?.start.line, 5);
      assert.equal(await client.stop(), 0);
    }
  });

  it("renames a unit in open and closed files, with its file and links", async () => {
    const client = await shopped(FULL);
    const prepared = await client.request("textDocument/prepareRename", at);
    assert.deepEqual(prepared, {
      range: { start: { line: 2, character: 9 }, end: { line: 2, character: 19 } },
      placeholder: "db.service",
    });
    const edit = await client.request<WorkspaceEdit>("textDocument/rename", { ...at, newName: "store.service" });
    assert.deepEqual(
      edit.documentChanges?.map((it) =>
        "kind" in it
          ? it.kind === "rename" && [it.oldUri, it.newUri]
          : [it.textDocument.uri, it.textDocument.version, it.edits.length],
      ),
      [
        [uriOf("db.timer"), null, 1],
        [uriOf("shop.service"), 1, 2],
        [uriOf("db.service"), uriOf("store.service")],
        [uriOf("multi-user.target.wants/db.service"), uriOf("multi-user.target.wants/store.service")],
      ],
    );
    await assert.rejects(
      client.request("textDocument/rename", { ...at, newName: "shop.service" }),
      /shop\.service already exists/,
    );
    assert.equal(await client.stop(), 0);
  });

  it("lets names follow when a file is renamed by hand, and not again when it was asked to rename it", async () => {
    const client = await shopped(FULL);
    const willRename = (from: string, to: string): Promise<WorkspaceEdit | null> =>
      client.request("workspace/willRenameFiles", { files: [{ oldUri: uriOf(from), newUri: uriOf(to) }] });
    const edit = await willRename("db.service", "store.service");
    assert.deepEqual(
      edit?.documentChanges?.map((it) =>
        "kind" in it ? it.kind === "rename" && [it.oldUri, it.newUri] : [it.textDocument.uri, it.edits.length],
      ),
      [
        [uriOf("db.timer"), 1],
        [uriOf("shop.service"), 2],
        [uriOf("multi-user.target.wants/db.service"), uriOf("multi-user.target.wants/store.service")],
      ],
    );
    assert.equal(await willRename("multi-user.target.wants/db.service", "multi-user.target.wants/store.service"), null);
    assert.equal(await willRename("db.service", "shop.service"), null);
    const [moved, emptied] = (await willRename("shop.service", "store.service"))?.documentChanges ?? [];
    assert.deepEqual(
      [moved && "oldUri" in moved && moved.newUri, emptied && "uri" in emptied && [emptied.kind, emptied.uri]],
      [uriOf("store.service.d/10.conf"), ["delete", uriOf("shop.service.d")]],
    );
    await client.request("textDocument/rename", { ...at, newName: "store.service" });
    assert.equal(await willRename("db.service", "store.service"), null);
    assert.equal(await client.stop(), 0);
  });

  it("offers to rename only to a client that can give files other names", () => {
    const edits = (resourceOperations: ResourceOperationKind[], documentChanges = true) => ({
      workspace: { workspaceEdit: { documentChanges, resourceOperations } },
    });
    const offers = (capabilities: ClientCapabilities) =>
      offerTo(readClient(capabilities), { workspaceDiagnostics: "off" }).capabilities;
    const offered = (capabilities: ClientCapabilities) => offers(capabilities).renameProvider;
    assert.equal(offers({}).workspace?.fileOperations, undefined);
    assert.ok(offers(edits(["rename"])).workspace?.fileOperations?.willRename);
    for (const it of [{}, edits([]), edits(["create"]), edits(["rename"], false)]) assert.equal(offered(it), undefined);
    assert.equal(offered(edits(["rename"])), true);
    const prepares = { ...edits(["rename"]), textDocument: { rename: { prepareSupport: true } } };
    assert.deepEqual(offered(prepares), { prepareProvider: true });
  });

  it("says why it cannot rename", async () => {
    const client = await shopped({});
    await assert.rejects(client.request("textDocument/prepareRename", at), /does not support for language servers/);
    await assert.rejects(
      client.request("textDocument/rename", { ...at, newName: "store.service" }),
      /does not support for language servers/,
    );
    const nothing = { textDocument, position: { line: 0, character: 0 } };
    assert.equal(await client.request("textDocument/prepareRename", nothing), null);
    assert.equal(await client.stop(), 0);
    const outside = await LspClient.start(FULL);
    await outside.open(textDocument.uri, SHOP);
    await assert.rejects(outside.request("textDocument/prepareRename", at), /is outside the open folders/);
    assert.equal(await outside.stop(), 0);
  });
});
