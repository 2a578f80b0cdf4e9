import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver-protocol";
import { learn } from "../../server/src/learn/learn.ts";
import { writeLearnt } from "../../server/src/learn/learntFile.ts";
import type {
  CommandShows,
  ListedUnit,
  NewUnitParams,
  NewUnits,
  OverrideChoices,
} from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { type ClientKind, killLeftovers, LspClient } from "../kit/client.ts";
import { needsOf, serviceOf } from "../learn/kit.ts";

const CREATES = { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create"] } } };
const PLAIN = "[Service]\nExecStart=/usr/sbin/x\n";
const SHOP: NewUnitParams = {
  name: "shop",
  exec: "/usr/bin/shop --port 80",
  runAs: { kind: "dynamic" },
  start: { kind: "boot" },
  scope: "system",
  port: 80,
};

describe("server: new units and overrides", () => {
  const top = mkdtempSync(join(tmpdir(), "unit-warden-create-"));
  const at = (path: string): string => pathToFileURL(join(top, path)).href;
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), text);
  };
  before(async () => {
    await built();
    put("tree/usr/lib/systemd/system/x.service", PLAIN);
    put("tree/usr/lib/systemd/system/t@.service", PLAIN);
    put("tree/usr/lib/systemd/system/local.service", PLAIN);
    put("tree/etc/systemd/system/local.service", PLAIN);
    put("tree/usr/lib/systemd/system/rival.service", PLAIN);
    put("tree/usr/lib/systemd/system/rival.service.d/override.conf", "[Service]\nNice=5\n");
    put("tree/usr/lib/systemd/system/broken.service", "[Service\n");
    symlinkSync("x.service", join(top, "tree/usr/lib/systemd/system/alias.service"));
    put("deploy/own.service", PLAIN);
    put("deploy/own.service.d/override.conf", "[Service]\nNice=5\n");
  });
  after(() => {
    killLeftovers();
    rmSync(top, { recursive: true });
  });

  const within = async <T>(use: (client: LspClient) => Promise<T>, kind: ClientKind = {}): Promise<T> => {
    const client = await LspClient.start({ capabilities: CREATES, folder: at("."), ...kind });
    const result = await use(client);
    assert.equal(await client.stop(), 0);
    return result;
  };

  const overrides = async (client: LspClient, uri: string, text = PLAIN, only?: string[]): Promise<CodeAction[]> => {
    await client.open(uri, text);
    const start = { line: 0, character: 2 };
    const found = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });
    return found.filter((it) => it.title.includes(" in an override "));
  };

  const LIB = "tree/usr/lib/systemd/system";

  it("makes the files of a service at the profile of the settings, and says why it does not", () =>
    within(
      async (client) => {
        const made = await client.request<NewUnits>("unitWarden/newUnit", SHOP);
        assert.ok(made.kind === "files");
        assert.match(made.files[0]?.text ?? "", /^CapabilityBoundingSet=CAP_NET_BIND_SERVICE$/m);
        const refused = await client.request<NewUnits>("unitWarden/newUnit", { ...SHOP, exec: "shop" });
        assert.deepEqual([refused.kind, refused.kind === "refused" && refused.about], ["refused", "exec"]);
        await assert.rejects(client.request("unitWarden/newUnit", {}), { code: -32602 });
      },
      { initializationOptions: { hardening: { profile: "strict" } }, capabilities: {} },
    ));

  it("reads a command for what it shows", () =>
    within(async (client) => {
      const read = (exec: string) => client.request<CommandShows>("unitWarden/readCommand", { exec });
      assert.deepEqual(await read("/usr/bin/node /opt/Shop/server.js --port 3000"), {
        name: "Shop",
        user: "shop",
        port: 3000,
      });
      assert.match((await read("node")).message ?? "", /not an absolute path/);
    }));

  it("lists the units that it knows", () =>
    within(async (client) => {
      const units = await client.request<ListedUnit[]>("unitWarden/units", { near: at("deploy/x.service") });
      assert.deepEqual(
        units.find((it) => it.name === "own.service"),
        { name: "own.service", uri: at("deploy/own.service"), home: "own" },
      );
      assert.equal(units.find((it) => it.name === "t@.service")?.home, "workspace");
    }));

  it("says where overrides of a unit go: of an alias, a template, a drop-in, a broken file", () =>
    within(async (client) => {
      const ask = (path: string) => client.request<OverrideChoices | null>("unitWarden/override", { uri: at(path) });
      const vendor = await ask(`${LIB}/x.service`);
      const admin = at("tree/etc/systemd/system/x.service.d/override.conf");
      assert.deepEqual(vendor?.choices[0], {
        uri: admin,
        shown: "etc/systemd/system/x.service.d/override.conf",
        exists: false,
      });
      assert.deepEqual([vendor?.unit, vendor?.section], ["x.service", "Service"]);
      assert.equal((await ask(`${LIB}/alias.service`))?.choices[0]?.uri, admin);
      assert.equal((await ask(`${LIB}/t@.service`))?.unit, "t@.service");
      assert.equal((await ask(`${LIB}/broken.service`))?.unit, "broken.service");
      const own = await ask("deploy/own.service.d/override.conf");
      assert.deepEqual(
        [own?.unit, own?.choices[0]?.uri, own?.choices[0]?.exists],
        ["own.service", at("deploy/own.service.d/override.conf"), true],
      );
      assert.equal(await ask("deploy/service.d/a.conf"), null);
      assert.equal(await ask("deploy/notes.txt"), null);
    }));

  it("offers a vendor's service its settings in the administrator's override, and a template its own", () =>
    within(async (client) => {
      const [all, ...singles] = await overrides(client, at(`${LIB}/x.service`));
      assert.match(
        all?.title ?? "",
        /^Add all \d+ safe settings in an override \(etc\/systemd\/system\/x\.service\.d\/override\.conf\)$/,
      );
      assert.equal(singles.length, 3);
      // Editors put what serves a finding first.
      assert.deepEqual(
        all?.diagnostics?.map((it) => it.code),
        ["hardening/summary"],
      );
      const [create] = all?.edit?.documentChanges ?? [];
      assert.ok(create && "kind" in create && create.kind === "create");
      assert.equal(create.uri, at("tree/etc/systemd/system/x.service.d/override.conf"));
      assert.match(
        (await overrides(client, at(`${LIB}/t@.service`)))[0]?.title ?? "",
        /\/t@\.service\.d\/override\.conf\)$/,
      );
    }));

  it("puts what was learnt of a vendor's service into its override too, and leaves the vendor's file as it is", () =>
    within(async (client) => {
      const unit = serviceOf(["ExecStart=/bin/x"], "learnt.service");
      put(`${LIB}/learnt.service`, unit.file.text);
      const beside = "tree/etc/systemd/system/learnt.service.d/learnt.service.learnt.json";
      put(beside, writeLearnt(learn(needsOf(), unit)));
      await client.open(at(`${LIB}/learnt.service`), unit.file.text);
      const start = { line: 0, character: 2 };
      const found = await client.request<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri: at(`${LIB}/learnt.service`) },
        range: { start, end: start },
        context: { diagnostics: [] },
      });
      const learnt = found.filter((it) => /\((?:seen|proven)|learnt/.test(it.title));
      assert.match(learnt[0]?.title ?? "", /^Add all \d+ learnt settings .* in an override \(etc\/.*override\.conf\)$/);
      for (const { title, edit } of learnt) {
        const touched = (edit?.documentChanges ?? []).map((it) =>
          "textDocument" in it ? it.textDocument.uri : it.kind,
        );
        assert.deepEqual(touched, ["create", at("tree/etc/systemd/system/learnt.service.d/override.conf")], title);
      }
    }));

  it("names the override of an alias after the unit", () =>
    within(async (client) => {
      const [all] = await overrides(client, at(`${LIB}/alias.service`));
      assert.match(all?.title ?? "", /\(etc\/systemd\/system\/x\.service\.d\/override\.conf\)$/);
    }));

  it("extends the override in the version that is open, with what is not saved yet", () =>
    within(async (client) => {
      const uri = at("deploy/own.service.d/override.conf");
      await client.open(uri, "[Service]\nNice=7\nProtectSystem=full\n");
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: "[Service]\nNice=9\nProtectSystem=full\nPrivateTmp=yes\n" }],
      });
      const [action] = await overrides(client, at("deploy/own.service"));
      const [change] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
      assert.deepEqual(change?.textDocument, { uri, version: 2 });
      assert.deepEqual(change?.edits[0]?.range.start, { line: 4, character: 0 });
    }));

  it("offers none where the file does not count, another drop-in would be hidden, or no file can be made", () =>
    within(async (client) => {
      assert.deepEqual(await overrides(client, at(`${LIB}/local.service`)), []);
      assert.deepEqual(await overrides(client, at(`${LIB}/rival.service`)), []);
      assert.deepEqual(await overrides(client, at(`${LIB}/broken.service`), "[Service\n"), []);
      assert.deepEqual(await overrides(client, at(`${LIB}/x.service`), PLAIN, ["source"]), []);
      const plain = await within((bare) => overrides(bare, at(`${LIB}/x.service`)), { capabilities: {} });
      assert.deepEqual(plain, []);
    }));

  it("leaves a new file outside of the workspace to the command of a client that has one", async () => {
    const kind = { folder: at("deploy"), initializationOptions: { views: true } };
    await within(async (client) => {
      const [all] = await overrides(client, at(`${LIB}/x.service`));
      assert.equal(all?.command?.command, "unitWarden.openNew");
      assert.equal(all?.command?.arguments?.[0], at("tree/etc/systemd/system/x.service.d/override.conf"));
      assert.match(String(all?.command?.arguments?.[1]), /^\[Service\]\n/);
    }, kind);
    await within(async (client) => assert.ok((await overrides(client, at(`${LIB}/x.service`)))[0]?.edit), {
      folder: at("deploy"),
    });
  });
});
