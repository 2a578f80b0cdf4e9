import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { DocumentHighlight, DocumentLink, SelectionRange, TextEdit } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const OPTIONS = { tabSize: 2, insertSpaces: true };
const LOOSE = "[Service]\nType = exec\nNice = 1\n\n\n[Install]\n";

describe("server: editing", () => {
  let root: string;
  const uriOf = (name: string): string => pathToFileURL(join(root, name)).href;

  before(async () => {
    await built();
    root = mkdtempSync(join(tmpdir(), "unit-warden-editing-"));
    writeFileSync(join(root, "shop.env"), "A=1\n");
  });
  after(() => {
    killLeftovers();
    rmSync(root, { recursive: true });
  });

  it("formats a document, or some of its lines", async () => {
    const client = await LspClient.start();
    const uri = uriOf("a.service");
    await client.open(uri, LOOSE);
    const applied = (edits: TextEdit[]): string =>
      TextDocument.applyEdits(TextDocument.create(uri, "systemd", 1, LOOSE), edits);
    const textDocument = { uri };
    const all = await client.request<TextEdit[]>("textDocument/formatting", { textDocument, options: OPTIONS });
    assert.equal(applied(all), "[Service]\nType=exec\nNice=1\n\n[Install]\n");
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 3 } };
    const some = await client.request<TextEdit[]>("textDocument/rangeFormatting", {
      textDocument,
      range,
      options: OPTIONS,
    });
    assert.equal(applied(some), LOOSE.replace("Nice = 1", "Nice=1"));
    await client.open(uriOf("broken.service"), "[Unit]\rA = 1\n");
    const none = await client.request("textDocument/formatting", {
      textDocument: { uri: uriOf("broken.service") },
      options: OPTIONS,
    });
    assert.deepEqual(none, []);
    assert.equal(await client.stop(), 0);
  });

  it("grows selections and shows the other assignments", async () => {
    const client = await LspClient.start();
    const uri = uriOf("b.service");
    await client.open(uri, "[Service]\nNice=1\nNice=2\n");
    const position = { line: 1, character: 2 };
    const textDocument = { uri };
    const [range] = await client.request<SelectionRange[]>("textDocument/selectionRange", {
      textDocument,
      positions: [position],
    });
    assert.deepEqual(range?.range, { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } });
    assert.deepEqual(range?.parent?.range.end, { line: 1, character: 6 });
    const found = await client.request<DocumentHighlight[]>("textDocument/documentHighlight", {
      textDocument,
      position,
    });
    assert.deepEqual(
      found.map((it) => [it.range.start.line, it.kind]),
      [
        [1, 2],
        [2, 3],
      ],
    );
    assert.equal(await client.stop(), 0);
  });

  it("links files that are there, in a trusted workspace alone", async () => {
    const line = `EnvironmentFile=-${root}/shop.env`;
    for (const trusted of [true, false]) {
      const client = await LspClient.start({ initializationOptions: { trusted } });
      const uri = uriOf("c.service");
      await client.open(uri, `[Service]\n${line}\nReadOnlyPaths=${root}/none\n`);
      const links = await client.request<DocumentLink[]>("textDocument/documentLink", { textDocument: { uri } });
      assert.deepEqual(
        links.map((it) => [it.target, it.range.start.character, it.range.end.character]),
        trusted ? [[uriOf("shop.env"), 17, line.length]] : [],
      );
      assert.equal(await client.stop(), 0);
    }
  });
});
