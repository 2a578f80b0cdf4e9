import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { DocumentHighlightKind } from "vscode-languageserver-types";
import { highlights } from "../../server/src/features/highlights.ts";
import { open } from "../kit/view.ts";

/** The highlighted lines: `=` before those in force, `-` before those that are overridden, a blank before the others. */
function shown(source: string): string[] | undefined {
  const { view, text, cursor } = open(source);
  const lines = text.split("\n");
  return highlights(view, cursor)?.map(({ range, kind }) => {
    const mark = kind === DocumentHighlightKind.Write ? "=" : kind === DocumentHighlightKind.Read ? "-" : " ";
    return `${mark}${range.start.line} ${lines[range.start.line]?.slice(range.start.character, range.end.character)}`;
  });
}

describe("highlights", () => {
  it("show which assignment of a single value counts", () => {
    assert.deepEqual(shown("[Service]\nTy$0pe=exec\nNice=1\n[Service]\nType=notify\n[X]\nType=x\n"), [
      "-1 Type",
      "=4 Type",
    ]);
  });

  it("show what is left of a list", () => {
    assert.deepEqual(shown("[Service]\nExecStart=/a\nExecStart=\nExec$0Start=/b\nExecStart=/c\n"), [
      "-1 ExecStart",
      "=2 ExecStart",
      "=3 ExecStart",
      "=4 ExecStart",
    ]);
    assert.deepEqual(shown("[Service]\nEnvi$0ronment=A=1\nEnvironment=B=1\n"), ["=1 Environment", "=2 Environment"]);
  });

  it("show the resets by other directives of the same list", () => {
    const timer = "#- x.timer\n[Timer]\nOnBo$0otSec=1\nOnCalendar=\nOnUnitActiveSec=1\nOnBootSec=2\nUnit=\n";
    assert.deepEqual(shown(timer), ["-1 OnBootSec", "=2 OnCalendar", "=4 OnBootSec"]);
    const unit = "[Unit]\nConditionHost$0=a\nAssertHost=\nConditionUser=\nConditionUser=b\n";
    assert.deepEqual(shown(unit), ["-1 ConditionHost", "=3 ConditionUser"]);
    assert.deepEqual(shown("[Service]\nBind$0Paths=/a\nBindReadOnlyPaths=\n"), [
      "-1 BindPaths",
      "=2 BindReadOnlyPaths",
    ]);
  });

  it("do not take an empty list of dependencies for a reset", () => {
    assert.deepEqual(shown("[Unit]\nAft$0er=a.service\nAfter=\nAfter=b.service\n"), [
      "=1 After",
      " 2 After",
      "=3 After",
    ]);
  });

  it("show unknown names and headers without a judgement", () => {
    assert.deepEqual(shown("[Service]\nX-O$0wn=1\nX-Own=2\n"), [" 1 X-Own", " 2 X-Own"]);
    assert.deepEqual(shown("[Ser$0vice]\n[Unit]\n[Service]\n"), [" 0 Service", " 2 Service"]);
  });

  it("leave everything else to the editor", () => {
    for (const source of ["[Unit]\nAfter=a$0\n", "$0\n", "# no$0te\n", "[Unit]\nno$0thing\n", "Aft$0er=a\n"])
      assert.equal(shown(source), undefined);
  });
});
