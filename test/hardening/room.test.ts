import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

/** What hardening adds that makes room for what a service writes. */
function room(name: string, ...lines: readonly string[]): string[] {
  const path = unitPath(`${name}.service`);
  assert.ok(path);
  const unit = readUnit(path, `[Service]\n${lines.join("\n")}\n`, 262);
  return safeSettings(unit, "strict")
    .map((it) => it.line)
    .filter((it) => /^(?:ReadWritePaths|\w+Directory)=/.test(it));
}

describe("room for what a service writes", () => {
  it("is made where the unit has made it read-only", () => {
    assert.deepEqual(room("x", "ExecStart=/usr/bin/x --data-dir /var/lib/x", "ProtectSystem=strict"), [
      "StateDirectory=x",
    ]);
    assert.deepEqual(room("x", "ExecStart=/usr/bin/x --data-dir /var/lib/others", "ProtectSystem=strict"), [
      "ReadWritePaths=-/var/lib/others",
    ]);
    assert.deepEqual(room("x", "ExecStart=/usr/bin/x --data-dir /var/lib/others/x", "DynamicUser=yes"), [
      "StateDirectory=others/x",
    ]);
  });

  it("is not needed where nothing closes the path, or the unit has opened it", () => {
    assert.deepEqual(room("x", "ExecStart=/usr/bin/x --data-dir /var/lib/x", "ProtectSystem=full"), []);
    const strict = ["ExecStart=/usr/bin/x --data-dir /var/lib/x", "ProtectSystem=strict"];
    assert.deepEqual(room("x", ...strict, "StateDirectory=x"), []);
    assert.deepEqual(room("x", ...strict, "ReadWritePaths=/var/lib"), []);
  });
});
