import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { allValueRules, type ValueRules } from "../../server/src/findings/valueRule.ts";
import { check } from "../../server/src/rules/check.ts";
import { VALUE_RULES } from "../../server/src/rules/value.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { ValueCode } from "../../server/src/values/codes.ts";
import type { Issue } from "../../server/src/values/grammar.ts";

/** Each `@ts-expect-error` is a test of its own: `npm run check` fails where its line compiles. */
describe("the codes of values", () => {
  it("are those of rules, so that a grammar cannot give another one", () => {
    const known: Issue = { from: 0, to: 1, code: "value/mode", message: "takes a mode" };
    // @ts-expect-error no rule has this code
    const unknown: Issue = { from: 0, to: 1, code: "value/no-such-rule", message: "takes a mode" };
    const codes = VALUE_RULES.map((it) => it.code);
    assert.deepEqual(
      [known, unknown].map((it) => codes.includes(it.code)),
      [true, false],
    );
  });

  it("have a rule each, and no rule has another one", () => {
    const about = { title: "", why: "", page: "", bad: { text: "" }, good: { text: "" } };
    const one = { "value/mode": about } satisfies ValueRules;
    // @ts-expect-error all but one code lack their rule
    const few = allValueRules(one);
    // @ts-expect-error no grammar gives this code
    const stray: ValueCode = "value/no-such-grammar";
    assert.deepEqual(
      few.map((it) => it.code),
      ["value/mode"],
    );
    assert.ok(VALUE_RULES.every((it) => it.code !== stray));
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
