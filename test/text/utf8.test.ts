import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { decodeUtf8, isUtf8Clean, utf8Length } from "../../server/src/text/utf8.ts";
import { bytesOf } from "../kit/bytes.ts";

/** Bytes that are mostly UTF-8, with breaks in it. */
const almostUtf8 = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }).map((it) => Buffer.from(it)),
      fc.uint8Array({ maxLength: 4 }),
    ),
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)));

describe("text: reading UTF-8", () => {
  it("reads well-formed text as it is", () => {
    for (const text of ["", "[Unit]\n", "café", "😀", "\0", "\u{10ffff}"]) {
      assert.equal(decodeUtf8(Buffer.from(text)), text);
    }
  });

  it("keeps a byte order mark", () => {
    assert.equal(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b)), "\ufeff[");
    assert.equal(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0xff)), "\ufeff\udcff");
  });

  it("makes one lone surrogate of each byte that is not UTF-8", () => {
    const cases: readonly (readonly [what: string, bytes: readonly number[], text: string])[] = [
      ["Latin-1", [0x63, 0xe9, 0x2e], "c\udce9."],
      ["a lone continuation byte", [0x80], "\udc80"],
      ["a sequence cut off at the end", [0xe2, 0x82], "\udce2\udc82"],
      ["a sequence cut off in the middle", [0xf0, 0x9f, 0x98, 0x41], "\udcf0\udc9f\udc98A"],
      ["an overlong slash", [0xc0, 0xaf], "\udcc0\udcaf"],
      ["an overlong three-byte form", [0xe0, 0x80, 0x80], "\udce0\udc80\udc80"],
      ["a UTF-16 surrogate", [0xed, 0xa0, 0x80], "\udced\udca0\udc80"],
      ["a code point above U+10FFFF", [0xf4, 0x90, 0x80, 0x80], "\udcf4\udc90\udc80\udc80"],
      ["a byte that UTF-8 never uses", [0xff, 0xc3, 0xa9], "\udcffé"],
    ];
    for (const [what, bytes, text] of cases) assert.equal(decodeUtf8(Uint8Array.from(bytes)), text, what);
  });

  it("loses no byte", () => {
    fc.assert(
      fc.property(almostUtf8, (bytes) => {
        assert.deepEqual(Buffer.from(bytesOf(decodeUtf8(bytes))), Buffer.from(bytes));
      }),
    );
  });

  it("agrees with the platform on what is well-formed", () => {
    fc.assert(
      fc.property(almostUtf8, (bytes) => {
        const replaced = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
        const wellFormed = Buffer.from(replaced).equals(Buffer.from(bytes));
        assert.equal(/\p{Surrogate}/u.test(decodeUtf8(bytes)), !wellFormed);
      }),
    );
  });
});

describe("text: length in UTF-8", () => {
  it("equals the number of bytes", () => {
    fc.assert(fc.property(almostUtf8, (bytes) => utf8Length(decodeUtf8(bytes)) === bytes.length));
  });

  it("equals Buffer.byteLength, also where surrogates stand alone", () => {
    const text = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\ud800", "\udbff", "\udc00", "\udfff")),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const joined = parts.join("");
        assert.equal(utf8Length(joined), Buffer.byteLength(joined));
      }),
    );
  });

  it("counts an undecoded byte as one", () => {
    assert.equal(utf8Length("\udc80\udcff"), 2);
    assert.equal(utf8Length("\udc7f\udd00"), 6);
  });
});

describe("text: what systemd takes for UTF-8", () => {
  it("accepts text", () => {
    for (const text of ["", "a", "é", "😀", "\ufeff", "\ufffd", "\u0001", "\ufdcf", "\ufdf0", "\u{10fffd}"]) {
      assert.equal(isUtf8Clean(text), true, JSON.stringify(text));
    }
  });

  it("refuses surrogates and noncharacters", () => {
    for (const text of ["\ud800", "a\udcff", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\u{1fffe}", "\u{10ffff}"]) {
      assert.equal(isUtf8Clean(text), false, JSON.stringify(text));
    }
  });
});
