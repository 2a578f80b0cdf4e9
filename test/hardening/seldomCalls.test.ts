import assert from "node:assert/strict";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

const machine = nodeProgramFiles("/");
const PROGRAM = "/usr/sbin/zorb-probed";
const real = (path: string): string => (path === PROGRAM ? "/usr/bin/true" : path);

/** This machine with one more program, which does nothing. */
const FILES: ProgramFiles = {
  look: (path) => machine.look(real(path)),
  read: (path, ...span) => machine.read(real(path), ...span),
  list: (path) => machine.list(path),
  packageOf: (path) => machine.packageOf(real(path)),
};

/** The lines of the profile strict for a service, by name and value. */
function added(lines: string, files?: ProgramFiles, program = PROGRAM): readonly string[] {
  const path = checkedPath("/usr/lib/systemd/system/zorb.service");
  assert.ok(path && "kind" in path);
  const text = `[Service]\nExecStart=${program}\n${lines}`;
  const unit = readUnit(path, text, 257, { defaults: { restrictSuidSgid: false, ...(files ? { files } : {}) } });
  return safeSettings(unit, "strict").map((it) => it.line);
}

const calls = (all: readonly string[]): readonly string[] => all.filter((it) => it.startsWith("SystemCallFilter="));

describe("groups of usual calls that few programs make", () => {
  it("are denied after the list where the program that is read makes none of them", () => {
    assert.deepEqual(calls(added("", FILES)), [
      "SystemCallFilter=@system-service",
      "SystemCallFilter=~@privileged @resources",
    ]);
    assert.ok(!added("").some((it) => it.includes("@privileged")));
  });

  it("are taken out of the list that a unit has, where a denied call only fails", () => {
    const own = "SystemCallFilter=@system-service\n";
    const denied = ["SystemCallFilter=~@privileged @resources"];
    assert.deepEqual(calls(added(`${own}SystemCallErrorNumber=EPERM\n`, FILES)), denied);
    assert.deepEqual(calls(added(own, FILES)), []);
    assert.deepEqual(calls(added("SystemCallFilter=@system-service @chown\nSystemCallErrorNumber=EPERM\n", FILES)), []);
  });

  it("stay where another command runs, but for kill", () => {
    assert.equal(calls(added("ExecReload=/bin/kill -HUP $MAINPID\n", FILES)).length, 2);
    assert.equal(calls(added("ExecStartPre=/bin/chown zorb /run/zorb\n", FILES)).length, 1);
  });

  it("leave a reload by kill its right over processes of others", () => {
    const bounding = (lines: string): string => added(lines, FILES).find((it) => it.startsWith("Capability")) ?? "";
    assert.match(bounding(""), /=~.*CAP_KILL/);
    assert.match(bounding("ExecReload=/bin/kill -HUP $MAINPID\n"), /=~(?!.*CAP_KILL).*CAP_SYS_ADMIN/);
  });
});
