import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import {
  type ApplyWorkspaceEditParams,
  type CodeLens,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol";
import type { OverviewRow, ShownReport } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";
import { applyLsp, open } from "../kit/view.ts";

const SERVICE = "file:///nowhere/etc/systemd/system/x.service";
const SOCKET = "file:///nowhere/etc/systemd/system/x.socket";
const DROP_IN = "file:///nowhere/etc/systemd/system/y-that-no-machine-has.service.d/a.conf";
const PLAIN = "[Service]\nExecStart=/bin/true --port 8080\n";

const TOP = { line: 0, character: 0 };

const lenses = (client: LspClient, uri: string): Promise<CodeLens[]> =>
  client.request("textDocument/codeLens", { textDocument: { uri } });
const execute = (client: LspClient, command: string, ...args: readonly unknown[]): Promise<unknown> =>
  client.request("workspace/executeCommand", { command, arguments: args });
/** The text after a workspace edit of one document. */
function changed(text: string, uri: string, edit: WorkspaceEdit): string {
  assert.deepEqual(Object.keys(edit.changes ?? {}), [uri]);
  return applyLsp(open(text), edit.changes?.[uri] ?? []);
}

describe("server: exposure", () => {
  before(built);
  after(killLeftovers);

  for (const [what, initializationOptions, command] of [
    ["without views", undefined, "unitWarden.reportMarkdown"],
    ["with views", { views: true }, "unitWarden.openReport"],
    ["that says something else of its views", { views: "yes" }, "unitWarden.reportMarkdown"],
  ] as const)
    it(`gives lenses to a client ${what}`, async () => {
      const client = await LspClient.start(initializationOptions ? { initializationOptions } : {});
      await client.open(SERVICE, PLAIN);
      const found = await lenses(client, SERVICE);
      assert.deepEqual(
        found.map((it) => [it.command?.title, it.command?.command, it.command?.arguments]),
        [
          [command === "unitWarden.openReport" ? "$(error)\u00a09.4 UNSAFE" : "9.4 UNSAFE", command, [SERVICE]],
          ["16 safe settings are missing (9.4 → 5.5)", "unitWarden.addSafeSettings", [SERVICE]],
          ["report", command, [SERVICE]],
        ],
      );
      assert.equal(await client.stop(), 0);
    });

  it("reads no programs for a workspace that is not trusted, and says so", async () => {
    const client = await LspClient.start({ initializationOptions: { trusted: false } });
    await client.open(SERVICE, PLAIN);
    assert.match(String(await execute(client, "unitWarden.programMarkdown", SERVICE)), /this workspace is not trusted/);
    assert.equal(await client.stop(), 0);
  });

  it("follows the profile of the settings", async () => {
    const client = await LspClient.start({ initializationOptions: { hardening: { profile: "off" }, views: true } });
    await client.open(SERVICE, PLAIN);
    assert.deepEqual(
      (await lenses(client, SERVICE)).map((it) => it.command?.title),
      ["$(error)\u00a09.4 UNSAFE", "report"],
    );
    assert.equal(await client.stop(), 0);
  });

  it("has lenses asked for again once the drop-ins of a unit are read, or the settings are others", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-lens-"));
    mkdirSync(join(folder, "x.service.d"));
    writeFileSync(join(folder, "x.service.d/a.conf"), "[Service]\nPrivateNetwork=yes\n");
    try {
      const client = await LspClient.start({ capabilities: { workspace: { codeLens: { refreshSupport: true } } } });
      const refreshed = (): Promise<void> =>
        new Promise((resolve) => {
          client.connection.onRequest("workspace/codeLens/refresh", () => {
            resolve();
            return null;
          });
        });
      const first = async (): Promise<string | undefined> => (await lenses(client, uri))[0]?.command?.title;
      const uri = pathToFileURL(join(folder, "x.service")).href;
      const late = refreshed();
      await client.open(uri, PLAIN);
      assert.equal(await first(), "9.0 UNSAFE", "right after it was opened");
      await late;
      assert.equal(await first(), "9.0 UNSAFE");
      const other = refreshed();
      await client.notify("workspace/didChangeConfiguration", {
        settings: { unitWarden: { hardening: { profile: "off" } } },
      });
      await other;
      assert.equal((await lenses(client, uri)).length, 2);
      assert.equal(await client.stop(), 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has lenses asked for again once a new file is saved, as none was there while it was unfinished", async () => {
    const client = await LspClient.start({ capabilities: { workspace: { codeLens: { refreshSupport: true } } } });
    const uri = "file:///srv/new.service";
    const titles = async (): Promise<(string | undefined)[]> =>
      (await lenses(client, uri)).map((it) => it.command?.title);
    await client.open(uri, "");
    await client.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: TOP, end: TOP }, text: "[Service]\n" }],
    });
    assert.deepEqual(await titles(), []);
    const refreshed = new Promise<void>((resolve) => {
      client.connection.onRequest("workspace/codeLens/refresh", () => {
        resolve();
        return null;
      });
    });
    await client.notify("textDocument/didSave", { textDocument: { uri } });
    await refreshed;
    assert.deepEqual((await titles())[0], "refused by systemd");
    assert.equal(await client.stop(), 0);
  });

  describe("with one client", () => {
    let client: LspClient;
    let folder: string;
    const applied: ApplyWorkspaceEditParams[] = [];
    const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
    const overview = (...uris: readonly string[]): Promise<OverviewRow[]> =>
      client.request("unitWarden/overview", { uris });

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "unit warden "));
      client = await LspClient.start();
      client.connection.onRequest("workspace/applyEdit", (params: ApplyWorkspaceEditParams) => {
        applied.push(params);
        return { applied: true };
      });
      await client.open(SERVICE, PLAIN);
      await client.open(SOCKET, "[Socket]\nListenStream=80\n");
      await client.open(DROP_IN, PLAIN);
    });
    after(async () => {
      rmSync(folder, { recursive: true });
      assert.equal(await client.stop(), 0);
      assert.equal(client.stderr, "");
      assert.deepEqual(client.logged, []);
    });

    it("has no lenses for sockets, drop-ins and what is not open", async () => {
      for (const uri of [SOCKET, DROP_IN, "file:///nowhere.service"]) assert.deepEqual(await lenses(client, uri), []);
    });

    it("adds all safe settings by an edit that the client applies", async () => {
      assert.equal(await execute(client, "unitWarden.addSafeSettings", SERVICE), null);
      const [asked, ...more] = applied.splice(0);
      assert.ok(asked && more.length === 0);
      const text = changed(PLAIN, SERVICE, asked.edit);
      assert.match(text, /^\[Service\]\nExecStart=\/bin\/true --port 8080\n(?:\n# [A-Z].*\n(?:\w+=.*\n)+){5}$/);
      assert.equal(text.match(/^\w+=/gm)?.length, 1 + 16);
      const uri = "file:///nowhere/etc/systemd/system/after.service";
      await client.open(uri, text);
      assert.deepEqual(
        (await lenses(client, uri)).map((it) => it.command?.title),
        ["5.5 MEDIUM", "3 open decisions", "report"],
      );
      assert.equal(await execute(client, "unitWarden.addSafeSettings", uri), null);
      assert.deepEqual(applied, []);
    });

    it("has nothing to add to sockets, drop-ins and what is not open", async () => {
      for (const args of [[SOCKET], [DROP_IN], ["file:///nowhere.service"], [], [7], [null]])
        assert.equal(await execute(client, "unitWarden.addSafeSettings", ...args), null);
      assert.deepEqual(applied, []);
    });

    it("writes the report as Markdown, for services only", async () => {
      const page = await execute(client, "unitWarden.reportMarkdown", SERVICE);
      assert.match(
        String(page),
        /^# \*\*x\.service\*\*: 9\.4 UNSAFE\n\n## 16 safe settings are missing \(9\.4 → 5\.5\)\n\nAdd all 16 safe settings \(9\.4 → 5\.5\)/,
      );
      assert.match(String(page), /\n## Needs a decision\n\n- \[User=\/DynamicUser=\]/);
      for (const args of [[SOCKET], [DROP_IN], ["file:///nowhere.service"], []])
        assert.equal(await execute(client, "unitWarden.reportMarkdown", ...args), null);
    });

    it("writes what was read of programs, which is nothing of another tree, for services only", async () => {
      const page = await execute(client, "unitWarden.programMarkdown", SERVICE);
      assert.match(String(page), /^# Programs of `x\.service`\n\nNothing is read: /);
      for (const args of [[SOCKET], [DROP_IN], ["file:///nowhere.service"], []])
        assert.equal(await execute(client, "unitWarden.programMarkdown", ...args), null);
    });

    it("knows no other command", async () => {
      assert.equal(await execute(client, "unitWarden.noSuchCommand", SERVICE), null);
      assert.deepEqual(applied, []);
    });

    it("gives the report as data, for open services only", async () => {
      const report = await client.request<ShownReport>("unitWarden/report", { uri: SERVICE });
      assert.deepEqual(
        [report.uri, report.name, report.user, report.exposure, report.level?.name, report.rows.length],
        [SERVICE, "x.service", false, 94, "UNSAFE", 81],
      );
      for (const uri of [SOCKET, DROP_IN, "file:///nowhere.service"])
        assert.equal(await client.request("unitWarden/report", { uri }), null);
    });

    it("reports from the current text and the drop-ins beside it", async () => {
      mkdirSync(join(folder, "d.service.d"));
      writeFileSync(join(folder, "d.service.d", "a.conf"), "[Service]\nPrivateNetwork=yes\n");
      const uri = uriOf("d.service");
      await client.open(uri, PLAIN);
      await client.diagnostics(uri);
      const exposure = async (): Promise<unknown> =>
        (await client.request<ShownReport>("unitWarden/report", { uri })).exposure;
      assert.equal(await exposure(), 90);
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: `${PLAIN}CapabilityBoundingSet=\n` }],
      });
      assert.equal(await exposure(), 65);
    });

    it("fixes one check", async () => {
      const fix = (uri: string, id: string): Promise<WorkspaceEdit | null> =>
        client.request("unitWarden/fix", { uri, id });
      const edit = await fix(SERVICE, "ProtectClock");
      assert.ok(edit);
      assert.equal(changed(PLAIN, SERVICE, edit), `${PLAIN}ProtectClock=yes\n`);
      const weak = "file:///nowhere/etc/systemd/system/weak.service";
      const text = `${PLAIN}ProtectClock=no # 🦊\nProtectClock=no\n`;
      await client.open(weak, text);
      const change = await fix(weak, "ProtectClock");
      assert.ok(change);
      assert.equal(changed(text, weak, change), `${PLAIN}ProtectClock=no # 🦊\nProtectClock=yes\n`);
      assert.equal(await fix(SERVICE, "NoSuchCheck"), null);
      for (const uri of [SOCKET, DROP_IN, "file:///nowhere.service"])
        assert.equal(await fix(uri, "ProtectClock"), null);
    });

    it("adds what is safe from the report: one setting by its safe value, and all of a profile", async () => {
      const fix = (params: object): Promise<WorkspaceEdit | null> => client.request("unitWarden/fix", params);
      const report = await client.request<ShownReport>("unitWarden/report", { uri: SERVICE });
      const [first] = report.safe;
      assert.deepEqual([first?.title, first?.directive], ["Add ProtectSystem=full", "ProtectSystem"]);
      const one = await fix({ uri: SERVICE, safe: "ProtectSystem" });
      assert.ok(one);
      assert.equal(changed(PLAIN, SERVICE, one), `${PLAIN}ProtectSystem=full\n`);
      assert.equal(report.all[0]?.title, "Add all 16 safe settings");
      const all = await fix({ uri: SERVICE, all: report.all[0]?.profile });
      assert.ok(all);
      assert.equal(changed(PLAIN, SERVICE, all).match(/^\w+=/gm)?.length, 1 + 16);
      const anyway = await fix({ uri: SERVICE, id: "ProtectSystem" });
      assert.ok(anyway);
      assert.equal(changed(PLAIN, SERVICE, anyway), `${PLAIN}ProtectSystem=strict\n`);
      for (const params of [{ all: "off" }, { safe: "PrivateNetwork" }])
        assert.equal(await fix({ uri: SERVICE, ...params }), null, JSON.stringify(params));
      for (const params of [{ all: 7 }, { safe: null }, { all: null }])
        await assert.rejects(fix({ uri: SERVICE, ...params }), { code: -32602 }, JSON.stringify(params));
      for (const uri of [SOCKET, DROP_IN, "file:///nowhere.service"])
        assert.equal(await fix({ uri, all: "basic" }), null);
    });

    it("overlooks open and unopened files, the most exposed first", async () => {
      const files = {
        "a b.service": "",
        "plain.service": PLAIN,
        "also-plain.service": PLAIN,
        "net.service": `${PLAIN}PrivateNetwork=yes\n`,
        "caps.service": PLAIN,
        "refused.service": "[Service]\nExecStop=/bin/true\n",
        "x.socket": "[Socket]\nListenStream=80\n",
        "readme.md": "",
      };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      mkdirSync(join(folder, "caps.service.d"));
      writeFileSync(join(folder, "caps.service.d", "a.conf"), "[Service]\nCapabilityBoundingSet=\n");
      const edited = uriOf("net.service");
      await client.open(edited, PLAIN.replace("8080", "8081"));
      const names = [...Object.keys(files), "missing.service"].filter((it) => it !== "a b.service");
      const rows = await overview(...names.map(uriOf), SOCKET, DROP_IN);
      assert.deepEqual(
        rows.map((it) => [it.name, it.exposure, it.level?.name]),
        [
          ["refused.service", undefined, undefined],
          ["also-plain.service", 94, "UNSAFE"],
          ["net.service", 94, "UNSAFE"],
          ["plain.service", 94, "UNSAFE"],
          ["caps.service", 69, "MEDIUM"],
        ],
      );
      assert.deepEqual(rows[1]?.uri, uriOf("also-plain.service"));
      writeFileSync(join(folder, "thing.service"), "[Service]\nExecStart=/usr/local/bin/thing\n");
      const [thing] = await overview(uriOf("thing.service"));
      assert.ok(thing && thing.safe > 0 && thing.likely > 0 && rows[1]?.likely === 0);
      assert.deepEqual(
        rows.map((it) => [it.safe, it.after]),
        [
          [13, undefined],
          [16, 55],
          [16, 55],
          [16, 55],
          [16, 38],
        ],
      );
      assert.deepEqual(await overview(...names.map(uriOf)), rows, "from what is known");
    });

    it("tells of its progress where the client gives a token, and follows an edit", async () => {
      const told: (WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd)[] = [];
      client.connection.onProgress(WorkDoneProgress.type, "overview-1", (value) => void told.push(value));
      const uris = Array.from({ length: 20 }, (_, i) => uriOf(`many-${i}.service`));
      for (const uri of uris) writeFileSync(new URL(uri), PLAIN);
      const rows = await client.request<OverviewRow[]>("unitWarden/overview", { uris, workDoneToken: "overview-1" });
      assert.equal(rows.length, 20);
      assert.deepEqual(
        told.map((it) => [it.kind, "percentage" in it ? it.percentage : undefined, "message" in it ? it.message : ""]),
        [
          ["begin", 0, ""],
          ["report", 0, "0 of 20 services"],
          ["report", 80, "16 of 20 services"],
          ["end", undefined, ""],
        ],
      );
      const [first = ""] = uris;
      writeFileSync(new URL(first), `${PLAIN}PrivateNetwork=yes\n`);
      assert.equal((await overview(first))[0]?.exposure, 90);
    });

    it("overlooks what is no address, and nothing", async () => {
      assert.deepEqual(await overview(), []);
      const rows = await overview("", "::not a uri::", "file:", "untitled:a.service", "file:///%ZZ.service", SERVICE);
      assert.deepEqual(
        rows.map((it) => it.name),
        ["x.service"],
      );
    });
  });

  it("survives a client that cannot apply edits, and requests without sense", async () => {
    const client = await LspClient.start();
    await client.open(SERVICE, PLAIN);
    await execute(client, "unitWarden.addSafeSettings", SERVICE).catch(() => undefined);
    for (const method of ["unitWarden/report", "unitWarden/overview", "unitWarden/fix", "workspace/executeCommand"])
      for (const params of [{}, null, { uri: 7, uris: 7 }, { uris: [null, 7] }, { command: 7, arguments: 7 }])
        await client.request(method, params).catch(() => undefined);
    assert.equal((await client.request<ShownReport>("unitWarden/report", { uri: SERVICE })).exposure, 94);
    assert.equal(await client.stop(), 0);
  });
});
