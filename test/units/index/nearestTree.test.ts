import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { filePlaceOf } from "../../../server/src/units/index/filePlace.ts";
import { loadUnit } from "../../../server/src/units/index/load.ts";
import { findUnit, treesAround } from "../../../server/src/units/index/lookup.ts";
import { hasInstances, nearestTree } from "../../../server/src/units/index/nearestTree.ts";
import { EMPTY_INDEX, type UnitIndex, withChanges } from "../../../server/src/units/index/unitIndex.ts";
import { expectLinear } from "../../kit/growth.ts";

const FOLDERS = [
  ...["/p", "/p/q", "/p/q/r", "/p/s", "/etc/systemd/system", "/t/etc/systemd/system", "/t/usr/lib/systemd/system"],
  ...["./w", "./w/x", "../y", "/p/etc/systemd/user", "/home/me/.config/systemd/user"],
];
const NAMES = ["a.service", "a@.service", "a@x.service", "b.service", "c.timer"];

const seen = fc.record({
  folder: fc.constantFrom(...FOLDERS),
  name: fc.constantFrom(...NAMES),
  link: fc.option(fc.constantFrom("a.service", "b.service", "a@.service", "/dev/null"), { nil: undefined, freq: 3 }),
});

const indexOf = (files: readonly { folder: string; name: string; link: string | undefined }[]): UnitIndex =>
  withChanges(
    EMPTY_INDEX,
    files.map(({ folder, name, link }) => ({
      path: `${folder}/${name}`,
      ...(link === undefined ? { text: "[Unit]\n" } : { link }),
    })),
  );

describe("the nearest tree with a unit", () => {
  it("is the first one of all trees by their distance that has it", () => {
    const near = fc.constantFrom(...FOLDERS, "/p/q/z", "/elsewhere", "./w/v");
    fc.assert(
      fc.property(fc.array(seen, { maxLength: 12 }), near, fc.constantFrom(...NAMES), (files, folder, name) => {
        const index = indexOf(files);
        const from = `${folder}/d.service`;
        const first = treesAround(index, from).find((tree) => loadUnit(tree, name).fragment);
        assert.equal(nearestTree(index, name, from)?.key, first?.key);
      }),
    );
  });

  it("tells of a template whether any tree of the scope has an instance", () => {
    const index = indexOf([{ folder: "/p", name: "a@x.service", link: undefined }]);
    assert.equal(hasInstances(index, "a@.service", "/q/b.service"), true);
    assert.equal(hasInstances(index, "b@.service", "/q/b.service"), false);
    assert.equal(filePlaceOf("/etc/systemd/user/b.service")?.scope, "user");
    assert.equal(hasInstances(index, "a@.service", "/etc/systemd/user/b.service"), false);
  });
});

describe("a path of many folders", () => {
  const units = Array.from({ length: 200 }, (_, i) => ({ folder: "/p", name: `${i}.service`, link: undefined }));

  it("costs no more than its length, however many units there are", () => {
    const deep = (depth: number): string => `${"/a".repeat(depth)}/x.service`;
    const index = indexOf(units);
    expectLinear(100, deep, (near) => {
      for (const { name } of units) assert.ok(nearestTree(index, name, near));
    });
  });

  it("may be one of the units", () => {
    const folder = "/a".repeat(20_000);
    const index = indexOf([...units, { folder, name: "x.service", link: undefined }]);
    assert.equal(nearestTree(index, "x.service", "/a/a/b.service")?.root, folder);
    assert.equal(nearestTree(index, "1.service", `${folder}/x.service`)?.root, "/p");
  });
});

describe("many folders of units", () => {
  it("are looked through in time that grows with their number alone", () => {
    const index = (count: number): UnitIndex =>
      indexOf(Array.from({ length: count }, (_, i) => ({ folder: `/p/${i}`, name: "a.service", link: undefined })));
    expectLinear(100, index, (some) => {
      // The lookups are kept on the trees: each round begins with new ones.
      const fresh = { ...some, trees: new Map([...some.trees].map(([key, tree]) => [key, { ...tree }])) };
      for (const near of fresh.files.keys()) {
        assert.equal(findUnit(fresh, "missing.service", near), undefined);
        assert.equal(findUnit(fresh, "a.service", near)?.fragment?.path, near);
      }
    });
  });
});
