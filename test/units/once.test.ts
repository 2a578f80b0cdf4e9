import { deepEqual, equal } from "node:assert/strict";
import { latest, once, remembered, steady } from "../../server/src/units/once.ts";

describe("once", () => {
  it("asks once for each object", () => {
    let asked = 0;
    const lengthOf = once((list: readonly number[]) => {
      asked++;
      return list.length;
    });
    const list = [1, 2];
    deepEqual([lengthOf(list), lengthOf(list), lengthOf([])], [2, 2, 0]);
    equal(asked, 2);
  });
});

describe("remembered", () => {
  it("asks once for each text, of long ones as long as they come in a row", () => {
    const asked: number[] = [];
    const lengthOf = remembered((text) => {
      asked.push(text.length);
      return text.length;
    });
    const long = ["x".repeat(513), "x".repeat(513), "y".repeat(600), "x".repeat(513)];
    for (const text of ["", "a", "a", ...long]) equal(lengthOf(text), text.length);
    deepEqual(asked, [0, 1, 513, 600, 513]);
  });

  it("forgets what was not asked for in a long while", () => {
    let asked = 0;
    const same = remembered((text) => {
      asked++;
      return text;
    });
    same("rare");
    for (let i = 0; i < 20_000; i++) {
      same(String(i));
      same("frequent");
    }
    equal(asked, 20_002);
    same("rare");
    equal(asked, 20_003);
  });
});

describe("latest", () => {
  it("asks anew only for other things than last time", () => {
    let asked = 0;
    const sum = latest((...lists: readonly (readonly number[])[]) => {
      asked++;
      return lists.flat().length;
    });
    const [a, b] = [[1], [2, 3]];
    deepEqual([sum(a, b), sum(a, b), sum(b, a), sum(a), sum()], [3, 3, 3, 1, 0]);
    equal(asked, 4);
  });
});

describe("steady", () => {
  it("gives the list before where an equal one comes", () => {
    const same = steady<string>();
    const first = same(["a", "b"]);
    equal(same(["a", "b"]), first);
    deepEqual(same(["a"]), ["a"]);
    deepEqual(same(["a", "c"]), ["a", "c"]);
  });
});
