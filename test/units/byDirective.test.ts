import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { invalidLines } from "../../server/src/rules/walk.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { mergedDirectives, sharedLines, type Unit } from "../../server/src/units/unit.ts";

const SECTIONS = ["Unit", "Service"] as const;
const LINES = ["A=1", "A=2", "A=", "Bc=1", "# A=1", "nothing", "[Service]", "[Unit]", "A=1 \\", "[Other]", ""];
const KEYS = ["x", "=", "#", "[", "\\", "\n", ""];

const read = (text: string, previous?: Unit): Unit => {
  const path = unitPath("/etc/systemd/system/a.service");
  assert.ok(path);
  return readUnit(path, text, 262, { previous });
};

/** What lists say: each directive of a section with the places and texts of its assignments, and the texts of its lines. */
const listed = (unit: Unit): object[] => [
  ...SECTIONS.flatMap((section) =>
    [...mergedDirectives(unit, section)].map(([key, nodes]) => ({
      section,
      key,
      nodes: nodes.map((it) => `${it.start} ${it.text}`),
      lines: sharedLines(unit, section, key).map((it) => it.value.text),
    })),
  ),
  ...invalidLines(unit).map((it) => ({ start: it.start, end: it.end })),
];

/** A key at a place of the text: what is typed there, and how many characters are taken away. */
const key = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  taken: fc.nat(2),
  typed: fc.constantFrom(...KEYS),
});

function after(text: string, { at, taken, typed }: { at: number; taken: number; typed: string }): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + typed + text.slice(start + taken);
}

describe("assignments by their directives", () => {
  it("are after each key what they are in a text that is read for the first time", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...LINES), { maxLength: 12 }),
        fc.array(fc.tuple(key, fc.boolean()), { minLength: 1, maxLength: 12 }),
        (lines, keys) => {
          let text = `[Service]\n${lines.join("\n")}\n`;
          let unit = read(text);
          listed(unit);
          for (const [it, isAsked] of keys) {
            text = after(text, it);
            unit = read(text, unit);
            if (isAsked) assert.deepEqual(listed(unit), listed(read(text)));
          }
          assert.deepEqual(listed(unit), listed(read(text)));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("share the lines that no key touched", () => {
    const text = "[Service]\nUser=a\nEnvironment=A=1\nEnvironment=B=2\n";
    const before = read(text);
    const was = ["User", "Environment"].map((it) => sharedLines(before, "Service", it));
    const typed = read(text.replace("User=a", "User=ab"), before);
    const [user, environment] = ["User", "Environment"].map((it) => sharedLines(typed, "Service", it));
    assert.notEqual(user, was[0]);
    assert.equal(environment, was[1]);
    const longer = read(typed.file.text.replace("User", "Group=b\nUser"), typed);
    assert.equal(sharedLines(longer, "Service", "Environment"), was[1]);
  });
});
