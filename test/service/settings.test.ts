import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isOn } from "../../server/src/service/settings.ts";
import { unitOf } from "../hardening/kit.ts";

describe("a switch", () => {
  it("is on by its last value, whatever else it may take", () => {
    const on = (...lines: readonly string[]): readonly boolean[] =>
      (["PrivateTmp", "RestrictNamespaces", "Delegate"] as const).map((it) =>
        isOn(unitOf(`[Service]\n${lines.map((line) => `${it}=${line}\n`).join("")}`), it),
      );
    assert.deepEqual(on("no", "on"), [true, true, true]);
    assert.deepEqual(on("yes", "false"), [false, false, false]);
    assert.deepEqual(on(), [false, false, false]);
    assert.equal(isOn(unitOf("[Service]\nRestrictNamespaces=net\n"), "RestrictNamespaces"), false);
  });
});
