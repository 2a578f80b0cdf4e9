import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import type { Diagnostic, Hover, WorkspaceEdit } from "vscode-languageserver-protocol";
import { learn } from "../../server/src/learn/learn.ts";
import type { LearntSetting } from "../../server/src/learn/learnt.ts";
import { readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
import { writeNeeds } from "../../server/src/learn/needsFile.ts";
import { LEARNT_EXAMPLE } from "../../server/src/rules/learn/example.ts";
import type { LearntBundle, SandboxView, ShownReport } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";
import { observedFile } from "../kit/observedRuns.ts";
import { recordedBundle } from "../kit/recordedBundle.ts";
import { recordedRun } from "../learn/recordedRuns.ts";

const UNIT = "[Service]\nExecStart=/usr/bin/x\nMemoryDenyWriteExecute=yes\n";
const NGINX = observedFile("nginx", "unit.txt")
  .toString()
  .replace(/^#.*\n/, "");

/** What a second run on the machine of the bundle has shown, as it lies in it. */
function provenFiles(): readonly (readonly [string, string])[] {
  const { unit, host, needs } = recordedRun("nginx");
  const seen = learn(needs, unit, { host });
  const settings = seen.settings.map((it): LearntSetting => (it.grade === "seen" ? { ...it, grade: "proven" } : it));
  const learnt = { ...seen, settings };
  return [
    ["learnt.json", writeLearnt(learnt)],
    ["needs.json", writeNeeds(learnt)],
  ];
}

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
    writeFileSync(join(folder, "proven.tar"), recordedBundle("nginx", provenFiles()));
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
      /^nginx\.service: a run, 580 system calls in 5 s\. 29 settings can be added, exposure 9\.4 → 2\.7\. Proven: 0, refused: 6\. What is known of such services counts over the run for .*ProtectHome=.*\.$/,
    );
    const trusting = found.trusted?.find((it) => it.uri === found.target)?.text ?? "";
    assert.match(trusting, /"value": ?"tmpfs".*"trusted": ?true/s);
    assert.doesNotMatch(reviewed?.text ?? "", /"tmpfs"|"trusted"/);
    const report = await client.request<ShownReport>("unitWarden/report", { uri: at("nginx.service") });
    assert.match(report.learnt?.several[0]?.title ?? "", /^Add all 29 learnt settings \(seen\)$/);
    const edit = await client.request<WorkspaceEdit>("unitWarden/fix", { uri: at("nginx.service"), learnt: "all" });
    assert.ok(JSON.stringify(edit).includes("ProtectSystem=strict"));
    const world = await client.request<SandboxView>("unitWarden/sandbox", { uri: at("nginx.service"), whatIf: "now" });
    assert.deepEqual(world.paths.find((it) => it.path === "/var/log/nginx")?.used, ["written"]);
    await client.stop();
  });

  it("keeps what a proof showed where a bundle was made, in the report, in hovers and in what is saved", async () => {
    const client = await LspClient.start({ folder: at("") });
    const uri = at("nginx.service");
    await client.open(uri, NGINX);
    const found = await client.request<LearntBundle>("unitWarden/learnBundle", { uri, bundles: [at("proven.tar")] });
    assert.ok("files" in found, JSON.stringify(found));
    assert.match(found.said, /29 settings can be added.* Proven: \d\d, refused: \d+\./);
    const reviewed = found.files.find((it) => it.uri === found.target);
    assert.match(reviewed?.text ?? "", /"key":"LockPersonality","value":"yes","grade":"proven"/);
    const report = await client.request<ShownReport>("unitWarden/report", { uri });
    assert.match(report.learnt?.several[0]?.title ?? "", /^Add all \d+ proven settings$/);
    const position = { line: NGINX.split("\n").indexOf("[Service]"), character: 2 };
    const hover = await client.request<Hover>("textDocument/hover", { textDocument: { uri }, position });
    assert.match(JSON.stringify(hover.contents), /Add all \d+ proven settings/);
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
