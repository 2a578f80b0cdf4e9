import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { targetsIn } from "../../server/src/facts/targets.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check, type Selection } from "../../server/src/rules/check.ts";
import { asReadBy, checkTargets, movingUp } from "../../server/src/rules/severalTargets.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const QUIET: Selection = { profile: "off" };

function service(lines: string, version: number): Unit {
  const path = unitPath("x.service");
  assert.ok(path);
  return readUnit(path, `[Service]\nExecStart=/bin/true\n${lines}`, version);
}

const messages = (found: readonly Finding[]): string[] =>
  found.map(({ severity, message }) => `${severity}: ${message}`);

/** What is found in some lines for a list of targets, of which the first is the oldest. */
function foundFor(names: string, lines: string, selection = QUIET): readonly Finding[] {
  const { targets } = targetsIn(names);
  return checkTargets(service(lines, targets[0]?.version ?? 0), targets, selection);
}

describe("several targets", () => {
  it("say which of them ignore a directive, and since when it is read", () => {
    assert.deepEqual(messages(foundFor("debian-12,257", "PrivatePIDs=yes\n")), [
      "error: PrivatePIDs= is ignored by debian-12 (systemd 252); since 257",
    ]);
    assert.deepEqual(messages(foundFor("debian-11,rhel-9,255", "PrivatePIDs=yes\n")), [
      "error: PrivatePIDs= is ignored by debian-11 (systemd 247), rhel-9 (systemd 252) and systemd 255; since 257",
    ]);
    assert.deepEqual(messages(foundFor("252,rhel-9", "RestartMode=direct\n")), [
      "error: RestartMode= is ignored by systemd 252; since 254",
    ]);
  });

  it("say which of them ignore what is gone", () => {
    assert.deepEqual(messages(foundFor("rhel-8,debian-11,debian-12", "[Unit]\nConditionNull=yes\n")), [
      "error: ConditionNull= is ignored by debian-11 (systemd 247) and debian-12 (systemd 252); gone since 247",
    ]);
  });

  it("are named for what only some of them mind, and its fixes are not safe for all", () => {
    const [finding, ...more] = foundFor("debian-12,debian-13", "PrivateTmp=disconnected\n");
    assert.deepEqual(more, []);
    assert.equal(
      finding?.message,
      '"disconnected" is no value of PrivateTmp=; that requires systemd 257: systemd ignores this line; only on debian-12 (systemd 252); allowed: yes or no',
    );
    const [gone] = foundFor("257,262", "MemoryLimit=1G\n").filter(({ code }) => code === "directive/ignored");
    assert.match(gone?.message ?? "", /; only on systemd 262$/);
    assert.ok(gone?.fixes.every(({ safe }) => !safe));
  });

  it("are not named for what all of them mind, in whichever words", () => {
    for (const line of ["PrivateTmp=maybe\n", "Type=maybe\n"]) {
      const found = foundFor("239,252,262", line);
      assert.equal(found.length, 1);
      assert.doesNotMatch(found[0]?.message ?? "", /only on/);
    }
  });

  it("are told apart where they do something else with the same mistake", () => {
    assert.deepEqual(messages(foundFor("rhel-8,debian-11,debian-12", "StandardInputData=x\n")), [
      'error: Invalid Base64 "x" in StandardInputData=: systemd refuses the unit; only on rhel-8 (systemd 239)',
      'error: Invalid Base64 "x" in StandardInputData=: systemd ignores this line; only on debian-11 (systemd 247) and debian-12 (systemd 252)',
    ]);
  });

  it("get the advice of the oldest", () => {
    const unit = service("User=x\n", 247);
    const { targets } = targetsIn("247,262");
    const advice = (found: readonly Finding[]): string[] =>
      found.filter((it) => it.code.startsWith("hardening/")).map((it) => it.code);
    const selection: Selection = { profile: "strict" };
    assert.deepEqual(advice(checkTargets(unit, targets, selection)), advice(check(unit, selection)));
  });

  it("read a unit once for each version", () => {
    const unit = service("", 252);
    assert.equal(asReadBy(unit, 252), unit);
    assert.equal(asReadBy(unit, 257).version, 257);
    assert.equal(asReadBy(unit, 257), asReadBy(unit, 257));
  });
});

describe("moving up", () => {
  const moved = (from: number, to: string, lines: string, selection = QUIET): readonly Finding[] => {
    const unit = service(lines, from);
    return movingUp(unit, check(unit, selection), targetsIn(to).targets, selection);
  };

  it("tells what will be ignored, as a warning, with the new name where both know it", () => {
    assert.deepEqual(moved(252, "257", "MemoryLimit=1G\n"), []);
    const [ignored] = moved(252, "262", "MemoryLimit=1G\n");
    assert.equal(ignored?.severity, "warning");
    assert.match(ignored?.message ?? "", /^MemoryLimit= has no effect since systemd 258: .*; with systemd 262$/);
    const fix = ignored?.fixes.find((it) => it.title === "Change to MemoryMax=");
    assert.equal(fix?.safe, true);
    assert.match(applyEdits(service("MemoryLimit=1G\n", 252).file.text, fix?.edits() ?? []), /\nMemoryMax=1G\n$/);
  });

  it("tells a change once for all newer ones that bring it", () => {
    assert.deepEqual(messages(moved(247, "257,262", "SetCredentialEncrypted=a:b\n")), [
      'warning: Invalid Base64 "b" in SetCredentialEncrypted=: systemd ignores this line; with systemd 257 and systemd 262',
    ]);
    const hints = moved(246, "debian-13,262", "User=x\n", { profile: "strict" });
    assert.deepEqual(
      hints.map(({ code, message }) => [code, message.slice(-17)]),
      [...new Map(hints.map(({ code, message }) => [code, message.slice(-17)]))],
    );
    assert.match(
      hints.find(({ code }) => code === "hardening/protect-proc")?.message ?? "",
      / possible with systemd 257$/,
    );
  });

  it("offers no new name that takes other values", () => {
    const [ignored] = moved(252, "262", "CPUShares=100\n");
    assert.equal(ignored?.code, "directive/ignored");
    assert.deepEqual(
      ignored.fixes.filter((it) => it.title.startsWith("Change to")),
      [],
    );
  });

  it("says nothing of what does not change, and tells which hardening becomes possible", () => {
    assert.deepEqual(moved(252, "257", "PrivateTmp=yes\nNonsense=1\n"), []);
    const hints = moved(246, "262", "User=x\n", { profile: "strict" });
    for (const { code, severity, message, fixes, advice } of hints) {
      // What is missing today is counted, and added, by itself.
      assert.equal(advice, undefined);
      assert.ok(fixes.length > 0 && fixes.every(({ safe, many }) => !safe && !many), code);
      assert.match(code, /^hardening\//);
      assert.equal(severity, "hint");
      assert.match(message, /; possible with systemd 262$/);
    }
    assert.ok(hints.some(({ code }) => code === "hardening/protect-proc"));
  });
});
