import assert from "node:assert/strict";
import { copySettings } from "../../server/src/security/copySettings.ts";
import { startSettings, type UnitSettings } from "../../server/src/security/settings.ts";

/** Settings in which nothing that can grow is missing. */
const full = (): UnitSettings => ({
  ...startSettings("service", "system", 257),
  onFailure: new Set(["a.service"]),
  addressFamilies: { allow: true, members: new Set([1]) },
  systemCalls: { allow: true, members: new Uint32Array([1, 2]) },
  devices: ["/dev/null"],
  setCredentials: new Map([["key", true]]),
});

/** All objects in a value that can be changed where they are. */
function growing(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(growing);
  return [Set, Map, Array, Uint32Array].some((it) => value instanceof it) ? [value, ...inside] : inside;
}

describe("copySettings", () => {
  it("gives equal settings that share nothing that can grow", () => {
    const settings = full();
    const copy = copySettings(settings);
    assert.deepEqual(copy, settings);
    const theirs = new Set(growing(settings));
    assert.ok(theirs.size > 0);
    assert.deepEqual(
      growing(copy).filter((it) => theirs.has(it)),
      [],
    );
    assert.notEqual(copy.addressFamilies, settings.addressFamilies);
    assert.notEqual(copy.systemCalls, settings.systemCalls);
  });
});
