import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { quietFindings } from "../../server/src/rules/quietLine.ts";
import { FINISHED, withoutUnfinished } from "../../server/src/rules/unfinished.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

const SERVICE = [
  "[Unit]\nDescription=Shop\nWants=network-online.target\nAfter=network-online.target\n\n[Service]\nType=notify\nUser=shop\n",
  "ExecStart=/usr/bin/shop --port 8080\nRestart=on-failure\nTimeoutStartSec=5min\n\n[Install]\nWantedBy=multi-user.target\n",
].join("");

interface Written {
  readonly isNew?: boolean;
  readonly typing?: boolean;
}

/** The errors and warnings that are shown where the last character was typed at `$0`; the whole text where there is none. */
function alarms(marked: string, { isNew = false, typing = true }: Written = {}): string[] {
  const at = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  const path = unitPath("/srv/shop/shop.service");
  assert.ok(path);
  const unit = readUnit(path, text, 262);
  const writing = at < 0 ? { typing: false, isNew } : { at: { start: Math.max(0, at - 1), end: at }, typing, isNew };
  const finished = withoutUnfinished(unit, check(unit, { profile: "off" }), writing);
  return quietFindings(text, finished, writing, undefined).shown.map((it) => it.code);
}

describe("what is unfinished", () => {
  it("is no error at any moment of typing a new service", () => {
    for (let end = 0; end <= SERVICE.length; end++)
      assert.deepEqual(alarms(`${SERVICE.slice(0, end)}$0`, { isNew: true }), [], SERVICE.slice(0, end));
  });

  it("is no error either where the editor closes the bracket of a header", () => {
    for (const header of ["[$0]", "[S$0]", "[Servic$0]"]) assert.deepEqual(alarms(header, { isNew: true }), []);
  });

  it("is a header, a name and a value on the line that is being typed", () => {
    const whole = "[Service]\nExecStart=/bin/a\n";
    for (const line of ["[Inst$0", "Execs$0", "Restart=$0", "Restart=on-$0", "ExecStop=/$0", "TimeoutStopSec=5mi$0"]) {
      assert.deepEqual(alarms(`${whole}${line}\n`), [], line);
      assert.equal(alarms(`${whole}${line}\n`, { typing: false }).length, 1, line);
      assert.equal(alarms(`${whole}${line.replace("$0", "")}\n$0`).length, 1, line);
    }
  });

  it("is not what is wrong on other lines", () => {
    const broken = "[Service]\nExecStart=/bin/a\nRestart=x\nNice=$0\nKillMode=y\n";
    assert.deepEqual(alarms(broken), ["value/enumeration", "value/enumeration"]);
    assert.deepEqual(alarms(broken.replaceAll("\n", "\r\n")), ["value/enumeration", "value/enumeration"]);
  });

  it("is not a unit that lost its command in a file that was there before", () => {
    assert.deepEqual(alarms("[Service]\nUser=a$0\n"), ["unit/no-command"]);
    assert.deepEqual(alarms("[Service]\nUser=a\n"), ["unit/no-command"]);
  });

  it("is a whole unit in a new document until a later section is begun", () => {
    const none = "[Service]\nUser=shop\n";
    for (const text of [none, `${none}$0`, `${none}\n[Install]$0`, `${none}\n[Install$0`])
      assert.deepEqual(alarms(text, { isNew: true }), [], text);
    assert.deepEqual(alarms(`${none}\n[Install]\n$0`, { isNew: true }), ["unit/no-command"]);
    assert.deepEqual(alarms(`${none}\n[Install]\n$0`, { isNew: true, typing: false }), ["unit/no-command"]);
    assert.deepEqual(alarms(`[Service]\nUser=shop$0\n\n[Install]\nWantedBy=a.target\n`, { isNew: true }), []);
  });

  it("is nothing outside of an editor", () => {
    const path = unitPath("/srv/shop/shop.service");
    assert.ok(path);
    const unit = readUnit(path, "[Ser", 262);
    const found = check(unit, { profile: "off" });
    assert.equal(withoutUnfinished(unit, found, FINISHED), found);
    assert.equal(quietFindings("[Ser", found, FINISHED, undefined).shown, found);
  });
});
