import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import type { UnitContext } from "../../server/src/findings/rule.ts";
import type { Example } from "../../server/src/findings/ruleTexts.ts";
import { check } from "../../server/src/rules/check.ts";
import { EMPTY_INDEX, withChanges } from "../../server/src/units/index/unitIndex.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

const pathOf = (name: string): string => `/example/${name}`;

function read({ path = "x.service", version = NEWEST_VERSION, text }: Example): Unit | undefined {
  const parts = checkedPath(path);
  return parts && Object.assign(readUnit(parts, text, version), { repeated: true });
}

/** The example among the other files of one. */
function among(
  { path = "x.service", text }: Example,
  otherFiles: Example["otherFiles"],
  complete: boolean,
): UnitContext {
  const files = Object.entries({ ...otherFiles, [path]: text });
  const index = withChanges(
    EMPTY_INDEX,
    files.map(([name, its]) => ({ path: pathOf(name), text: its })),
  );
  return { index, path: pathOf(path), complete };
}

/** What is found, without the functions of fixes. */
const found = (unit: Unit, context: UnitContext): unknown =>
  check(unit, { profile: "off" }, context).map(({ fixes, ...it }) => [it, fixes.map(({ title }) => title)]);

describe("a unit of a fleet that is judged again", () => {
  it("among other units gets the findings of one that is judged for the first time", () => {
    let [count, differing] = [0, 0];
    for (const { bad, good, silent = [] } of SHOWN_RULES)
      for (const example of [bad, good, ...silent]) {
        const unit = read(example);
        if (!unit) continue;
        const contexts = [
          among(example, {}, false),
          among(example, example.otherFiles, true),
          among(example, bad.otherFiles, true),
          among(example, {}, true),
        ];
        const first = contexts.map((it) => {
          const fresh = read(example);
          return fresh && found(fresh, it);
        });
        const again = contexts.map((it) => found(unit, it));
        assert.deepEqual(again, first, example.text);
        count++;
        if (new Set(first.map((it) => JSON.stringify(it))).size > 1) differing++;
      }
    assert.ok(count > SHOWN_RULES.length && differing > 40, `${differing} of ${count} depend on other units`);
  });
});
