import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { Diagnostic, WorkspaceEdit } from "vscode-languageserver-protocol";
import { readLearnt } from "../../server/src/learn/learntFile.ts";
import { LEARNT_EXAMPLE } from "../../server/src/rules/learn/example.ts";
import type { LearntBundle, SandboxView, ShownReport } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";
import { observedFile } from "../kit/observedRuns.ts";
import { recordedBundle } from "../kit/recordedBundle.ts";

const UNIT = "[Service]\nExecStart=/usr/bin/x\nMemoryDenyWriteExecute=yes\n";
const NGINX = observedFile("nginx", "unit.txt")
  .toString()
  .replace(/^#.*\n/, "");

describe("server: what was learnt", () => {
  let folder = "";
  const at = (name: string): string => pathToFileURL(join(folder, name)).toString();
  const learnt = (items: readonly Diagnostic[]): readonly string[] =>
    items.map((it) => String(it.code)).filter((it) => it.startsWith("learn/"));
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-learnt-"));
    writeFileSync(join(folder, "x.service"), UNIT);
    writeFileSync(join(folder, "x.service.learnt.json"), LEARNT_EXAMPLE);
    writeFileSync(join(folder, "nginx.service"), NGINX);
    writeFileSync(join(folder, "nginx.tar"), recordedBundle("nginx"));
  });
  after(() => {
    killLeftovers();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is read with a unit, and again when the file changes", async () => {
    const client = await LspClient.start({ folder: at("") });
    await client.open(at("x.service"), UNIT);
    const diagnostics = await client.diagnostics(at("x.service"));
    assert.deepEqual(learnt(diagnostics), ["learn/contradiction"]);
    const report = await client.request<ShownReport>("unitWarden/report", { uri: at("x.service") });
    assert.match(report.learnt?.contradictions[0] ?? "", /^MemoryDenyWriteExecute=yes contradicts a run/);
    await client.stop();
  });

  it("is derived from a bundle, counts at once, and is not written", async () => {
    const client = await LspClient.start({ folder: at("") });
    await client.open(at("nginx.service"), NGINX);
    const ask = (bundle: string): Promise<LearntBundle> =>
      client.request("unitWarden/learnBundle", { uri: at("nginx.service"), bundles: [at(bundle)] });
    const found = await ask("nginx.tar");
    assert.ok("files" in found, JSON.stringify(found));
    const [needs, reviewed] = found.files;
    assert.deepEqual(
      [needs?.uri, reviewed?.uri],
      ["needs", "learnt"].map((it) => at(`nginx.service.${it}.json`)),
    );
    const read = readLearnt(reviewed?.text ?? "", needs?.text);
    assert.ok("learnt" in read && !read.learnt.isWithoutNeeds);
    assert.equal(found.target, at("nginx.service.learnt.json"));
    assert.match(
      found.said,
      /^nginx\.service: a run, 580 system calls in 5 s\. 28 settings can be added, exposure 9\.4 → 2\.7\. Proven: 0, refused: 7\.$/,
    );
    const report = await client.request<ShownReport>("unitWarden/report", { uri: at("nginx.service") });
    assert.match(report.learnt?.several[0]?.title ?? "", /^Add all 28 learnt settings \(seen\)$/);
    const edit = await client.request<WorkspaceEdit>("unitWarden/fix", { uri: at("nginx.service"), learnt: "all" });
    assert.ok(JSON.stringify(edit).includes("ProtectSystem=strict"));
    const world = await client.request<SandboxView>("unitWarden/sandbox", { uri: at("nginx.service"), whatIf: "now" });
    assert.deepEqual(world.paths.find((it) => it.path === "/var/log/nginx")?.used, ["written"]);
    await client.stop();
  });

  it("says in a sentence why a bundle cannot be used", async () => {
    const client = await LspClient.start({ folder: at("") });
    await client.open(at("x.service"), UNIT);
    const ask = (bundle: string): Promise<unknown> =>
      client.request("unitWarden/learnBundle", { uri: at("x.service"), bundles: [bundle] });
    const problem = async (bundle: string): Promise<string> => ((await ask(bundle)) as { problem: string }).problem;
    assert.match(await problem(at("nginx.tar")), /nginx\.tar is a bundle of nginx\.service, not of x\.service$/);
    assert.match(await problem(at("none.tar")), /there is no such file/);
    assert.match(await problem(at("x.service")), /x\.service: /);
    assert.match(await problem("vscode-vfs://github/a.tar"), /from this machine only/);
    await client.stop();
  });
});
