import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { FLEET, figuresOf, fleetSummary, type ServiceFigures } from "../../server/src/hardening/fleet.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit, type Unit, withText } from "../../server/src/units/unit.ts";

function unitOf(text: string): Unit {
  const path = unitPath("/etc/systemd/system/x.service");
  assert.ok(path);
  return readUnit(path, text, NEWEST_VERSION);
}

const PLAIN = "[Service]\nExecStart=/usr/bin/redis-server\n";

describe("the figures of a service", () => {
  it("are its exposure, and that after unit-warden harden", () => {
    for (const more of [
      "",
      "ProtectSystem=yes\n",
      "SystemCallFilter=~@mount\nProtectHome=read-only\n",
      "NoNewPrivileges=yes\n",
    ]) {
      const unit = unitOf(PLAIN + more);
      const hardened = withText(unit, applyEdits(unit.file.text, hardenUnit(unit, "basic").edits));
      const { exposure, after, changes } = figuresOf(unit);
      assert.deepEqual([exposure, after, changes], [assess(unit).exposure, assess(hardened).exposure, true], more);
    }
  });

  it("name what is not set, but for what a comment silences", () => {
    const { missing } = figuresOf(unitOf(`${PLAIN}PrivateTmp=yes\n`));
    assert.ok(missing.includes("ProtectSystem") && !missing.includes("PrivateTmp"));
    const silenced = "# unit-warden: ignore-file hardening/protect-system\n";
    assert.ok(!figuresOf(unitOf(silenced + PLAIN)).missing.includes("ProtectSystem"));
  });

  it("are none of a service that systemd refuses", () => {
    assert.deepEqual(figuresOf(unitOf("[Service]\nExecStop=/bin/true\n")), {
      ...{ exposure: undefined, after: undefined, missing: [], changes: false },
    });
  });
});

describe("the summary of a fleet", () => {
  const figures = (exposure: number | undefined): ServiceFigures => ({
    exposure,
    after: exposure === undefined ? undefined : exposure - 10,
    missing: exposure === undefined ? [] : exposure > 90 ? ["ProtectSystem", "PrivateTmp"] : ["PrivateTmp"],
    changes: exposure !== undefined,
  });
  const fleet = [undefined, 100, ...Array.from({ length: FLEET }, (_, i) => 70 + i)].map((it, i) => ({
    path: `${i}.service`,
    ...figures(it),
  }));

  it("counts levels and settings, names the worst, and says what the basic profile changes", () => {
    const summary = fleetSummary(fleet);
    assert.ok(summary);
    assert.deepEqual([summary.services, summary.refused], [FLEET + 2, 1]);
    assert.deepEqual(
      summary.levels.filter((it) => it.services > 0).map((it) => [it.level, it.services]),
      [
        ["DANGEROUS", 1],
        ["UNSAFE", 5],
        ["EXPOSED", 15],
        ["MEDIUM", 5],
      ],
    );
    assert.deepEqual(
      summary.worst.map((it) => it.exposure),
      [100, 94, 93, 92, 91, 90, 89, 88, 87, 86],
    );
    assert.deepEqual(summary.missing, [
      { setting: "PrivateTmp", services: FLEET + 1 },
      { setting: "ProtectSystem", services: 5 },
    ]);
    assert.deepEqual(summary.basic, { changes: FLEET + 1, before: 82, after: 72 });
  });

  it("is none of a few", () => {
    assert.equal(fleetSummary(fleet.slice(0, FLEET - 1)), undefined);
  });
});
