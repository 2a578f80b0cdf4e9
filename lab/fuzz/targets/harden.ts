import assert from "node:assert/strict";
import fc from "fast-check";
import { unitPath } from "../../../server/src/families/unitFiles/unitPath.ts";
import { type HardenedLine, hardenAsDropIn, hardenUnit } from "../../../server/src/hardening/profile.ts";
import { check } from "../../../server/src/rules/check.ts";
import { assess } from "../../../server/src/security/exposure.ts";
import { applyEdits } from "../../../server/src/text/span.ts";
import { isUtf8Clean } from "../../../server/src/text/utf8.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { machineVerdict } from "../../../test/kit/machineVerdict.ts";
import { type HostileUnit, hostileUnit, mutatedUnit } from "../../../test/kit/mutate.ts";
import { exampleUnit } from "../../../test/kit/mutatedExamples.ts";
import { madeBy } from "../../../test/kit/shrunk.ts";
import { fuzzTarget } from "../target.ts";

const service = madeBy((random): HostileUnit => {
  const unit = random.chance(0.5) ? exampleUnit(random) : mutatedUnit(random);
  return { ...unit, path: random.pick(["/etc/systemd/system/app.service", "/etc/systemd/user/app@.service"]) };
});

/** Hardening keeps a unit loadable, never exposes it more, adds nothing twice and nothing that is wrong, and is final. */
export const harden = fuzzTarget<HostileUnit>({
  name: "harden",
  input: fc.oneof(service, hostileUnit),
  run(hostile) {
    const path = unitPath(hostile.path);
    if (path?.role !== "unit" || path.kind !== "service" || !isUtf8Clean(hostile.text)) return;
    for (const version of [257, 262]) {
      const unit = readUnit(path, hostile.text, version, { dropIns: hostile.dropIns });
      if (!assess(unit).loads) continue;
      for (const profile of ["basic", "strict", "isolated"] as const) {
        const { edits, settings } = hardenUnit(unit, profile);
        const text = applyEdits(hostile.text, edits);
        const hardened = readUnit(path, text, version, { dropIns: hostile.dropIns });
        expectBetter(unit, hardened, settings);
        assert.deepEqual(linesOf(hardenUnit(hardened, profile).settings), [], "a second run adds more");
        expectSaidBySystemd(hostile, { ...hostile, text }, version);

        const dropIn = hardenAsDropIn(unit, profile, undefined);
        const dropIns = dropIn.text === "" ? hostile.dropIns : [...hostile.dropIns, dropIn.text];
        const extended = readUnit(path, hostile.text, version, { dropIns });
        expectBetter(unit, extended, dropIn.settings);
        assert.deepEqual(linesOf(hardenAsDropIn(extended, profile, dropIn.text).settings), [], "a drop-in grows again");
        expectSaidBySystemd(hostile, { ...hostile, dropIns }, version);
        const own = unitPath("/etc/systemd/system/app.service.d/hardening.conf");
        const wrong = own ? check(readUnit(own, dropIn.text, version), { profile: "off", select: LINES }) : [];
        assert.deepEqual(
          wrong.map((it) => it.message),
          [],
          "a drop-in has lines that are wrong",
        );
      }
    }
  },
});

/** Families of codes about single lines. */
const LINES = ["syntax", "directive", "value"];

const linesOf = (settings: readonly HardenedLine[]): readonly string[] => settings.map((it) => it.line);

function expectBetter(before: Unit, after: Unit, settings: readonly HardenedLine[]): void {
  const [old, now] = [assess(before), assess(after)];
  assert.ok(now.loads, `the unit is refused now: ${now.messages.join("; ")}`);
  assert.ok((now.exposure ?? 0) <= (old.exposure ?? 0), `the exposure rises from ${old.exposure} to ${now.exposure}`);
  const lines = linesOf(settings);
  assert.deepEqual([...new Set(lines)], lines, "a line is added twice");
  const said = new Set(check(before, { profile: "off", select: LINES }).map((it) => it.message));
  const more = check(after, { profile: "off", select: LINES }).filter((it) => !said.has(it.message));
  assert.deepEqual(
    more.map((it) => it.message),
    [],
    "lines are wrong that were not",
  );
}

function expectSaidBySystemd(before: HostileUnit, after: HostileUnit, version: number): void {
  if (before.text === after.text && before.dropIns === after.dropIns) return;
  const old = machineVerdict(before, version);
  const now = old && machineVerdict(after, version);
  if (!old || !now) return;
  assert.equal(now.refused, old.refused, `systemd ${version} refuses the hardened unit: ${now.messages.join("; ")}`);
  const more = now.messages.filter((it) => !old.messages.some((one) => one.endsWith(it.replace(/^[^:]*: /, ""))));
  assert.deepEqual(more, [], `systemd ${version} complains of the hardened unit`);
}
