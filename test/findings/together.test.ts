import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type CodedEdits, together } from "../../server/src/findings/together.ts";
import { expectLinear } from "../kit/growth.ts";

const TEXT = "A=1\nB=2\nC=3\n";
const edit = (start: number, end: number, newText = "") => ({ start, end, newText });
const change = (code: string, ...edits: CodedEdits["edits"]): CodedEdits => ({ code, edits });

function expectTaken(changes: readonly CodedEdits[], taken: readonly number[]): void {
  const made = together(TEXT, changes);
  assert.deepEqual(
    made.map((it) => changes.indexOf(it)),
    taken,
  );
}

describe("changes that can be made together", () => {
  it("do not touch each other, and the earlier one is made", () => {
    expectTaken([change("a/b", edit(0, 1)), change("a/b", edit(1, 2)), change("a/b", edit(3, 3, "x"))], [0, 2]);
    expectTaken([change("a/b", edit(8, 11)), change("a/c", edit(9, 10)), change("a/c", edit(0, 1), edit(10, 12))], [0]);
  });

  it("of one rule may touch where a line begins", () => {
    expectTaken([change("a/b", edit(0, 4)), change("a/b", edit(4, 8)), change("a/b", edit(8, 12))], [0, 1, 2]);
    expectTaken([change("a/b", edit(0, 4)), change("a/c", edit(4, 8))], [0]);
    expectTaken([change("a/b", edit(8, 12)), change("a/b", edit(4, 8)), change("a/b", edit(4, 4, "x\n"))], [0, 1]);
  });

  it("move lines to one place, but do not make a section twice or add a line twice", () => {
    const moved = (from: number, line: string) => change("a/b", edit(from, from + 4), edit(12, 12, line));
    expectTaken([moved(0, "A=1\n"), moved(4, "A=1\n")], [0, 1]);
    expectTaken([moved(0, "\n[Unit]\nA=1\n"), moved(4, "\n[Unit]\nB=2\n")], [0]);
    expectTaken([change("a/b", edit(12, 12, "D=4\n")), change("a/b", edit(12, 12, "D=4\n"))], [0]);
    expectTaken([change("a/b", edit(12, 12, "D=4\n")), change("a/b", edit(12, 12, "E=5\n"))], [0, 1]);
  });

  it("are found in time that grows with their number, also where all move lines to one place", () => {
    const make = (size: number) =>
      Array.from({ length: size }, (_, i) =>
        change("a/b", edit(i * 4, i * 4 + 4), edit(size * 4, size * 4, `D${i}\n`)),
      );
    expectLinear(400, make, (changes) => together("A=1\n".repeat(changes.length), changes));
  });
});
