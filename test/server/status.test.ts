import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import {
  type ExposureLevel,
  LEVELS_REQUEST,
  REPORT_REQUEST,
  SANDBOX_REQUEST,
  type SandboxView,
  type ShownReport,
  type ShownStatus,
  STATUS_REQUEST,
  UNIT_OF_REQUEST,
} from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const PLAIN = "[Service]\nExecStart=/bin/true\n";
const FILES: Readonly<Record<string, string>> = {
  "org.example.A.service": "[D-BUS Service]\nName=org.example.A\nExec=/bin/true\n",
  "x.service": PLAIN,
  "x.service.d/a.conf": "[Service]\nPrivateNetwork=yes\n",
  "y.service": `${PLAIN}PrivateTmp=yes\n`,
  "bad.service": "[Service]\nUser=x\n",
  "home.service": "[Service]\nExecStart=%h/bin/a\n",
  "one/x.service": PLAIN,
  "two/x.service": PLAIN,
  "t.timer": "[Timer]\nOnCalendar=daily\n",
  "gone.service.d/a.conf": "[Service]\nNice=5\n",
};

describe("server: the state of documents", () => {
  let folder: string;
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-status-"));
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  after(() => {
    killLeftovers();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(name: string, initializationOptions: object = {}): Promise<LspClient> {
    const client = await LspClient.start({ initializationOptions });
    await client.open(uri(name), FILES[name] ?? "");
    return client;
  }
  const status = (client: LspClient, name: string): Promise<ShownStatus | null> =>
    client.request(STATUS_REQUEST, { uri: uri(name) });

  it("is known right after a service was opened, its drop-ins included", async () => {
    const client = await opened("x.service", { systemdVersion: 260 });
    assert.deepEqual(await status(client, "x.service"), {
      name: "x.service",
      dropIn: false,
      exposed: { exposure: "9.0", level: "UNSAFE" },
      scope: "system",
      scopeFrom: "default",
      scopeBecause: [],
      nix: true,
      profile: "basic",
      systemd: { version: 260, from: "setting" },
    });
    assert.equal(await client.stop(), 0);
  });

  it("of a drop-in is that of its unit", async () => {
    const client = await opened("x.service.d/a.conf", { hardening: { profile: "strict" } });
    const found = await status(client, "x.service.d/a.conf");
    assert.deepEqual(
      [found?.name, found?.dropIn, found?.exposed?.exposure, found?.profile, found?.nix],
      ["x.service", true, "9.0", "strict", false],
    );
    assert.equal(await client.stop(), 0);
  });

  it("says whether the machine decides about the version", async () => {
    const client = await opened("t.timer");
    const found = await status(client, "t.timer");
    assert.equal(found?.exposed, undefined);
    const { version, from, installed } = found?.systemd ?? {};
    const own = await client.request<number | null>("unitWarden/installed");
    assert.deepEqual([from, installed ?? null], own === null ? ["newest", null] : ["machine", own]);
    assert.ok(version !== undefined && version >= 257 && version <= NEWEST_VERSION);
    const far = "vscode-vfs://github/a/b/x.service";
    await client.open(far, PLAIN);
    assert.deepEqual((await client.request<ShownStatus>(STATUS_REQUEST, { uri: far })).systemd, {
      version: NEWEST_VERSION,
      from: "newest",
    });
    assert.equal(await client.stop(), 0);
  });

  it("says whose manager it is judged for: that of its lines, of the settings, of those of its folder", async () => {
    const scopes = async (client: LspClient): Promise<unknown[]> => {
      const found: unknown[] = [];
      for (const it of ["home.service", "one/x.service", "two/x.service"]) {
        await client.open(uri(it), FILES[it] ?? "");
        const { scope, scopeFrom, scopeBecause } = (await status(client, it)) ?? {};
        found.push(`${scope} ${scopeFrom} ${scopeBecause?.join(" ")}`.trim());
      }
      assert.equal(await client.stop(), 0);
      return found;
    };
    const capabilities = { workspace: { configuration: true, workspaceFolders: true } };
    assert.deepEqual(await scopes(await LspClient.start({})), [
      "user text %h in ExecStart=",
      "system default",
      "system default",
    ]);
    assert.deepEqual(await scopes(await LspClient.start({ initializationOptions: { scope: "system" } })), [
      "system asked",
      "system asked",
      "system asked",
    ]);
    const folders = ["one", "two"].map(uri);
    const configuration = (of?: string): object => (of === folders[1] ? { scope: "user" } : {});
    const client = await LspClient.start({ capabilities, folders, configuration });
    await client.isAsked("workspace/configuration", 2);
    assert.deepEqual(await scopes(client), ["user text %h in ExecStart=", "system default", "user asked"]);
  });

  it("shows why when its header is asked about", async () => {
    const client = await opened("home.service");
    const { contents } = await client.request<{ contents: string | { value: string } }>("textDocument/hover", {
      textDocument: { uri: uri("home.service") },
      position: { line: 0, character: 2 },
    });
    assert.match(
      typeof contents === "string" ? contents : contents.value,
      /Checked as a user unit: `?%h in ExecStart=`?\.$/,
    );
    assert.equal(await client.stop(), 0);
  });

  it("says what a file is that only looks like a unit", async () => {
    const client = await opened("org.example.A.service");
    assert.deepEqual(await status(client, "org.example.A.service"), {
      noUnit: "D-Bus activation file, which the message bus reads",
    });
    assert.deepEqual(await client.diagnostics(uri("org.example.A.service")), []);
    await client.open(uri("x.service.d/.b.conf"), "[Service]\nUsr=x\n");
    assert.deepEqual(await client.request(STATUS_REQUEST, { uri: uri("x.service.d/.b.conf") }), {
      noUnit: "hidden file, and systemd reads no drop-in whose name begins with a dot",
    });
    assert.equal(await client.stop(), 0);
  });

  it("is null for what is closed or no unit file", async () => {
    const client = await opened("x.service");
    assert.equal(await status(client, "y.service"), null);
    assert.equal(await client.request(STATUS_REQUEST, { uri: "file:///notes.txt" }), null);
    assert.equal(await client.stop(), 0);
  });

  it("is given in levels for many files, open or not, in their order", async () => {
    const client = await opened("x.service");
    const uris = ["t.timer", "x.service", "none.service", "y.service", "bad.service"].map(uri);
    const levels = await client.request<(ExposureLevel | null)[]>(LEVELS_REQUEST, { uris });
    const unsafe = (exposure: string): ExposureLevel => ({ exposure, level: "UNSAFE" });
    assert.deepEqual(levels, [null, unsafe("9.0"), null, unsafe("9.2"), {}]);
    assert.deepEqual(await client.request(LEVELS_REQUEST, {}), []);
    assert.equal(await client.stop(), 0);
  });

  it("leads from a drop-in to its unit, whose report and world need not be open", async () => {
    const client = await opened("x.service.d/a.conf");
    const unitOf = (name: string): Promise<string | null> => client.request(UNIT_OF_REQUEST, { uri: uri(name) });
    assert.equal(await unitOf("x.service.d/a.conf"), uri("x.service"));
    assert.equal(await unitOf("gone.service.d/a.conf"), null);
    for (const name of ["x.service", "x.service.d/a.conf"]) {
      const report = await client.request<ShownReport | null>(REPORT_REQUEST, { uri: uri(name) });
      assert.deepEqual([report?.name, report?.exposure], ["x.service", 90], name);
      // A fix belongs into the file that the report is about.
      assert.equal(
        report?.rows.some((it) => it.fix),
        name === "x.service",
        name,
      );
      const world = await client.request<SandboxView | null>(SANDBOX_REQUEST, { uri: uri(name), whatIf: "now" });
      assert.deepEqual(world?.files, [uri("x.service"), uri("x.service.d/a.conf")], name);
    }
    assert.equal(await client.request(REPORT_REQUEST, { uri: uri("gone.service.d/a.conf") }), null);
    assert.equal(await client.stop(), 0);
  });
});
