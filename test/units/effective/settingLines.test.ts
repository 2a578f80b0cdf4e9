import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { unitPath } from "../../../server/src/families/unitFiles/unitPath.ts";
import { settingLines } from "../../../server/src/units/effective/settingLines.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";

/** What becomes of each line of a file and its drop-ins. */
function fates(name: string, ...texts: readonly string[]): string[] {
  const [text = "", ...dropIns] = texts;
  const path = unitPath(name);
  assert.ok(path);
  return settingLines(readUnit(path, text, 257, { dropIns })).map(({ node, fate }) => {
    const why =
      fate.kind === "dropped" ? ` ${fate.why}` : "by" in fate ? ` ${fate.by.node.key}=${fate.by.node.text}` : "";
    return `${node.key}=${node.text} ${fate.kind}${why}`;
  });
}

describe("the lines of an effective unit", () => {
  it("are overridden by later ones of a single value", () => {
    assert.deepEqual(fates("x.service", "[Service]\nUser=a\nUser=b\n", "[Service]\nUser=c\n"), [
      ...["User=a overridden User=b", "User=b overridden User=c", "User=c in-force"],
    ]);
  });

  it("add up in lists, until an empty line", () => {
    assert.deepEqual(fates("x.service", "[Service]\nReadWritePaths=/a\nReadWritePaths=\nReadWritePaths=/b\n"), [
      ...["ReadWritePaths=/a reset ReadWritePaths=", "ReadWritePaths= resets", "ReadWritePaths=/b in-force"],
    ]);
  });

  it("are taken back by an empty line of a list that they share", () => {
    const lines = "[Unit]\nConditionPathExists=/a\nConditionHost=b\nConditionUser=\nAssertHost=c\n";
    assert.deepEqual(fates("x.service", lines), [
      ...["ConditionPathExists=/a reset ConditionUser=", "ConditionHost=b reset ConditionUser="],
      ...["ConditionUser= resets", "AssertHost=c in-force"],
    ]);
  });

  it("stay where a list only grows", () => {
    assert.deepEqual(fates("x.service", "[Unit]\nAfter=a.target\nAfter=\n"), [
      ...["After=a.target in-force", "After= dropped empty"],
    ]);
  });

  it("are dropped where systemd drops them, and leave the earlier ones", () => {
    assert.deepEqual(fates("x.service", "[Service]\nRestart=always\nRestart=\nRestart=maybe\nFoo=1\n"), [
      ...["Restart=always in-force", "Restart= dropped value", "Restart=maybe dropped value", "Foo=1 dropped unknown"],
    ]);
  });

  it("are overridden where later ones set all their variables, as far as that is sure", () => {
    const lines = ["A=1 B=1", "A=2", "C=%h", "B=2 C=3", "D=1", "D=%h"];
    assert.deepEqual(fates("x.service", `[Service]\n${lines.map((it) => `Environment=${it}\n`).join("")}`), [
      ...["Environment=A=1 B=1 overridden Environment=A=2", "Environment=A=2 in-force", "Environment=C=%h in-force"],
      ...["Environment=B=2 C=3 in-force", "Environment=D=1 in-force", "Environment=D=%h in-force"],
    ]);
  });

  it("set several things at once", () => {
    assert.deepEqual(fates("x.service", "[Service]\nTimeoutSec=1\nTimeoutStartSec=2\nTimeoutStopSec=3\n"), [
      ...["TimeoutSec=1 overridden TimeoutStopSec=3", "TimeoutStartSec=2 in-force", "TimeoutStopSec=3 in-force"],
    ]);
    assert.deepEqual(fates("x.service", "[Service]\nTimeoutSec=1\nTimeoutStartSec=2\n"), [
      ...["TimeoutSec=1 in-force", "TimeoutStartSec=2 in-force"],
    ]);
  });

  it("count only once where the first one does", () => {
    assert.deepEqual(fates("x.timer", "[Timer]\nUnit=a.service\nUnit=b.service\n"), [
      ...["Unit=a.service in-force", "Unit=b.service dropped second"],
    ]);
  });

  it("end at the line at which systemd gives up on a file, not on the others", () => {
    assert.deepEqual(
      fates("x.service", "[Service]\nUser=a\n", "[Service]\nExecStart=a/b\nUser=b\n", "[Service]\nNice=1\n"),
      [...["User=a in-force", "ExecStart=a/b dropped refused", "Nice=1 in-force"]],
    );
  });

  it("are found in any text", () => {
    const line = fc.constantFrom(
      "[Unit]",
      "[Service]",
      "[",
      "User=a",
      "User=",
      "After=",
      "Nice=x",
      "\\",
      "=",
      "# c",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.array(line, { maxLength: 30 }), (file, dropIn) => {
        fates("x.service", file.join("\n"), dropIn.join("\n"));
      }),
    );
  });
});
