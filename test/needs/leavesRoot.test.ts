import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { leftOut } from "../../server/src/hardening/leftOut.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit, withKnowledge } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { memoryFiles } from "../program/kit.ts";

function unitOf(script: string, lines = ""): Unit {
  const path = checkedPath("/etc/systemd/system/zorb.service");
  assert.ok(path && "kind" in path);
  const files = memoryFiles({ "/opt/zorb": script });
  const unit = readUnit(path, `[Service]\nExecStart=/opt/zorb\n${lines}`, 257);
  return withKnowledge(unit, { defaults: { restrictSuidSgid: false, files } });
}

const LEAVES = "#!/usr/bin/python3\nimport os\nos.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n";
const STAYS = "#!/usr/bin/python3\nimport os\nos.setgid(65534)\n";

describe("a service of root whose program becomes another user", () => {
  it("loses sight of other processes by ProtectProc=", () => {
    const codes = (script: string): readonly string[] =>
      check(unitOf(script, "ProtectProc=invisible\n"), { profile: "off" }).map((it) => it.code);
    assert.ok(codes(STAYS).includes("sandbox/protect-proc"));
    assert.ok(!codes(LEAVES).includes("sandbox/protect-proc"));
  });

  it("is not told that ProtectProc= has no effect", () => {
    const reason = (script: string): string | undefined =>
      leftOut(unitOf(script), "strict").find((it) => it.line.startsWith("ProtectProc="))?.reason;
    assert.match(reason(STAYS) ?? "", /without effect/);
    assert.doesNotMatch(reason(LEAVES) ?? "", /without effect/);
  });
});
