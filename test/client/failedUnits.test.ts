import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { failedUnits, fragmentPath } from "../../client/failure/failedUnits.ts";

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
});
