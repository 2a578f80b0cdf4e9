import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { Hover } from "vscode-languageserver-protocol";
import type { EffectiveDocument } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const UNIT = "[Service]\nExecStart=/usr/bin/x\nProtectHome=yes\nUser=x\n";
const OFF = { hardening: { profile: "off" } };

describe("server: units with their drop-ins", () => {
  let root = "";
  before(async () => {
    await built();
    root = mkdtempSync(join(tmpdir(), "unit-warden-effective-"));
    mkdirSync(join(root, "usr/lib/systemd/system"), { recursive: true });
    mkdirSync(join(root, "etc/systemd/system/x.service.d"), { recursive: true });
    mkdirSync(join(root, "elsewhere/x.service.d"), { recursive: true });
    writeFileSync(join(root, "usr/lib/systemd/system/x.service"), UNIT);
    writeFileSync(join(root, "etc/systemd/system/x.service.d/a.conf"), "[Service]\nUser=y\n");
  });
  after(() => {
    killLeftovers();
    rmSync(root, { recursive: true });
  });
  const uriOf = (path: string): string => pathToFileURL(join(root, path)).href;
  const show = (client: LspClient, uri: string): Promise<EffectiveDocument | null> =>
    client.request("unitWarden/effective", { uri });

  it("shows the effective unit with what is open, from the unit and from the drop-in", async () => {
    const client = await LspClient.start({ initializationOptions: OFF });
    const [unit, dropIn] = [uriOf("usr/lib/systemd/system/x.service"), uriOf("etc/systemd/system/x.service.d/a.conf")];
    const saved = await show(client, unit);
    assert.match(saved?.text ?? "", /^# User=x\nUser=y$/m);
    assert.match(saved?.annotated ?? "", /^# User=x +# x\.service:4, overridden by a\.conf:2$/m);
    await client.open(dropIn, "[Service]\nUser=z\nGroup=g\n");
    await client.diagnostics(dropIn);
    for (const uri of [unit, dropIn]) {
      const shown = await show(client, uri);
      const at = shown?.text.split("\n").indexOf("User=z");
      const remark = shown?.remarks.find((it) => it.line === at);
      assert.deepEqual(remark, {
        line: at,
        text: "a.conf:2",
        place: "a.conf:2",
        reason: "",
        origin: { uri: dropIn, line: 1 },
      });
    }
    assert.equal(await show(client, uriOf("nothing.service.d/a.conf")), null);
    assert.equal(await client.stop(), 0);
  });

  it("shows a configuration with all its files, what is open among them", async () => {
    mkdirSync(join(root, "etc/systemd/journald.conf.d"), { recursive: true });
    writeFileSync(join(root, "etc/systemd/journald.conf"), "[Journal]\nStorage=auto\n");
    writeFileSync(join(root, "etc/systemd/journald.conf.d/a.conf"), "[Journal]\nSeal=no\n");
    const client = await LspClient.start({ initializationOptions: OFF });
    const [main, dropIn] = [uriOf("etc/systemd/journald.conf"), uriOf("etc/systemd/journald.conf.d/a.conf")];
    await client.open(dropIn, "[Journal]\nSeal=yes\n");
    await client.diagnostics(dropIn);
    for (const uri of [main, dropIn])
      assert.equal(
        (await show(client, uri))?.text.replaceAll(`${root}/`, ""),
        "# etc/systemd/journald.conf\n[Journal]\nStorage=auto\n\n# etc/systemd/journald.conf.d/a.conf\n[Journal]\nSeal=yes\n",
      );
    assert.equal(await client.stop(), 0);
  });

  it("explains the lines of an effective unit on hover, those that are not in force too, and judges none", async () => {
    const client = await LspClient.start({ initializationOptions: { hardening: { profile: "strict" } } });
    const source = uriOf("usr/lib/systemd/system/x.service");
    const dropIn = uriOf("etc/systemd/system/x.service.d/a.conf");
    for (const from of [source, dropIn]) {
      const { text = "" } = (await show(client, from)) ?? {};
      const uri = `unit-warden-effective:/Effective%20x.service?${encodeURIComponent(from)}`;
      await client.open(uri, text);
      const hovered = async (line: string, word: string): Promise<string> => {
        const at = text.split("\n").indexOf(line);
        assert.ok(at >= 0, line);
        const position = { line: at, character: line.indexOf(word) + 1 };
        const found = await client.request<Hover | null>("textDocument/hover", { textDocument: { uri }, position });
        return JSON.stringify(found);
      };
      assert.match(await hovered("ProtectHome=yes", "ProtectHome"), /ProtectHome= in .*write-protects/);
      assert.match(await hovered("ProtectHome=yes", "yes"), /yes/);
      assert.match(await hovered("# User=x", "User"), /User=.*\b(?:user|account)\b/i);
      assert.match(await hovered("[Service]", "Service"), /Service/);
      assert.equal(await hovered("# x.service as systemd reads it", "systemd"), "null");
      for (const method of ["codeLens", "documentSymbol", "documentLink"])
        assert.deepEqual((await client.request(`textDocument/${method}`, { textDocument: { uri } })) ?? [], []);
      assert.deepEqual(await client.diagnostics(uri), []);
    }
    assert.equal(await client.stop(), 0);
  });

  it("judges a drop-in with its unit, and again when the unit changes", async () => {
    const client = await LspClient.start({ initializationOptions: OFF });
    const [unit, dropIn] = [uriOf("usr/lib/systemd/system/x.service"), uriOf("etc/systemd/system/x.service.d/b.conf")];
    await client.open(dropIn, "[Service]\nExecStart=/opt/x\nProtectHome=no\n");
    const codes = async (): Promise<unknown[]> => (await client.diagnostics(dropIn)).map((it) => it.code);
    assert.deepEqual(await codes(), ["unit/several-commands"]);
    await client.open(unit, UNIT.replace("[Service]", "[Service]\nType=oneshot"));
    await client.notify("textDocument/didChange", {
      textDocument: { uri: unit, version: 2 },
      contentChanges: [{ text: `[Service]\nType=oneshot\n${UNIT}` }],
    });
    let found = await codes();
    while (found.includes("unit/several-commands")) found = await codes();
    assert.deepEqual(found, ["unit/added-to-list", "sandbox/weakened"]);
    assert.equal(await client.stop(), 0);
  });

  it("finds the unit of a drop-in elsewhere in the workspace", async () => {
    const client = await LspClient.start({ initializationOptions: OFF, folder: pathToFileURL(root).href });
    const dropIn = uriOf("elsewhere/x.service.d/c.conf");
    await client.open(dropIn, "[Service]\nProtectHome=no\n");
    // The index begins to be read when someone asks for it.
    let shown = await show(client, dropIn);
    while (!shown) shown = await show(client, dropIn);
    assert.match(shown.text, /^ProtectHome=no$/m);
    assert.equal(await client.stop(), 0);
  });
});
