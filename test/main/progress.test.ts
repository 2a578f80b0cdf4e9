import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { progressBar } from "../../server/src/main/progress.ts";

/** What a bar writes while ten files are checked, each of which takes this many milliseconds. */
function written(isTTY: boolean, each: number): string[] {
  const out: string[] = [];
  let time = 0;
  const stream = { isTTY, write: (text: string) => out.push(text) } as unknown as NodeJS.WriteStream;
  const progress = progressBar(stream, () => time);
  for (let done = 1; done <= 10; done++) {
    time += each;
    progress(done, 10);
  }
  return out;
}

describe("progress bar", () => {
  it("is shown while more than a second of work is left, and wiped at the end", () => {
    const out = written(true, 500);
    assert.equal(out[0], `\r[${"#".repeat(3)}${" ".repeat(27)}] 1/10`);
    assert.equal(out.length, 10);
    assert.match(out.at(-1) ?? "", /^\r +\r$/);
  });

  it("is not shown for quick work, nor where nobody looks", () => {
    assert.deepEqual(written(true, 50), []);
    assert.deepEqual(written(false, 5000), []);
  });
});
