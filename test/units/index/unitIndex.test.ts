import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { loadUnit } from "../../../server/src/units/index/load.ts";
import {
  dropInsOf,
  findUnit,
  fragmentOf,
  referencesFrom,
  referencesTo,
  unitsOfDropIn,
  unitsOfKind,
} from "../../../server/src/units/index/lookup.ts";
import {
  EMPTY_INDEX,
  type FileChange,
  type SeenFile,
  type UnitIndex,
  withChanges,
} from "../../../server/src/units/index/unitIndex.ts";
import { unitTree } from "../../kit/unitTrees.ts";

/** An index of texts by path; a text that starts with `->` is a link. */
function indexOf(files: Readonly<Record<string, string>>): UnitIndex {
  const seen = Object.entries(files).map(([path, text]) =>
    text.startsWith("->") ? { path, link: text.slice(2) } : { path, text },
  );
  return withChanges(EMPTY_INDEX, seen);
}

const NEAR = "/p/etc/systemd/system/a.service";
const paths = (files: readonly { readonly placed: { readonly path: string } }[]): string[] =>
  files.map((it) => it.placed.path);

describe("the index: units", () => {
  const index = indexOf({
    "/p/etc/systemd/system/a.service": "[Unit]\nWants=b@x.service %p.socket\nAfter=gone.target\n",
    "/p/usr/lib/systemd/system/a.service": "[Unit]\nWants=weaker.service\n",
    "/p/usr/lib/systemd/system/a.service.d/x.conf": "[Unit]\nUpholds=c.service\n",
    "/p/etc/systemd/system/service.d/y.conf": "[Unit]\nDescription=all\n",
    "/p/usr/lib/systemd/system/b@.service": "[Unit]\nBindsTo=dev-%i.device\nBefore=b-%i.target n@%i.service\n",
    "/p/etc/systemd/system/alias.service": "->a.service",
    "/p/etc/systemd/system/gone.service": "->/dev/null",
    "/p/etc/systemd/system/multi-user.target.wants/a.service": "->../a.service",
    "/p/usr/lib/systemd/system/multi-user.target": "[Unit]\nRequires=basic.target\n",
    "/q/a.service": "[Service]\nSlice=x.slice\nSockets=s.socket\n[Install]\nAlias=z.service\nAlso=t.timer\n",
    "/q/t.timer": "[Timer]\nUnit=a.service\n",
    "/usr/lib/systemd/system/basic.target": "[Unit]\n",
  });

  it("takes the strongest file and the drop-ins in their order", () => {
    assert.equal(fragmentOf(index, "a.service", NEAR)?.placed.path, NEAR);
    assert.deepEqual(paths(dropInsOf(index, "a.service", NEAR)), [
      "/p/usr/lib/systemd/system/a.service.d/x.conf",
      "/p/etc/systemd/system/service.d/y.conf",
    ]);
  });

  it("looks in the own tree, then in others, then on the machine", () => {
    assert.equal(fragmentOf(index, "a.service", "/q/t.timer")?.placed.path, "/q/a.service");
    assert.equal(fragmentOf(index, "t.timer", NEAR)?.placed.path, "/q/t.timer");
    assert.equal(fragmentOf(index, "basic.target", NEAR)?.placed.path, "/usr/lib/systemd/system/basic.target");
    assert.equal(fragmentOf(index, "none.service", NEAR), undefined);
  });

  it("knows aliases, instances and masks", () => {
    assert.equal(findUnit(index, "alias.service", NEAR)?.id, "a.service");
    assert.deepEqual(findUnit(index, "a.service", NEAR)?.aliases, ["alias.service"]);
    assert.equal(findUnit(index, "b@x.service", NEAR)?.id, "b@x.service");
    assert.equal(findUnit(index, "gone.service", NEAR)?.masked, true);
  });

  it("tells what a unit names, for an instance with its name filled in", () => {
    const named = (name: string): string[] =>
      referencesFrom(index, name, NEAR).map(({ directive, target }) => `${directive} ${target}`);
    assert.deepEqual(named("a.service"), [
      ...["Wants b@x.service", "Wants a.socket", "After gone.target", "Upholds c.service"],
    ]);
    assert.deepEqual(named("b@x.service"), ["BindsTo dev-x.device", "Before b-x.target", "Before n@x.service"]);
    assert.deepEqual(named("b@.service"), ["Before n@.service"]);
    assert.deepEqual(named("multi-user.target"), ["Requires basic.target", "Wants a.service"]);
  });

  it("tells who names a unit, with the place", () => {
    const naming = (name: string, near: string): string[] =>
      referencesTo(index, name, near).map(({ path, directive }) => `${path} ${directive}`);
    assert.deepEqual(naming("a.service", NEAR), [
      "/p/etc/systemd/system/multi-user.target.wants/a.service Wants",
      "/q/t.timer Unit",
    ]);
    assert.deepEqual(naming("b@.service", NEAR), ["/p/etc/systemd/system/a.service Wants"]);
    assert.deepEqual(naming("n@y.service", NEAR), ["/p/usr/lib/systemd/system/b@.service Before"]);
    assert.deepEqual(naming("t.timer", NEAR), ["/q/a.service Also"]);
    const [reference] = referencesTo(index, "x.slice", NEAR);
    assert.deepEqual(reference?.mention, {
      ...{ section: "Service", directive: "Slice", written: "x.slice" },
      ...{ start: 16, end: 23, line: 1, character: 6 },
    });
  });

  it("lists units by kind, and those of a drop-in", () => {
    assert.deepEqual(unitsOfKind(index, "target", NEAR), ["basic.target", "multi-user.target"]);
    const tree = index.trees.get("system:/p");
    assert.deepEqual(tree && unitsOfDropIn(tree, "a.service"), ["a.service"]);
    assert.deepEqual(tree && unitsOfDropIn(tree, "service"), [
      ...["a.service", "alias.service", "b@.service", "gone.service"],
    ]);
  });

  it("survives links that lead in circles", () => {
    const circle = indexOf({ "/p/a.service": "->b.service", "/p/b.service": "->a.service" });
    assert.equal(findUnit(circle, "a.service", "/p/a.service"), undefined);
  });
});

