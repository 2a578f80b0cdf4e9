import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import type { Rule } from "../../server/src/findings/rule.ts";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { RULES } from "../../server/src/rules/allRules.ts";
import { choiceAmong, chosen } from "../../server/src/rules/choice.ts";
import { familyOf } from "../../server/src/rules/codes.ts";
import { RULES_OF_TEXTS, RULES_OF_UNITS } from "../../server/src/rules/unitRules.ts";
import { EMPTY_INDEX, withChanges } from "../../server/src/units/index/unitIndex.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { exampleUnit } from "../kit/mutatedExamples.ts";
import { random } from "../kit/random.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

const CHOICE = choiceAmong(RULES);
const EXAMPLES: readonly Example[] = SHOWN_RULES.flatMap(({ bad, good, silent = [] }) => [bad, good, ...silent]);

/** What the rules that are not chosen for a unit would find in it, among some other files. */
function missed(unit: Unit, path: string, otherFiles: Example["otherFiles"] = {}): readonly string[] {
  const files = Object.entries({ ...otherFiles, [path]: unit.file.text });
  const index = withChanges(
    EMPTY_INDEX,
    files.map(([name, text]) => ({ path: `/example/${name}`, text })),
  );
  const asked = new Set(chosen(CHOICE, unit, new Map()).map((it) => it.check));
  const others = RULES.filter((it): it is Rule => "check" in it && !asked.has(it.check));
  const context = { index, path: `/example/${path}`, complete: true };
  return others.flatMap((it) => [...it.check(unit, context)].map(({ message }) => `${it.code}: ${message}`));
}

function read({ path = "x.service", text, version = 262 }: Example, dropIns: readonly string[] = []): Unit {
  const parts = checkedPath(path);
  assert.ok(parts, path);
  return readUnit(parts, text, version, { dropIns });
}

describe("the choice of rules", () => {
  it("is made among all that judge units without knowing those for other files", () => {
    const unit = read({ text: "[Service]\nExecStart=/usr/bin/app\n" });
    const families = new Set<string>(unit.family.content.rules);
    const its = SHOWN_RULES.filter(({ code }) => families.has(familyOf(code))).map((it) => it.code);
    assert.deepEqual(
      [...RULES_OF_TEXTS, ...RULES_OF_UNITS].map((it) => it.code),
      its,
    );
  });

  it("leaves out most rules for a small unit, and all that need another setting", () => {
    const unit = read({ text: "[Service]\nExecStart=/usr/bin/app\n" });
    const families = new Set<string>(unit.family.content.rules);
    const rules = SHOWN_RULES.filter(({ code }) => families.has(familyOf(code)));
    const codes = chosen(choiceAmong(rules), unit, new Map()).map((it) => it.code);
    assert.ok(codes.length < rules.length / 4, `${codes.length} of ${rules.length}`);
    assert.ok(codes.includes("sandbox/secret-in-unit"));
    assert.ok(!codes.includes("sandbox/jit"));
  });

  it("leaves out none that finds something in an example", () => {
    for (const example of EXAMPLES) {
      const { path = "x.service", otherFiles, text } = example;
      assert.deepEqual(missed(read(example), path, otherFiles), [], text);
    }
  });

  it("leaves out none that finds something in a mixture of examples, with drop-ins or as one", () => {
    const chance = random(1);
    for (let i = 0; i < 400; i++) {
      const [one, two] = [exampleUnit(chance), exampleUnit(chance)];
      assert.deepEqual(missed(read(one, [two.text]), one.path), [], JSON.stringify([one, two]));
      const [main, part] = [checkedPath("x.service"), checkedPath("x.service.d/a.conf")];
      assert.ok(main && part);
      const texts = { path: main, text: one.text, dropIns: ["[Service]\n", two.text], at: 0 };
      for (const at of [0, 1]) {
        const dropIn = readUnit(part, texts.dropIns[at] ?? "", 262, { main: { ...texts, at } });
        assert.deepEqual(missed(dropIn, "x.service.d/a.conf"), [], JSON.stringify([one, two, at]));
      }
    }
  });
});
