import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { keepingVerdict } from "../../server/src/rules/verdict.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

const LINE = 'OnCalendar="daily"\n';
const HEAD = "[Timer]\n";

/** Changes of a timer of so many lines that systemd ignores: each would have it run; every tenth changes a comment instead. */
function changesOf(count: number): {
  text: string;
  changes: { code: string; edits: { start: number; end: number; newText: string }[] }[];
} {
  const isComment = (i: number): boolean => i % 10 === 5;
  const lines = Array.from({ length: count }, (_, i) => (isComment(i) ? "# a comment line ..\n" : `${LINE.trim()} \n`));
  const changes = lines.map((line, i) => {
    const start = HEAD.length + i * line.length;
    const newText = isComment(i) ? line : "OnCalendar=daily   \n";
    return { code: isComment(i) ? "other" : "value/calendar", edits: [{ start, end: start + line.length, newText }] };
  });
  return { text: HEAD + lines.join(""), changes };
}

/** What is kept, and how many characters were read for it. */
function kept(count: number): { codes: readonly string[]; cost: number } {
  const { text, changes } = changesOf(count);
  const path = checkedPath("/etc/systemd/system/x.timer");
  assert.ok(path);
  let cost = 0;
  const read = (it: string): Unit => {
    cost += it.length;
    return readUnit(path, it, NEWEST_VERSION);
  };
  const codes = keepingVerdict(read, read(text), text, changes).map((it) => it.code);
  return { codes, cost };
}

describe("changes that keep the verdict of systemd", () => {
  it("are those of other codes where each of one code would have the unit run", () => {
    assert.deepEqual(kept(200).codes, Array(20).fill("other"));
  });

  it("are looked for with work that grows with the text at most", () => {
    const [few, many] = [kept(200), kept(2000)];
    assert.ok(many.cost <= few.cost * 10, `${few.cost} → ${many.cost}`);
    assert.ok(many.codes.every((it) => it === "other"));
  });
});
