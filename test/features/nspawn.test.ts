import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import { hover } from "../../server/src/features/hover.ts";
import { payloadMarkdown, payloadReport } from "../../server/src/features/payload.ts";
import { viewOf } from "../../server/src/features/view.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const PATH = "/etc/systemd/nspawn/web.nspawn";
const TEXT =
  "[Exec]\nPrivateUsers=no\nCapability=CAP_SYS_MODULE\n[Files]\nBindReadOnly=/srv/www\nReadOnly=yes\n[Network]\nZone=lan\nPort=80\n";

function viewAt(path: string, text: string) {
  const known = checkedPath(path);
  assert.ok(known);
  return viewOf(unitDocument(known, text), 262);
}

const verdicts = (text: string, path = PATH): Record<string, string> =>
  Object.fromEntries(payloadReport(viewAt(path, text).unit)?.rows.map((it) => [it.id, it.verdict]) ?? []);

describe("the world of a container of systemd-nspawn", () => {
  it("is told question by question, with the lines that decide", () => {
    assert.deepEqual(verdicts(TEXT), {
      users: "bad",
      capabilities: "bad",
      "new-privileges": "weak",
      "system-calls": "good",
      "own-files": "good",
      "host-files": "good",
      kernel: "good",
      processes: "good",
      network: "good",
      ports: "weak",
    });
    const report = payloadReport(viewAt(PATH, TEXT).unit);
    assert.equal(report?.rows.find((it) => it.id === "users")?.line, 2);
    assert.equal(report?.service, undefined);
  });

  it("leaves open what the command line decides, and what a file that is not trusted says", () => {
    const open = { users: "unknown", network: "unknown", ports: "unknown" };
    for (const [text, path] of [
      ["", PATH],
      [TEXT, "/var/lib/machines/web.nspawn"],
    ] as const)
      for (const [id, verdict] of Object.entries(open))
        assert.equal(verdicts(text, path)[id], verdict, `${path} ${id}`);
  });

  it("stands in a hover of a header, in a lens and in a report", () => {
    const view = viewAt(PATH, TEXT);
    const shown = JSON.stringify(hover(view, 2, true)?.contents);
    assert.match(shown, /World of the container: confined in 6 of 10 respects \S*\(2 bad, 2 weak\S*\)/);
    assert.match(shown, /Is root of the container root of the host/);
    const lenses = codeLenses(view, "file:///x", "basic", false).map((it) => it.command?.title);
    assert.deepEqual(lenses, ["container confined in 6 of 10 respects (2 bad, 2 weak)"]);
    const report = payloadReport(view.unit);
    assert.ok(report);
    const text = payloadMarkdown(report);
    assert.match(text, /what systemd-nspawn gives the programs in it/);
    assert.doesNotMatch(text, /service that starts it/);
  });

  it("is printed by security without a number", () => {
    const { stdout, status } = runOver(memoryHost({ [PATH]: TEXT }), "security", PATH);
    assert.equal(status, 0);
    assert.match(stdout, /^bad +Is root of the container root of the host\? +yes: .* \(line 2\)$/m);
    assert.match(stdout, /→ web\.nspawn: confined in 6 of 10 respects \(2 bad, 2 weak\)\n$/);
    const json = JSON.parse(runOver(memoryHost({ [PATH]: TEXT }), "security", "--format", "json", PATH).stdout);
    const [unit] = json.units;
    assert.deepEqual([unit.about, unit.exposure, unit.payload.length], ["systemd-nspawn", null, 10]);
  });
});
