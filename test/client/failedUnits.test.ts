import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { failedState, failedUnits, fragmentPath } from "../../client/failure/failedUnits.ts";

describe("client: failed units of the machine", () => {
  it("are the names that systemctl lists", () => {
    const output = [
      "shop.service                loaded failed failed Web shop",
      "dev-disk-by\\x2duuid-1.swap loaded failed failed /dev/disk/by-uuid/1",
      "",
    ].join("\n");
    assert.deepEqual(failedUnits(output), ["shop.service", "dev-disk-by\\x2duuid-1.swap"]);
    assert.deepEqual(failedUnits(""), []);
    assert.deepEqual(failedUnits("0 loaded units listed.\n"), []);
  });

  it("have a file where systemd says so", () => {
    assert.equal(fragmentPath("FragmentPath=/etc/systemd/system/shop.service\n"), "/etc/systemd/system/shop.service");
    for (const output of ["FragmentPath=\n", ""]) assert.equal(fragmentPath(output), undefined);
  });

  it("have failed only where systemd says so, with the files that it reads", () => {
    const files = "FragmentPath=/etc/systemd/system/shop.service\nDropInPaths=/etc/a.conf /run/b.conf\n";
    assert.deepEqual(failedState(`Result=exit-code\nActiveState=failed\n${files}`), {
      result: "exit-code",
      files: ["/etc/systemd/system/shop.service", "/etc/a.conf", "/run/b.conf"],
    });
    // Between two attempts, and after one that is long past.
    for (const state of ["activating", "active", "inactive"])
      assert.equal(failedState(`Result=exit-code\nActiveState=${state}\n${files}`).result, undefined, state);
    assert.equal(failedState("ActiveState=failed\nResult=[x](y) $(zap)\n").result, undefined);
    assert.deepEqual(failedState(""), { result: undefined, files: [] });
  });
});