describe("the index: changes", () => {
  const pool: readonly SeenFile[] = Array.from({ length: 12 }, (_, i) => unitTree(i).files).flat();
  const change = fc.record({ at: fc.nat(pool.length - 1), gone: fc.boolean(), text: fc.boolean() });

  /** What can be asked of an index. */
  const answers = (index: UnitIndex): unknown =>
    [...index.trees.values()]
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map((tree) => {
        const names = [...tree.units.keys()].sort();
        const naming = [...index.naming].map(([name, list]) => [name, [...list].sort()]).sort();
        return [tree.key, naming, names.map((name) => [name, loadUnit(tree, name), referencesFrom(index, name, NEAR)])];
      });

  it("give the same as an index made anew", () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        let index = withChanges(EMPTY_INDEX, pool.slice(0, 20));
        const now = new Map(pool.slice(0, 20).map((it) => [it.path, it]));
        for (const { at, gone, text } of changes) {
          const file = pool[at];
          if (!file) continue;
          const edited =
            text && file.text !== undefined ? { ...file, text: `${file.text}After=e${at}.target\n` } : file;
          const wanted: FileChange = gone ? { path: file.path, gone: true } : edited;
          if (gone) now.delete(file.path);
          else now.set(file.path, edited);
          const before = index;
          const said = JSON.stringify(answers(before));
          index = withChanges(before, [wanted]);
          assert.equal(JSON.stringify(answers(before)), said, "an index never changes");
        }
        assert.deepEqual(answers(index), answers(withChanges(EMPTY_INDEX, [...now.values()])));
      }),
      { numRuns: 25 },
    );
  });

  it("share the trees as long as only texts change", () => {
    const index = indexOf({ "/p/a.service": "[Unit]\n", "/p/b.service": "[Unit]\n" });
    const next = withChanges(index, [{ path: "/p/a.service", text: "[Unit]\nWants=b.service\n" }]);
    assert.equal(next.trees, index.trees);
    assert.equal(next.files.get("/p/b.service"), index.files.get("/p/b.service"));
  });

  it("pass over what no manager reads", () => {
    assert.equal(withChanges(EMPTY_INDEX, [{ path: "/p/a.txt", text: "x" }]).files.size, 0);
  });

  it("know all names of a long file", () => {
    const count = 150_000;
    const index = indexOf({ "/p/a.service": `[Unit]\n${"After=b.service\n".repeat(count)}` });
    assert.equal(index.files.get("/p/a.service")?.mentions.length, count);
  });
});
