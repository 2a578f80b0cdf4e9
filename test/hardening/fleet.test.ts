import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fleetText } from "../../server/src/cli/fleetText.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { FLEET, figuresOf, fleetSummary, isSampled, type ServiceFigures } from "../../server/src/hardening/fleet.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit, withText } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

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
      const { exposure, basic } = figuresOf(unit);
      assert.deepEqual(
        [exposure, basic?.after, basic?.changes],
        [assess(unit).exposure, assess(hardened).exposure, true],
        more,
      );
    }
  });

  it("name what is not set, but for what the service cannot bear and what a comment silences", () => {
    const missing = figuresOf(unitOf(`${PLAIN}PrivateTmp=yes\n`)).basic?.missing;
    assert.ok(missing?.includes("ProtectHostname") && !missing.includes("PrivateTmp"));
    // What it runs may change accounts below /etc.
    const accounts = PLAIN.replace("redis-server", "useradd");
    assert.equal(figuresOf(unitOf(accounts)).basic?.missing.includes("ProtectSystem"), false);
    const silenced = "# unit-warden: ignore-file hardening/protect-hostname\n";
    assert.equal(figuresOf(unitOf(silenced + PLAIN)).basic?.missing.includes("ProtectHostname"), false);
  });

  it("are none of a service that systemd refuses", () => {
    assert.deepEqual(figuresOf(unitOf("[Service]\nExecStop=/bin/true\n")), {
      exposure: undefined,
      basic: { after: undefined, missing: [], changes: false },
    });
  });

  it("are the exposure alone outside of the sample", () => {
    const unit = unitOf(PLAIN);
    assert.deepEqual(figuresOf(unit, { isSampled: false }), { exposure: assess(unit).exposure, basic: undefined });
  });
});

describe("the summary of a fleet", () => {
  const figures = (exposure: number | undefined): ServiceFigures => ({
    exposure,
    basic: {
      after: exposure === undefined ? undefined : exposure - 10,
      missing: exposure === undefined ? [] : exposure > 90 ? ["ProtectSystem", "PrivateTmp"] : ["PrivateTmp"],
      changes: exposure !== undefined,
    },
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
    assert.equal(summary.sample, undefined);
  });

  it("says of how many services the rest is said where that is not all", () => {
    const summary = fleetSummary(fleet.map((it, i) => (i % 9 === 1 ? it : { ...it, basic: undefined })));
    assert.ok(summary);
    assert.deepEqual([summary.services, summary.sample], [FLEET + 2, 3]);
    assert.deepEqual(summary.missing[0], { setting: "PrivateTmp", services: 3 });
    assert.deepEqual(summary.basic, { changes: 3, before: 87, after: 77 });
    const text = fleetText(summary, { paint: (it) => it, width: undefined });
    assert.match(text, /^Most often missing of the basic profile, of 3 services taken evenly$/m);
    assert.match(text, / to 3 of these 3, and bring the median exposure from 8\.7 to 7\.7$/m);
  });

  it("takes its sample evenly, and all of a few", () => {
    const sampleOf = (among: number): number[] =>
      Array.from({ length: among }, (_, at) => at).filter((at) => isSampled(at, among));
    assert.equal(sampleOf(300).length, 300);
    for (const among of [501, 777, 20_000]) {
      const taken = sampleOf(among);
      assert.equal(taken.length, 500);
      const gaps = new Set(taken.slice(1).map((it, i) => it - (taken[i] ?? 0)));
      assert.ok(gaps.size <= 2, `${[...gaps]}`);
    }
  });

  it("is none of a few", () => {
    assert.equal(fleetSummary(fleet.slice(0, FLEET - 1)), undefined);
  });
});
