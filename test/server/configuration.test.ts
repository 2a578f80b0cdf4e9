import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, afterEach, before, describe, it } from "mocha";
import type { Diagnostic } from "vscode-languageserver-protocol";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const UNIT = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";
const CAPABILITIES = {
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
};

describe("a configuration above a document", () => {
  const top = mkdtempSync(join(tmpdir(), "unit-warden-team-"));
  const at = (...names: readonly string[]): string => join(top, ...names);
  const uri = (...names: readonly string[]): string => pathToFileURL(at(...names)).href;
  const put = (text: string, ...names: readonly string[]): void => {
    mkdirSync(dirname(at(...names)), { recursive: true });
    writeFileSync(at(...names), text);
  };
  let client: LspClient;
  const start = async (initializationOptions: object = {}): Promise<void> => {
    client = await LspClient.start({ capabilities: CAPABILITIES, folder: uri("open"), initializationOptions });
  };
  const found = async (name: string, version?: number): Promise<string[]> =>
    shown(await client.diagnostics(uri("open", name), version));
  const shown = (its: readonly Diagnostic[]): string[] => its.map((it) => `${it.severity} ${it.code}`);
  const open = async (name: string, text = UNIT): Promise<string[]> => {
    await client.open(uri("open", name), text);
    return found(name);
  };

  before(() => built());
  afterEach(() => rmSync(at("open"), { recursive: true, force: true }));
  after(() => {
    killLeftovers();
    rmSync(top, { recursive: true });
  });

  it("counts before the settings of the user, with its overrides and exclusions", async () => {
    put(
      `{ "profile": "off", "rules": { "directive/unknown": "info" }, "exclude": ["ignored/"],
         "overrides": [{ "files": ["*.d/*"], "rules": { "directive": "hint", "directive/unknown": "hint" } }] }`,
      "open",
      ".unit-warden.json",
    );
    await start({ hardening: { profile: "strict" }, rules: { "directive/unknown": "error" } });
    assert.deepEqual(await open("a/x.service"), ["3 directive/unknown"]);
    assert.deepEqual(await open("x.service.d/a.conf", "[Service]\nProtectHoem=yes\n"), ["4 directive/unknown"]);
    assert.deepEqual(await open("ignored/x.service"), []);
    assert.equal(await client.stop(), 0);
  });

  it("is the nearest one alone, also as a key of a manifest, and none above the folder that is open", async () => {
    put('{ "profile": "off", "rules": { "directive": "off" } }', ".unit-warden.json");
    put('{ "profile": "off", "rules": { "directive": "off" } }', "open", "a", ".unit-warden.json");
    put('{ "name": "b", "unitWarden": { "profile": "off" } }', "open", "a", "b", "package.json");
    put('{ "name": "unit-warden" }', "open", "a", "c", "package.json");
    await start({ hardening: { profile: "off" } });
    assert.deepEqual(await open("x.service"), ["1 directive/unknown"]);
    assert.deepEqual(await open("a/x.service"), []);
    assert.deepEqual(await open("a/b/x.service"), ["1 directive/unknown"]);
    assert.deepEqual(await open("a/c/x.service"), []);
    assert.equal(await client.stop(), 0);
  });

  it("names more ways to write a placeholder", async () => {
    const unit = "[Service]\nExecStart=/bin/a\nWorkingDirectory=<<DIR>>/\nRestart=alwais\n";
    await start({ hardening: { profile: "off" } });
    assert.deepEqual(await open("x.service", unit), ["1 value/path"]);
    put('{ "placeholders": ["<<*>>"] }', "open", ".unit-warden.json");
    const changes = [{ uri: uri("open", ".unit-warden.json"), type: 1 }];
    await client.notify("workspace/didChangeWatchedFiles", { changes });
    assert.deepEqual(await found("x.service"), ["1 value/enumeration"]);
    assert.equal(await client.stop(), 0);
  });

  it("says for which systemd and whose manager", async () => {
    put(
      '{ "profile": "off", "systemd": 247, "overrides": [{ "files": ["u/"], "scope": "user" }] }',
      "open",
      ".unit-warden.json",
    );
    await start();
    const newer = "[Service]\nExecStart=/bin/true\nExtensionDirectories=/x\n";
    const user = "[Service]\nUser=root\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n";
    assert.deepEqual(await open("x.service", newer), ["1 directive/too-new"]);
    assert.deepEqual(await open("y.service", user), []);
    assert.notDeepEqual(await open("u/y.service", user), []);
    assert.equal(await client.stop(), 0);
  });

  it("is read again when it changes on disk", async () => {
    put(UNIT, "open", "x.service");
    await start({ hardening: { profile: "off" } });
    assert.deepEqual(await open("x.service"), ["1 directive/unknown"]);
    // Findings may come several times; those that are waited for are others than the last ones.
    const change = async (text: string | undefined, ...codes: readonly string[]): Promise<void> => {
      if (text === undefined) rmSync(at("open", ".unit-warden.json"));
      else put(text, "open", ".unit-warden.json");
      const changes = [{ uri: uri("open", ".unit-warden.json"), type: 2 }];
      await client.notify("workspace/didChangeWatchedFiles", { changes });
      while (String(await found("x.service")) !== String(codes));
    };
    await change('{ "rules": { "directive/unknown": "hint" } }', "4 directive/unknown");
    await change('{ "exclude": ["*.service"] }');
    await change("{ broken", "1 directive/unknown");
    await change('{ "rules": { "directive": "info" } }', "3 directive/unknown");
    await change(undefined, "1 directive/unknown");
    assert.equal(await client.stop(), 0);
  });

  it("is no link out of the workspace, no folder, and nothing that is too large", async () => {
    const off = '{ "rules": { "directive": "off" } }';
    put(off, "elsewhere.json");
    for (const it of ["link", "large"]) mkdirSync(at("open", it), { recursive: true });
    symlinkSync(at("elsewhere.json"), at("open", "link", ".unit-warden.json"));
    mkdirSync(at("open", "folder", ".unit-warden.json"), { recursive: true });
    put(`${" ".repeat(1 << 20)}${off}`, "open", "large", ".unit-warden.json");
    await start({ hardening: { profile: "off" }, trusted: false });
    for (const it of ["link", "folder", "large"])
      assert.deepEqual(await open(`${it}/x.service`), ["1 directive/unknown"], it);
    assert.equal(await client.stop(), 0);
  });

  it("shows what is wrong in it where it is open itself", async () => {
    await start();
    const text = '{\n  "profil": "off",\n  "scope": "root",\n}\n';
    await client.open(uri("open", ".unit-warden.jsonc"), text, "jsonc");
    const its = await client.diagnostics(uri("open", ".unit-warden.jsonc"));
    assert.deepEqual(shown(its), ["1 configuration/unknown-key", "1 configuration/value"]);
    assert.deepEqual(its[0]?.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 10 } });
    const over = '{ "rules": { "style": { "reason": "old", "until": "2020-01-31" } } }';
    await client.open(uri("over", ".unit-warden.json"), over, "json");
    assert.deepEqual(shown(await client.diagnostics(uri("over", ".unit-warden.json"))), ["3 configuration/expired"]);
    await client.open(uri("open", "package.json"), '{ "name": "x", "unit": 1 }', "json");
    assert.deepEqual(await client.diagnostics(uri("open", "package.json")), []);
    assert.equal(await client.stop(), 0);
  });
});
