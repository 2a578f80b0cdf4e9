import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { EffectiveDocument } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const WEB = "[Container]\nImage=quay.io/a/b:1\nGroup=5\nVolume=data.volume:/data\nMemory=1g\nReadOnly=t\n";

describe("quadlets in an editor", () => {
  let root: string;
  const uri = (file: string): string => pathToFileURL(join(root, file)).href;
  before(async () => {
    await built();
    root = mkdtempSync(`${tmpdir()}/unit-warden-quadlets-`);
    mkdirSync(join(root, "web.container.d"));
    writeFileSync(join(root, "web.container"), WEB);
    writeFileSync(join(root, "web.container.d/10.conf"), "[Container]\nUser=5\n");
    writeFileSync(join(root, "data.volume"), "[Volume]\n");
    writeFileSync(join(root, "perl.pod"), "=head1 NAME\n");
  });
  after(() => {
    killLeftovers();
    rmSync(root, { recursive: true });
  });

  it("are judged with their drop-ins, for the podman of the settings", async () => {
    const client = await LspClient.start({
      folder: uri(""),
      initializationOptions: { podmanVersion: "5.4" },
    });
    try {
      const web = uri("web.container");
      await client.open(web, WEB, "systemd");
      const found = (await client.diagnostics(web)).map((it) => it.code);
      assert.deepEqual(found.sort(), ["quadlet/boolean", "quadlet/too-new"]);
    } finally {
      await client.stop();
    }
  });

  it("are shown as the service of any podman, with what is open", async () => {
    const client = await LspClient.start({ folder: uri(""), initializationOptions: { podmanVersion: "5.8" } });
    try {
      const web = uri("web.container");
      await client.open(web, WEB.replace("5", "6"), "systemd");
      const shown = async (podman?: string): Promise<string> =>
        (await client.request<{ text: string }>("unitWarden/effective", { uri: web, podman })).text;
      const target = await shown();
      assert.match(target, /^# web\.service as podman 5\.8 makes it\n/);
      assert.match(target, / --user 5:6 /);
      assert.match(await shown("5.4"), /^# podman 5\.4 makes no service of web\.container\n/m);
    } finally {
      await client.stop();
    }
  });

  it("are judged and shown part by part where one file has several", async () => {
    const client = await LspClient.start({ folder: uri("") });
    try {
      const all = uri("all.quadlets");
      const text =
        "# FileName=a\n[Container]\nImage=quay.io/b/c:1\nVolume=d.volume:/d\n---\n# FileName=d\n[Volume]\nUser=x\n";
      await client.open(all, text, "systemd");
      const found = (await client.diagnostics(all)).map((it) => `${it.range.start.line} ${it.code}`);
      assert.deepEqual(found, ["7 quadlet/value"]);
      const shown = await client.request<EffectiveDocument>("unitWarden/effective", { uri: all });
      const rows = shown.text.split("\n");
      for (const [line, start] of [
        [3, "  -v systemd-d:/d"],
        [7, "  --opt o=uid=0"],
      ] as const) {
        const at = rows.findIndex((it) => it.startsWith(start));
        assert.deepEqual(shown.remarks.find((it) => it.line === at)?.origin, { uri: all, line }, shown.text);
      }
    } finally {
      await client.stop();
    }
  });

  it("are explained, completed and linked", async () => {
    const client = await LspClient.start({ folder: uri("") });
    try {
      const web = uri("web.container");
      await client.open(web, WEB, "systemd");
      const textDocument = { uri: web };
      const hover = await client.request("textDocument/hover", { textDocument, position: { line: 4, character: 2 } });
      assert.match(JSON.stringify(hover), /--memory/);
      const list = await client.request("textDocument/completion", {
        textDocument,
        position: { line: 3, character: 7 },
      });
      assert.match(JSON.stringify(list), /"data\.volume"/);
      const target = await client.request("textDocument/definition", {
        textDocument,
        position: { line: 3, character: 9 },
      });
      assert.match(JSON.stringify(target), /data\.volume/);
    } finally {
      await client.stop();
    }
  });

  it("are told from what is called like them", async () => {
    const client = await LspClient.start({ folder: uri("") });
    try {
      const pod = uri("perl.pod");
      await client.open(pod, "=head1 NAME\n", "systemd");
      const symbols = await client.request("textDocument/documentSymbol", { textDocument: { uri: pod } });
      assert.deepEqual(symbols ?? [], []);
    } finally {
      await client.stop();
    }
  });
});
