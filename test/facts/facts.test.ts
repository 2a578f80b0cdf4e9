import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ADDRESS_FAMILIES, addressFamily } from "../../server/src/facts/addressFamilies.ts";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { errnos } from "../../server/src/facts/errnos.ts";
import { RELEASES } from "../../server/src/facts/releases.ts";
import { callsOf, systemCalls } from "../../server/src/facts/systemCalls.ts";

describe("facts: system calls", () => {
  it("counts what systemd knows", () => {
    assert.equal(systemCalls(257).groups.size, 30);
    assert.equal(callsOf("@known", 257)?.size, 556);
    assert.equal(callsOf("@known", 262)?.size, 561);
    const later = new Set(RELEASES.flatMap(({ calls = {} }) => Object.values(calls).join(" ").split(" ")));
    const native = [257, 262].map((it) => [...systemCalls(it).native].filter((call) => !later.has(call)).length);
    assert.deepEqual(native, [379, 385]);
  });

  it("tells versions apart", () => {
    const holds = (group: string, call: string) => [257, 258, 262].map((version) => callsOf(group, version)?.has(call));
    assert.deepEqual(holds("@mount", "open_tree"), [true, false, false]);
    assert.deepEqual(holds("@file-system", "open_tree"), [false, true, true]);
    assert.deepEqual(holds("@mount", "open_tree_attr"), [false, true, true]);
    assert.deepEqual(holds("@known", "listns"), [false, false, true]);
    assert.deepEqual(holds("@known", "fstatat"), [false, false, false]);
  });

  it("unfolds groups inside of groups", () => {
    assert.ok(systemCalls(262).groups.get("@system-service")?.includes("@file-system"));
    assert.ok(callsOf("@system-service", 262)?.has("openat"));
    assert.ok(!callsOf("@system-service", 262)?.has("mount"));
    assert.equal(callsOf("@typo", 262), undefined);
  });

  it("knows which calls x86-64 has", () => {
    const { native, unresolved } = systemCalls(262);
    assert.ok(native.has("read") && !native.has("clock_settime64") && !native.has("fstatat"));
    assert.ok(unresolved.has("fstatat") && !unresolved.has("clock_settime64"));
    assert.ok(systemCalls(257).unresolved.has("uprobe") && native.has("uprobe"));
  });

  it("keeps every list in the order of the alphabet", () => {
    for (const version of [257, 262]) {
      for (const [name, members] of systemCalls(version).groups) {
        if (name !== "@known") assert.deepEqual(members, [...members].sort(), name);
      }
    }
  });
});

describe("facts: names and numbers", () => {
  it("capabilities count from 0", () => {
    assert.equal(CAPABILITIES.length, 41);
    assert.equal(CAPABILITIES[21], "CAP_SYS_ADMIN");
    assert.equal(CAPABILITIES[40], "CAP_CHECKPOINT_RESTORE");
  });

  it("address families have several names, in any letter case", () => {
    assert.equal(ADDRESS_FAMILIES.get("AF_DECnet"), 12);
    assert.equal(ADDRESS_FAMILIES.get("AF_MCTP"), 45);
    assert.deepEqual(["AF_UNIX", "AF_LOCAL", "af_file", "AF_DECNET"].map(addressFamily), [1, 1, 1, 12]);
    assert.equal(addressFamily("UNIX"), undefined);
  });

  it("error numbers have names, some of them two", () => {
    assert.deepEqual([errnos().size, errnos().get("EPERM")?.number, errnos().get("EWOULDBLOCK")?.number], [134, 1, 11]);
  });
});
