import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { RepeatedTexts, TextTable } from "../../server/src/syntax/textTable.ts";

const BODY = "[Service]\nExecStart=/usr/bin/app\n";

/** Looks texts up one after the other; each value is the number of the text that it was made of. */
function lookedUp(...texts: readonly string[]): unknown[] {
  const table = new TextTable<number>(8);
  return texts.map((it, i) => {
    const { value, shift, start } = table.of("", it, () => i);
    return [value, shift, start];
  });
}

describe("texts that many files have in common", () => {
  it("are one, also under other comments at the top of as many lines", () => {
    const [first, other] = ["# Host a\n# Made by a tool.\n\n", "; Host 1234\n#\n\n"];
    assert.deepEqual(lookedUp(BODY, BODY), [
      [0, 0, 0],
      [0, 0, 0],
    ]);
    assert.deepEqual(lookedUp(first + BODY, other + BODY, first + BODY), [
      [0, 0, first.length],
      [0, other.length - first.length, first.length],
      [0, 0, first.length],
    ]);
  });

  it("are others where a comment may have a meaning, or the lines differ", () => {
    for (const head of [
      "# unit-warden: ignore-file value\n",
      "# {{ ansible_managed }}\n",
      "# @HOST@\n",
      "# $HOST\n",
      "# a \\\n",
      "# %H\n",
      "# a\r\n",
      "# \u00e4\n",
      "#\u0000\n",
      "# a\n\n",
      "\n\n",
      " # a\n",
      "\ufeff# a\n",
      `# ${"a".repeat(300)}\n`,
    ])
      assert.deepEqual(lookedUp(`# a\n${BODY}`, head + BODY)[1], [
        1,
        0,
        head === "# a\n\n" ? 5 : head === "\n\n" ? 2 : 0,
      ]);
    const table = new TextTable<number>(8);
    assert.equal(table.of("a", BODY, () => 0).value, 0);
    assert.equal(table.of("b", BODY, () => 1).value, 1);
  });

  it("are kept where they are worth it, and whoever makes one is told", () => {
    const repeated = new RepeatedTexts();
    const table = new TextTable<boolean>(8, (it) => repeated.note(it));
    const made = (text: string): boolean => table.of("", text, (isKept) => isKept).value;
    assert.deepEqual([`# a\n${BODY}`, `# bc\n${BODY}`, `# a\n${BODY}`].map(made), [false, true, true]);
    assert.equal(made(`${BODY}Nice=1\n`), false);
    assert.deepEqual([repeated.has(BODY), repeated.has(`${BODY}Nice=1\n`)], [true, false]);
  });

  it("are made again where they are long or were not met for a while", () => {
    const long = BODY.repeat(1000);
    assert.deepEqual(lookedUp(long, long), [
      [0, 0, 0],
      [1, 0, 0],
    ]);
    const others = Array.from({ length: 16 }, (_, i) => `[Service]\nNice=${i}\n`);
    assert.deepEqual(lookedUp(BODY, ...others, BODY).at(-1), [17, 0, 0]);
  });
});
