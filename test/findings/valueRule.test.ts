import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { RuleCode } from "../../server/src/findings/ruleTexts.ts";
import { valueRules } from "../../server/src/findings/valueRule.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { VALUE_CODES, type ValueCode } from "../../server/src/values/codes.ts";
import type { Issue } from "../../server/src/values/grammar.ts";

/** Each `@ts-expect-error` is a test of its own: `npm run check` fails where its line compiles. */
describe("the codes of values", () => {
  it("are those of rules, so that a grammar cannot give another one", () => {
    const known: Issue = { from: 0, to: 1, code: "value/mode", message: "takes a mode" };
    // @ts-expect-error no rule has this code
    const unknown: Issue = { from: 0, to: 1, code: "value/no-such-rule", message: "takes a mode" };
    const codes = valueRules("value").map((it) => it.code);
    assert.deepEqual(
      [known, unknown].map((it) => codes.some((code) => code === it.code)),
      [true, false],
    );
  });

  it("have a rule each, and no rule has another one", () => {
    // @ts-expect-error no page describes this code
    const undescribed: RuleCode = "value/no-such-rule";
    // @ts-expect-error no grammar gives this code
    const stray: ValueCode = "value/no-such-grammar";
    const all = ["value", "quadlet", "daemon"].flatMap((it) => valueRules(it).map(({ code }) => code));
    assert.deepEqual([...all].sort(), [...VALUE_CODES].sort());
    assert.ok(!all.some((it) => it === undescribed || it === stray));
  });
});

describe("mistakes in values", () => {
  it("have fixes as long as anybody goes through them, and are found all", () => {
    const lines = Array.from({ length: 1500 }, (_, i) => `SystemCallFilter=~@clock foo${i} mount_setatt`);
    const unit = readUnit(
      unitPath("/etc/systemd/system/x.service") ?? assert.fail(),
      `[Service]\nExecStart=/bin/true\n${lines.join("\n")}\n`,
      NEWEST_VERSION,
    );
    const found = check(unit, { profile: "off" }).filter((it) => it.code === "value/system-call");
    assert.equal(found.length, 2 * lines.length);
    assert.deepEqual(
      [found[1], found.at(-1)].map((it) => it?.fixes?.length),
      [1, 0],
    );
  });
});
