import { deepEqual, equal, notEqual } from "node:assert/strict";
import { describe, it } from "mocha";
import { memo, memoBy } from "../../server/src/units/memo.ts";
import { Memory } from "../../server/src/units/memory.ts";

describe("memo", () => {
  it("asks once for each object", () => {
    let asked = 0;
    const lengthOf = memo((list: readonly number[]) => {
      asked++;
      return list.length;
    });
    const list = [1, 2];
    deepEqual([lengthOf(list), lengthOf(list), lengthOf([])], [2, 2, 0]);
    equal(asked, 2);
  });

  it("asks once for each object and thing, also where the answer is that there is none", () => {
    const asked: string[] = [];
    const found = memoBy((list: readonly string[], wanted: string) => {
      asked.push(wanted);
      return list.find((it) => it === wanted);
    });
    const list = ["a", "b"];
    deepEqual(
      [found(list, "a"), found(list, "c"), found(list, "c"), found(["c"], "c")],
      ["a", undefined, undefined, "c"],
    );
    deepEqual(asked, ["a", "c", "c"]);
  });
});

describe("memory", () => {
  const count = (...lists: readonly (readonly number[])[]): number => lists.flat().length;

  it("answers a query anew only for other inputs than last time", () => {
    const memory = new Memory();
    const ask = (...lists: readonly (readonly number[])[]): number => memory.query("count", lists, count);
    const [a, b] = [[1], [2, 3]];
    deepEqual([ask(a, b), ask(a, b), ask(b, a), ask(a), ask()], [3, 3, 3, 1, 0]);
    deepEqual(memory.counts().get("count"), { hits: 1, misses: 4 });
  });

  it("gives the list before where an equal one comes", () => {
    const memory = new Memory();
    const first = memory.reuseEqual("names", ["a", "b"]);
    equal(memory.reuseEqual("names", ["a", "b"]), first);
    notEqual(memory.reuseEqual("others", ["a", "b"]), first);
    deepEqual(memory.reuseEqual("names", ["a"]), ["a"]);
  });

  it("keeps what belongs to a question apart", () => {
    const memory = new Memory();
    const [a, b] = [[1], [2, 3]];
    const edited = memory.within("edited");
    equal(memory.within("edited"), edited);
    for (const [from, list] of [
      [memory, a],
      [edited, b],
      [memory, a],
      [edited, b],
    ] as const)
      from.query("count", [list], count);
    deepEqual(
      [...memory.counts()],
      [
        ["count", { hits: 1, misses: 1 }],
        ["edited: count", { hits: 1, misses: 1 }],
      ],
    );
  });

  it("forgets all", () => {
    const memory = new Memory();
    const list = [1];
    memory.query("count", [list], count);
    memory.within("edited").query("count", [list], count);
    memory.forget();
    deepEqual([...memory.counts()], []);
    equal(memory.query("count", [list], count), 1);
  });
});
