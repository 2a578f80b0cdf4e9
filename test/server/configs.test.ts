import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const PORT = "[Match]\nName=en*\n\n[Network]\nBridge=br0\n";

interface Place {
  readonly uri: string;
  readonly targetUri: string;
  readonly range: { readonly start: { readonly line: number } };
}

describe("configuration files in an editor", () => {
  let root: string;
  const uri = (file: string): string => pathToFileURL(join(root, file)).href;
  before(async () => {
    await built();
    root = mkdtempSync(`${tmpdir()}/unit-warden-configs-`);
    mkdirSync(join(root, "systemd/network"), { recursive: true });
    writeFileSync(join(root, "systemd/network/10-br0.netdev"), "[NetDev]\nName=br0\nKind=bridge\n");
    writeFileSync(join(root, "systemd/network/20-br0.network"), "[Match]\nName=br0\n[Network]\nDHCP=yes\n");
    writeFileSync(join(root, "systemd/network/30-port.network"), PORT);
  });
  after(() => {
    killLeftovers();
    rmSync(root, { recursive: true });
  });

  it("lead from port to bridge, and are renamed together, with what is open", async () => {
    const client = await LspClient.start({ folder: uri("") });
    try {
      const port = uri("systemd/network/30-port.network");
      await client.open(port, PORT.replace("br0", "br0 "), "systemd");
      const at = { textDocument: { uri: port }, position: { line: 4, character: 9 } };
      const [definition] = await client.request<Place[]>("textDocument/definition", at);
      assert.match(definition?.targetUri ?? definition?.uri ?? "", /10-br0\.netdev$/);
      const found = await client.request<Place[]>("textDocument/references", {
        ...at,
        context: { includeDeclaration: true },
      });
      assert.deepEqual(found.map((it) => `${it.uri.replace(/^.*\//, "")}:${it.range.start.line}`).sort(), [
        "10-br0.netdev:1",
        "20-br0.network:1",
        "30-port.network:4",
      ]);
      assert.deepEqual(await client.request<{ placeholder: string }>("textDocument/prepareRename", at), {
        range: { start: { line: 4, character: 7 }, end: { line: 4, character: 10 } },
        placeholder: "br0",
      });
      const { changes } = await client.request<{ changes: object }>("textDocument/rename", { ...at, newName: "lan" });
      assert.equal(Object.keys(changes).length, 3);
      await assert.rejects(client.request("textDocument/rename", { ...at, newName: "a/b" }), /no name of an interface/);
    } finally {
      await client.stop();
    }
  });

  it("complete the devices of the files beside them", async () => {
    const client = await LspClient.start({ folder: uri("") });
    try {
      const port = uri("systemd/network/30-port.network");
      await client.open(port, PORT.replace("br0", ""), "systemd");
      const at = { textDocument: { uri: port }, position: { line: 4, character: 7 } };
      const { items } = await client.request<{ items: readonly { label: string }[] }>("textDocument/completion", at);
      assert.ok(items.some((it) => it.label === "br0"));
    } finally {
      await client.stop();
    }
  });

  it("are judged together, as the others are edited", async () => {
    const client = await LspClient.start({ folder: uri("") });
    try {
      const [port, bridge] = [uri("systemd/network/30-port.network"), uri("systemd/network/10-br0.netdev")];
      // They may come several times; each time that is waited for here, the last ones were others.
      const comes = async (...codes: readonly string[]): Promise<void> => {
        while (String((await client.diagnostics(port)).map((it) => it.code)) !== String(codes));
      };
      await client.open(port, PORT, "systemd");
      await comes();
      const text = "[NetDev]\nName=br0\nKind=bridge\n";
      await client.open(bridge, text.replace("br0", "br1"), "systemd");
      await comes("network/missing-device");
      await client.notify("textDocument/didChange", {
        textDocument: { uri: bridge, version: 2 },
        contentChanges: [{ text }],
      });
      await comes();
    } finally {
      await client.stop();
    }
  });

  it("list the devices of the workspace among its symbols", async () => {
    const client = await LspClient.start({ folder: uri("") });
    try {
      const found = await client.request<{ name: string; location: { uri: string } }[]>("workspace/symbol", {
        query: "br0",
      });
      assert.deepEqual(
        found.map((it) => [it.name, it.location.uri]),
        [["br0", uri("systemd/network/10-br0.netdev")]],
      );
    } finally {
      await client.stop();
    }
  });
});
