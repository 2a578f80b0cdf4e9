import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type UnitPath, unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Assignment } from "../../server/src/syntax/tree.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { assignmentsOf, mergedAssignments, readSections, sinceReset } from "../../server/src/units/unit.ts";

function pathOf(name: string): UnitPath {
  const path = unitPath(name);
  assert.ok(path);
  return path;
}

const service = (text: string, ...dropIns: string[]) => readUnit(pathOf("a.service"), text, 262, { dropIns });
const values = (assignments: readonly Assignment[]): string[] => assignments.map((it) => it.value.text);

describe("unit: sections", () => {
  const text = "[Unit]\n[Service]\n[Socket]\n[Service \n[service]\n[X-Own]\n[Unit]\n[Install]\n[Unit\n";

  it("are those that the kind of unit has, closed, in the order of the file", () => {
    const names = (name: string) => readSections(readUnit(pathOf(name), text, 262)).map((it) => it.name);
    assert.deepEqual(names("a.service"), ["Unit", "Service", "Unit", "Install"]);
    assert.deepEqual(names("a.socket"), ["Unit", "Socket", "Unit", "Install"]);
    assert.deepEqual(names("a.target"), ["Unit", "Unit", "Install"]);
  });
});

describe("unit: assignments of a directive", () => {
  it("are all of them, from all sections of the name, in the order of the file", () => {
    const unit = service("[Service]\nEnvironment=A=1\n[Unit]\n[Service]\nEnvironment=\nEnvironment=B=2\n");
    assert.deepEqual(values(assignmentsOf(unit, "Service", "Environment")), ["A=1", "", "B=2"]);
  });

  it("are not those before the first section, in other sections, or of other names", () => {
    const unit = service("Type=a\n[Unit]\nType=b\n[X-Service]\nType=c\n[Service\nType=d\n[Service]\ntype=e\nType =f\n");
    assert.deepEqual(values(assignmentsOf(unit, "Service", "Type")), ["f"]);
  });

  it("are none where there is none", () => {
    assert.deepEqual(assignmentsOf(service(""), "Service", "Type"), []);
  });

  it("of the file are without those of its drop-ins, which follow in the merged ones", () => {
    const unit = service("[Service]\nType=a\n", "[Service]\nType=b\n", "[Unit]\nType=x\n[Service]\nType=c\n");
    assert.deepEqual(values(assignmentsOf(unit, "Service", "Type")), ["a"]);
    assert.deepEqual(values(mergedAssignments(unit, "Service", "Type")), ["a", "b", "c"]);
  });

  it("of two units with the same text are each their own", () => {
    const [one, other] = [service("[Service]\nType=a\n"), service("[Service]\nType=a\n", "[Service]\nType=b\n")];
    assert.deepEqual(values(mergedAssignments(one, "Service", "Type")), ["a"]);
    assert.deepEqual(values(mergedAssignments(other, "Service", "Type")), ["a", "b"]);
  });
});

describe("unit: a list since its last reset", () => {
  const rest = (...lines: string[]): string[] =>
    values(
      sinceReset(
        assignmentsOf(service(`[Service]\n${lines.map((it) => `ExecStart=${it}\n`).join("")}`), "Service", "ExecStart"),
      ),
    );

  it("is the whole list without a reset", () => {
    assert.deepEqual(rest("a", "b"), ["a", "b"]);
  });

  it("is what stands behind the last empty assignment", () => {
    assert.deepEqual(rest("a", "", "b", "", "c", "d"), ["c", "d"]);
    assert.deepEqual(rest("a", ""), []);
    assert.deepEqual(rest(), []);
  });

  it("counts an assignment of blanks and continuations as empty", () => {
    assert.deepEqual(rest("a", "  \\\n \\\n", "b"), ["b"]);
  });

  it("does not count an empty word as empty", () => {
    assert.deepEqual(rest("a", `""`), ["a", `""`]);
  });
});
