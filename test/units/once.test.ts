import { deepEqual, equal } from "node:assert/strict";
import { once, remembered } from "../../server/src/units/once.ts";

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
  it("asks once for each text, and anew for long ones", () => {
    const asked: number[] = [];
    const lengthOf = remembered((text) => {
      asked.push(text.length);
      return text.length;
    });
    for (const text of ["", "a", "a", "x".repeat(513), "x".repeat(513)]) equal(lengthOf(text), text.length);
    deepEqual(asked, [0, 1, 513, 513]);
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
