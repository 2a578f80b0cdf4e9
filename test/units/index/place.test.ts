import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "mocha";
import { LOAD_PATHS } from "../../../server/src/families/unitFiles/loadPaths.ts";
import { filePlaceOf, treeKey } from "../../../server/src/units/index/filePlace.ts";
import { skip } from "../../kit/skip.ts";

describe("places of files", () => {
  const keys: Readonly<Record<string, string | undefined>> = {
    "/etc/systemd/system/a.service": "system:",
    "/usr/lib/systemd/system/a.service.d/x.conf": "system:",
    "/run/user/1000/systemd/user/a.service": "user:",
    "/home/me/.config/systemd/user/a.service": "user:",
    "/root/.config/systemd/user/a.service": "user:",
    "/work/pkg/usr/lib/systemd/user/a.timer": "user:/work/pkg",
    "/work/pkg/etc/systemd/system/multi-user.target.wants/a.service": "system:/work/pkg",
    "/work/pkg/lib/systemd/system/a.service": "system:/work/pkg",
    "/work/dotfiles/.config/systemd/user/a.service": "user:/work/dotfiles",
    "/work/debian/a.service": "system:/work/debian",
    "/work/debian/a.service.d/x.conf": "system:/work/debian",
    "/work/debian/service.d/x.conf": "system:/work/debian",
    "vscode-vfs://github/x/y/a.service": "system:vscode-vfs://github/x/y",
    "/work/a.service.d/x.txt": undefined,
    "/work/a.service.d/.x.conf": undefined,
    "/work/a.conf.d/x.conf": undefined,
    "/work/a b.service": undefined,
    "/work/a.txt": undefined,
  };
  for (const [path, key] of Object.entries(keys)) {
    it(path, () => {
      const place = filePlaceOf(path);
      assert.equal(place && treeKey(place), key);
    });
  }

  it("of the machine are ranked as systemd-analyze lists them", function () {
    for (const scope of ["system", "user"] as const) {
      const { status, stdout } = spawnSync("systemd-analyze", [`--${scope}`, "unit-paths"], { encoding: "utf8" });
      if (status !== 0) skip(this, "there is no systemd-analyze");
      const ranks = stdout
        .trim()
        .split("\n")
        .map((folder) => filePlaceOf(`${folder}/a.service`)?.rank ?? -1);
      assert.ok(ranks.length > 5);
      assert.deepEqual(
        ranks,
        [...ranks].sort((a, b) => a - b),
      );
      assert.equal(new Set(ranks).size, ranks.length);
    }
    assert.ok(LOAD_PATHS.system.length > 10);
  });

  it("are those of the file that systemctl edit will replace", () => {
    const place = filePlaceOf("/etc/systemd/system/a.service.d/.#override.conf0123456789abcdef");
    assert.deepEqual(place?.role, { kind: "drop-in", of: "a.service", name: "override.conf" });
  });
});
