import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { Location } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

/** Addresses that are no URIs, or name no place, or are full of what is no escape. */
const BAD = [
  ...["file:////server/share/a.service", "a b:c.service", "untitled:x.service", "", ":", "file:///%ff%zz/%41.service"],
  ...[
    "file://[::1/a.service",
    "//server/a.service",
    "a.service",
    "\ud800.service",
    "file:///\u0000.service",
    "C:\\a.service",
  ],
];
const TEXT = "[Unit]\nWants=b.service\n[Service]\nExecStart=/bin/true\n";

describe("a document whose address cannot be read", () => {
  let folder: string;
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  before(async () => {
    await built();
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unit-warden-bad-")));
    writeFileSync(join(folder, "a.service"), TEXT);
    writeFileSync(join(folder, "b.service"), "[Unit]\nDescription=Other\n");
    mkdirSync(join(folder, "a.service.d"));
    writeFileSync(join(folder, "a.service.d/x.conf"), "[Service]\nMemoryMax=1G\n");
  });
  after(() => {
    killLeftovers();
    rmSync(folder, { recursive: true });
  });

  it("takes nothing away from all others, and gets what its text says", async () => {
    const client = await LspClient.start({
      folder: pathToFileURL(folder).href,
      initializationOptions: { views: true },
    });
    for (const uri of BAD) await client.open(uri, TEXT);
    await client.open(uriOf("a.service"), TEXT);
    const textDocument = { uri: uriOf("a.service") };
    const position = { line: 1, character: 8 };
    const found = await client.request<Location[]>("textDocument/definition", { textDocument, position });
    assert.deepEqual(
      found.map((it) => it.uri),
      [uriOf("b.service")],
    );
    const symbols = await client.request<{ name: string }[]>("workspace/symbol", { query: "b.service" });
    assert.ok(symbols.some((it) => it.name === "b.service"));
    const effective = await client.request<{ text: string }>("unitWarden/effective", { uri: uriOf("a.service") });
    assert.match(effective.text, /MemoryMax=1G/);
    assert.ok(await client.request("textDocument/documentSymbol", { textDocument }));
    for (const uri of BAD) {
      const here = { textDocument: { uri } };
      await client.request("textDocument/hover", { ...here, position });
      await client.request("textDocument/definition", { ...here, position });
      await client.request("textDocument/documentSymbol", here);
      for (const method of ["report", "effective", "override", "status", "unitOf", "nixServiceConfig"])
        await client.request(`unitWarden/${method}`, { uri });
      await client.request("unitWarden/overview", { uris: [uri] });
      await client.request("unitWarden/levels", { uris: [uri] });
    }
    const own = { textDocument: { uri: "a b:c.service" }, position: { line: 3, character: 2 } };
    assert.match(JSON.stringify(await client.request("textDocument/hover", own)), /ExecStart=/);
    await client.notify("workspace/didChangeWatchedFiles", { changes: BAD.map((uri) => ({ uri, type: 2 })) });
    await client.request("workspace/willRenameFiles", { files: BAD.map((oldUri) => ({ oldUri, newUri: "::" })) });
    for (const uri of BAD) await client.notify("textDocument/didClose", { textDocument: { uri } });
    assert.deepEqual(client.logged, []);
    assert.equal(await client.stop(), 0);
    assert.equal(client.stderr, "");
  });

  it("may be that of a folder of the workspace", async () => {
    for (const rootUri of ["a b:c", "file:////server/share", "%", ""]) {
      const client = await LspClient.start({ folder: rootUri });
      await client.open(uriOf("a.service"), TEXT);
      const at = { textDocument: { uri: uriOf("a.service") }, position: { line: 1, character: 8 } };
      const found = await client.request<Location[]>("textDocument/definition", at);
      assert.deepEqual(
        found.map((it) => it.uri),
        [uriOf("b.service")],
        rootUri,
      );
      assert.deepEqual(client.logged, []);
      assert.equal(await client.stop(), 0);
    }
  });
});
