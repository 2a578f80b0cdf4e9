import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { applyEdits } from "../../server/src/text/span.ts";

const UNIT = "[Service]\nExecStart=/usr/bin/x\nProtectHome=yes\nCapabilityBoundingSet=CAP_CHOWN\n";

/** The findings about the merged unit in a drop-in of x.service. */
function found(text: string, otherFiles: Example["otherFiles"] = { "x.service": UNIT }): string[] {
  return findingsIn({ path: "x.service.d/m.conf", text, otherFiles })
    .filter(({ code }) => /^unit\/|weakened$/.test(code))
    .map(({ code, start, end, severity, message }) => `${text.slice(start, end)} ${code} ${severity}: ${message}`);
}

describe("drop-ins judged with their unit", () => {
  it("another command is refused, and an empty line before helps", () => {
    const text = "[Service]\nExecStart=/opt/x\n";
    assert.deepEqual(found(text), [
      "/opt/x unit/several-commands error: ExecStart= has 2 commands, which only Type=oneshot allows: systemd refuses the unit with this drop-in",
    ]);
    const [finding] = findingsIn({ path: "x.service.d/m.conf", text, otherFiles: { "x.service": UNIT } });
    const fix = finding?.fixes[0];
    assert.equal(fix?.title, "Add an empty ExecStart= before");
    const fixed = applyEdits(text, fix?.edits() ?? []);
    assert.equal(fixed, "[Service]\nExecStart=\nExecStart=/opt/x\n");
    assert.deepEqual(found(fixed), []);
  });

  it("nothing is said where the unit cannot be seen, or is refused anyway", () => {
    assert.deepEqual(found("[Service]\nExecStart=/opt/x\n", {}), []);
    const refused = { "x.service": `${UNIT}ExecStart=/usr/bin/y\n` };
    assert.deepEqual(found("[Service]\nUser=x\n", refused), []);
  });

  it("another drop-in counts as well", () => {
    const otherFiles = { "x.service": UNIT, "x.service.d/a.conf": "[Service]\nType=oneshot\n" };
    assert.deepEqual(found("[Service]\nExecStart=/opt/x\n", otherFiles), [
      "/opt/x unit/added-to-list info: ExecStart= of a drop-in is added to ExecStart=/usr/bin/x: the service runs both, unless an empty ExecStart= before it resets the list",
    ]);
    assert.deepEqual(found("[Service]\nExecStart=\nExecStart=/opt/x\n", otherFiles), []);
  });

  it("weakened protection is told with the exposure before and after", () => {
    assert.deepEqual(found("[Service]\nProtectHome=no\n"), [
      "ProtectHome=no sandbox/weakened info: ProtectHome= weakens x.service: with this drop-in its exposure is 7.1 instead of 6.9",
    ]);
    assert.equal(found("[Service]\nCapabilityBoundingSet=CAP_SYS_ADMIN\nNice=1\n").length, 1);
  });

  it("what is as strong, stronger or new is not", () => {
    assert.deepEqual(found("[Service]\nProtectHome=tmpfs\nProtectSystem=no\nUser=x\nPrivateTmp=no\n"), []);
  });
});
