import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ADVICE_RULES } from "../../server/src/dialects/dialects.ts";
import { unknownAdvice } from "../../server/src/hosts/judge.ts";
import { nixUnits } from "../../server/src/hosts/nix/nixUnits.ts";

describe("advice in a host", () => {
  it("is none about a setting whose value nobody knows, under whichever code", () => {
    const text = `{ config, ... }: {
  systemd.services.a.serviceConfig = { ExecStart = "/usr/bin/a"; NoNewPrivileges = config.services.a.confined; };
}`;
    const [unit] = nixUnits(text).units;
    assert.ok(unit);
    const off = Object.keys(unknownAdvice(unit));
    const about = ADVICE_RULES.filter((it) => it.directive === "NoNewPrivileges").map((it) => it.code);
    assert.ok(about.length > 1);
    assert.deepEqual(
      about.filter((it) => !off.includes(it)),
      [],
    );
    assert.ok(!off.includes("hardening/protect-home"));
  });
});
