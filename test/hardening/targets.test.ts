import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { RHEL_8, RHEL_9 } from "../../server/src/facts/targets.ts";
import { VERSIONS } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { check } from "../../server/src/rules/check.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const SERVICES = [
  "ExecStart=/usr/bin/shop\n",
  "ExecStart=/usr/bin/shop --port 80\nUser=shop\nStateDirectory=shop\n",
  "ExecStart=/usr/sbin/nginx\nType=forking\nPIDFile=/run/nginx.pid\n",
  "ExecStart=/usr/bin/python3 /srv/app.py\nDynamicUser=yes\n",
] as const;

function read(text: string, version: number): Unit {
  const path = unitPath("/etc/systemd/system/shop.service");
  assert.ok(path);
  return readUnit(path, text, version);
}

describe("hardening: targets", () => {
  for (const version of [...VERSIONS, RHEL_8, RHEL_9.nine])
    it(`adds nothing that ${version} ignores or refuses`, () => {
      for (const lines of SERVICES)
        for (const profile of ["basic", "strict", "isolated"] as const) {
          const unit = read(`[Unit]\nDescription=Shop\n[Service]\n${lines}`, version);
          const text = applyEdits(unit.file.text, hardenUnit(unit, profile).edits);
          const hardened = read(text, version);
          const wrong = check(hardened, { profile: "off" }).filter(({ severity }) => severity === "error");
          assert.deepEqual(
            wrong.map(({ message }) => message),
            [],
            text,
          );
          assert.ok(assess(hardened).loads);
        }
    });

  it("adds more to what knows more", () => {
    const added = (version: number): number => {
      const unit = read("[Service]\nExecStart=/usr/bin/shop\nUser=shop\n", version);
      return applyEdits(unit.file.text, hardenUnit(unit, "strict").edits).split("\n").length;
    };
    assert.ok(added(239) < added(245) && added(245) < added(247));
  });
});
