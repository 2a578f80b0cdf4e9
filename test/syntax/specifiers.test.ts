import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { specifiersOf } from "../../server/src/syntax/specifiers.ts";
import { expectLinear } from "../kit/growth.ts";

const found = (text: string): string[] => specifiersOf(text).map(({ letter, from, to }) => `${letter}@${from}-${to}`);

describe("specifiers", () => {
  it("are a percent sign and a letter, a digit or another one", () => {
    assert.deepEqual(found("%i/%9-%%"), ["i@0-2", "9@3-5", "%@6-8"]);
  });

  it("are read from the left, so that %% hides the next letter", () => {
    assert.deepEqual(found("%%i"), ["%@0-2"]);
    assert.deepEqual(found("%%%i"), ["%@0-2", "i@2-4"]);
  });

  it("are not made of other characters, or of the last percent sign", () => {
    assert.deepEqual(found("5% of %. %é %"), []);
    assert.deepEqual(found("% %i"), ["i@2-4"]);
    assert.deepEqual(found(""), []);
  });

  it("are found in a time that grows with the text", () => {
    for (const piece of ["%", "%i", "% ", "x"]) expectLinear(50_000, (size) => piece.repeat(size), specifiersOf);
  });
});
