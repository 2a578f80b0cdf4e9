import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { progressBar } from "../../server/src/main/progress.ts";

/** What a bar writes while files are checked, each of which takes this many milliseconds. */
function written(isTTY: boolean, each: number, files = 10, printed: Readonly<Record<number, string>> = {}): string[] {
  const out: string[] = [];
  let time = 0;
  const stream = { isTTY, write: (text: string) => out.push(text) } as unknown as NodeJS.WriteStream;
  const { show, beforeText } = progressBar(stream, () => time);
  for (let done = 1; done <= files; done++) {
    time += each;
    show(done, files);
    const text = printed[done];
    if (text === undefined) continue;
    beforeText(text);
    out.push(text);
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

  it("is drawn twenty times a second, however quick the files are", () => {
    const out = written(true, 1, 20_000);
    assert.ok(out.length > 300 && out.length <= 401, `${out.length} times`);
    assert.match(out.at(-1) ?? "", /^\r +\r$/);
  });

  it("leaves the line to what is printed while it is shown", () => {
    const out = written(true, 500, 10, { 2: "found\n", 5: "more\n" });
    const blank = `\r${" ".repeat(60)}\r`;
    for (const text of ["found\n", "more\n"]) assert.equal(out[out.indexOf(text) - 1], blank, text);
    assert.match(out[out.indexOf("found\n") + 1] ?? "", /^\r\[#+ +\] 3\/10$/);
  });

  it("is not drawn over a line that has no end yet", () => {
    const out = written(true, 500, 10, { 2: "{" });
    assert.equal(out.at(-1), "{");
  });

  it("is not shown for quick work, nor where nobody looks", () => {
    assert.deepEqual(written(true, 50), []);
    assert.deepEqual(written(false, 5000), []);
  });
});
