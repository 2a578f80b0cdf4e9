import assert from "node:assert/strict";
import fc from "fast-check";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { fixAllEdits } from "../../../server/src/rules/fixAll.ts";
import { applyEdits } from "../../../server/src/text/span.ts";
import { isUtf8Clean } from "../../../server/src/text/utf8.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { brokenFixLaws } from "../../../test/kit/fixedPoint.ts";
import { machineVerdict } from "../../../test/kit/machineVerdict.ts";
import { type HostileUnit, hostileUnit } from "../../../test/kit/mutate.ts";
import { mutatedExample } from "../../../test/kit/mutatedExamples.ts";
import { hostileFile } from "../../../test/kit/mutatedFile.ts";
import { fuzzTarget } from "../target.ts";

/** Longer texts have few other mistakes, and their fixes are tried one by one. */
const LONG = 4000;

/** Fixes come to rest, none undoes another, and a safe one changes the verdict of systemd neither in our eyes nor in its own. */
export const fixes = fuzzTarget<HostileUnit>({
  name: "fixes",
  input: fc.oneof(mutatedExample, mutatedExample, hostileUnit, hostileFile),
  run(unit) {
    const path = checkedPath(unit.path);
    if (!path || unit.text.length > LONG) return;
    for (const version of [257, 262]) {
      const read = (text: string): Unit => readUnit(path, text, version, { dropIns: unit.dropIns });
      assert.deepEqual(brokenFixLaws(read, unit.text), [], "a law of fixes is broken");
      if (!isUtf8Clean(unit.text)) continue;
      const edits = fixAllEdits(read, unit.text, { profile: "off" }, "safe");
      const before = edits.length > 0 ? machineVerdict(unit, version) : undefined;
      if (!before) continue;
      const after = machineVerdict({ ...unit, text: applyEdits(unit.text, edits) }, version);
      assert.equal(after?.refused, before.refused, `safe fixes change whether systemd ${version} refuses the unit`);
    }
  },
});
