import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { cEscapeAt } from "../../server/src/syntax/escapes.ts";

/** What follows a backslash, decoded, with the number of characters that it takes. */
function decode(text: string): readonly [value: string, length: number] | undefined {
  const found = cEscapeAt(text, 0);
  return found && [found.value, found.length];
}

describe("escapes", () => {
  it("are the letters of C, and s for a space", () => {
    const letters = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", s: " " };
    for (const [letter, value] of Object.entries({ ...letters, "\\": "\\", '"': '"', "'": "'" })) {
      assert.deepEqual(decode(letter), [value, 1], letter);
    }
  });

  it("are bytes in hexadecimal and octal", () => {
    assert.deepEqual(decode("x41B"), ["A", 3]);
    assert.deepEqual(decode("xfF"), ["\xff", 3]);
    assert.deepEqual(decode("1013"), ["A", 3]);
    assert.deepEqual(decode("377"), ["\xff", 3]);
  });

  it("are code points of four and eight digits", () => {
    assert.deepEqual(decode("u00e9e"), ["é", 5]);
    assert.deepEqual(decode("U0001f600"), ["😀", 9]);
  });

  it("are not NUL, surrogates or anything above Unicode", () => {
    for (const text of ["x00", "000", "u0000", "U00000000", "ud800", "uDFFF", "U00110000"]) {
      assert.equal(decode(text), undefined, text);
    }
  });

  it("are not cut short", () => {
    for (const text of ["x", "x4", "x4g", "12", "128", "400", "u12", "U1234567", ""]) {
      assert.equal(decode(text), undefined, text);
    }
  });

  it("are nothing else", () => {
    for (const text of ["e", "z", "0", ";", "$", "%", " ", "\n", "é"]) assert.equal(decode(text), undefined, text);
  });

  it("are read where they stand", () => {
    assert.deepEqual(cEscapeAt("\\q\\x41", 3), { value: "A", length: 3 });
  });
});
