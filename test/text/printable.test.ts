import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { onOneLine, printable } from "../../server/src/text/printable.ts";

describe("printable text", () => {
  it("shows what acts on a terminal, and bytes that are not UTF-8", () => {
    assert.equal(printable("a\u001b[2Jb\0\r\u009b\u007f"), "a\\x1b[2Jb\\x00\\x0d\\x9b\\x7f");
    assert.equal(printable("\u202e\u2066\u2028\udcff\ud800"), "\\u202e\\u2066\\u2028\\xff\\ud800");
    assert.equal(
      printable("\u009b", (it) => `<${it.charCodeAt(0)}>`),
      "<155>",
    );
  });

  it("is the same for everything else, line ends and tabs among it", () => {
    const plain = fc.string({ unit: fc.constantFrom("a", "é", "🦊", "\n", "\t", "\\", "\u{10000}", " ", "ж") });
    fc.assert(fc.property(plain, (it) => assert.equal(printable(it), it)));
  });

  it("has no character left that acts", () => {
    const wild = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(wild, (it) => assert.doesNotMatch(printable(it), /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/)),
    );
  });

  it("is one line where it has to be", () => {
    assert.equal(onOneLine("a\nb"), "a\\nb");
  });
});
