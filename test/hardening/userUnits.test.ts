import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { targetNamed } from "../../server/src/facts/targets.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { missingSettings } from "../../server/src/hardening/missingSettings.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import type { HardeningDirective } from "../../server/src/hardening/profiles.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { memoryFiles } from "../program/kit.ts";

const PATH = "/home/x/.config/systemd/user/app.service";

/** A user unit with these lines, for a target. */
function unitFor(target: string, ...lines: readonly string[]): Unit {
  const path = unitPath(PATH);
  const version = targetNamed(target)?.version;
  assert.ok(path && version);
  const text = `[Unit]\nDescription=App\n[Service]\nExecStart=/usr/bin/app --serve\n${lines.join("\n")}\n`;
  return readUnit(path, text, version);
}

/** What is offered as likely, what has to hold for a setting, and what speaks against one. */
function offerOf(unit: Unit) {
  const { gaps } = missingSettings(unit, "isolated", "likely");
  const gapOf = (name: HardeningDirective) => gaps.find(({ row }) => row.directive === name);
  return {
    lines: gaps.flatMap(({ safe }) => safe),
    condition: (name: HardeningDirective): string => gapOf(name)?.confidence?.reason ?? "",
    against: (name: HardeningDirective): string => gapOf(name)?.fit.against ?? "",
  };
}

describe("hardening: user units", () => {
  it("are offered what needs no user namespace, on the condition that no program gains rights", () => {
    for (const target of ["249", "262", "ubuntu-24.04"]) {
      const { lines, condition } = offerOf(unitFor(target));
      for (const line of ["NoNewPrivileges=yes", "RestrictRealtime=yes", "LockPersonality=yes"])
        assert.ok(lines.includes(line), `${target}: ${line}`);
      assert.ok(lines.some((it) => it.startsWith("SystemCallFilter=@system-service")));
      assert.equal(condition("NoNewPrivileges"), "if it runs no set-user-ID programs such as fusermount");
      assert.match(condition("RestrictRealtime"), /fusermount, and it asks for no realtime priority$/);
    }
  });

  it("are offered what needs one where it is at worst ignored", () => {
    const { lines, condition, against } = offerOf(unitFor("257"));
    for (const line of ["ProtectSystem=full", "PrivateTmp=yes", "ProtectHostname=yes"])
      assert.ok(lines.includes(line), line);
    assert.match(condition("PrivateTmp"), /^if the machine allows user namespaces, it runs no set-user-ID programs/);
    for (const name of ["PrivateDevices", "ProtectClock", "ProtectKernelModules", "ProtectKernelLogs"] as const)
      assert.match(against(name), /where the machine denies user namespaces .* the start fails with 218/);
    assert.match(against("ProtectHome"), /the files of its user are in a home directory/);
  });

  it("are offered nothing that the target ignores", () => {
    const denied = offerOf(unitFor("ubuntu-24.04")).against;
    assert.match(denied("PrivateTmp"), /^without effect here: as the target denies user namespaces/);
    assert.match(denied("ProtectClock"), /as the target denies .* the start fails with 218/);
    assert.match(offerOf(unitFor("debian-12")).against("PrivateTmp"), /before systemd 254 a user manager ignores it/);
    for (const target of ["249", "debian-12", "257", "ubuntu-24.04", "ubuntu-26.04"]) {
      const unit = unitFor(target);
      const { settings } = hardenUnit(unit, "isolated", undefined, "likely");
      const hardened = unitFor(target, ...settings.map(({ line }) => line));
      const wrong = check(hardened, { profile: "off" }).filter((it) => it.severity !== "info");
      assert.deepEqual(wrong, [], target);
    }
  });

  it("that need a namespace already need no more for others", () => {
    const { condition, against } = offerOf(unitFor("257", "PrivateUsers=yes"));
    assert.equal(against("PrivateDevices"), "");
    assert.doesNotMatch(condition("PrivateTmp"), /namespaces/);
    assert.doesNotMatch(condition("NoNewPrivileges"), /fusermount/);
  });

  it("whose commands start no others get it by one click", () => {
    const text = "[Unit]\nDescription=App\n[Service]\nExecStart=/usr/bin/sleep infinity\n";
    const host = { ...memoryHost({ [PATH]: text }), programFiles: () => memoryFiles({}) };
    const out = runOver(host, "harden", PATH).stdout;
    assert.match(out, /^\+NoNewPrivileges=yes$/m);
    assert.doesNotMatch(out, /^\+Private/m);
  });
});

describe("targets: user namespaces", () => {
  const found = (target: string, line: string): readonly string[] =>
    check(unitFor(target, line), { profile: "off" }).flatMap((it) =>
      it.code === "sandbox/user-namespace" ? [`${it.severity}: ${it.message}`] : [],
    );

  it("are known to be denied to users by Ubuntu", () => {
    for (const target of ["ubuntu-24.04", "ubuntu-26.04"])
      assert.match(
        found(target, "ProtectClock=yes").join(),
        /^warning: .*: Ubuntu 24\.04 and later deny these to users, and the start fails with 218/,
      );
    for (const target of ["255", "fedora-40", "debian-13"])
      assert.match(found(target, "ProtectClock=yes").join(), /^info: .*: where the machine denies these to users/);
    assert.match(found("ubuntu-22.04", "PrivateTmp=yes").join(), /^warning: .* has no effect .* before systemd 254/);
  });
});
