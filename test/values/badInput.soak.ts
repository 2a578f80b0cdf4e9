import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitNameOf } from "../../server/src/units/where.ts";
import type { Where } from "../../server/src/values/grammar.ts";
import { issuesOf, slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { UNIT_TYPES } from "../../server/src/values/unitTypes.ts";
import type { ValueType } from "../../server/src/values/valueType.ts";
import { expectLinear } from "../kit/growth.ts";

/** Values of a length that no one writes. */
const SHAPES: Readonly<Record<string, (size: number) => string>> = {
  words: (size) => "word ".repeat(size),
  "different words": (size) => Array.from({ length: size }, (_, i) => `w${i}`).join(" "),
  "words that are right for some": (size) => "CAP_CHOWN read 5 AF_UNIX /a a.service ~".repeat(size / 8),
  "one long word": (size) => "x".repeat(size * 4),
  digits: (size) => "9".repeat(size * 4),
  quotes: (size) => `"`.repeat(size),
  "quoted words": (size) => `"a b" 'c' `.repeat(size / 2),
  backslashes: (size) => "\\".repeat(size),
  "percent signs": (size) => "%".repeat(size),
  specifiers: (size) => "%n%i%Q".repeat(size / 4),
  colons: (size) => "/a:".repeat(size),
  commas: (size) => "1,".repeat(size),
  slashes: (size) => "/".repeat(size),
  "dots and dashes": (size) => "1-2..".repeat(size / 2),
  assignments: (size) => "A=$B ".repeat(size),
  "time spans": (size) => "5min 20s ".repeat(size),
  "braces and brackets": (size) => "[{(".repeat(size),
  "letters that are not ASCII": (size) => "ä🙂".repeat(size),
};

const WHERE: Where = {
  version: 262,
  scope: "system",
  kind: "service",
  unit: unitNameOf("x.service", "service"),
  certain: true,
};

/** Asks all that can be asked of a value. */
function askAll(type: ValueType, text: string): void {
  issuesOf(type, text, WHERE);
  tokensOf(type, text, WHERE);
  for (const it of slotsAt(type, text, text.length, WHERE)) it.offers();
}

const TYPES: readonly (readonly [name: string, type: ValueType])[] = Object.entries(UNIT_TYPES);

describe("value types: bad input", () => {
  it("gives problems, tokens and slots inside of the value, in whichever version", () => {
    for (const [name, type] of TYPES) {
      for (const [shape, make] of Object.entries(SHAPES)) {
        const text = make(16);
        for (const version of [257, 262]) {
          const where = { ...WHERE, version };
          const spans = [
            ...issuesOf(type, text, where),
            ...tokensOf(type, text, where),
            ...slotsAt(type, text, 7, where),
          ];
          for (const { from, to } of spans) {
            assert.ok(0 <= from && from <= to && to <= text.length, `${name}, ${shape}: ${from}-${to}`);
          }
        }
      }
    }
  });

  for (const [name, type] of TYPES) {
    it(`costs time in proportion to its length: ${name}`, () =>
      expectLinear(
        400,
        (size) => Object.values(SHAPES).map((make) => make(size)),
        (texts) => {
          for (const text of texts) askAll(type, text);
        },
      ));
  }
});
