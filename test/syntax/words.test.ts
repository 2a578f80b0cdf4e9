import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Splitting, splitWords, wordText } from "../../server/src/syntax/words.ts";
import { expectLinear } from "../kit/growth.ts";
import { mangledUnit } from "../kit/mangled.ts";

const ALL: readonly Splitting[] = ["quotes", "escapes", "relaxed", "retain", "retain-plain", "plain"];

/** The words as their parser gets them; an error is the last one, as `kind@from-to`. */
function split(text: string, splitting: Splitting): string[] {
  const { words, error } = splitWords(text, splitting);
  return [...words.map((it) => it.value), ...(error ? [`${error.kind}@${error.from}-${error.to}`] : [])];
}

/** What each way of splitting makes of a text. */
function expectSplit(text: string, expected: Readonly<Record<Splitting, readonly string[]>>): void {
  for (const splitting of ALL) assert.deepEqual(split(text, splitting), expected[splitting], splitting);
}

const same = (...words: string[]): Readonly<Record<Splitting, readonly string[]>> => ({
  quotes: words,
  escapes: words,
  relaxed: words,
  retain: words,
  "retain-plain": words,
  plain: words,
});

describe("words: as a list has to write them", () => {
  it("are plain where they can be, and always come back as one", () => {
    assert.equal(wordText("-/srv/data%i"), "-/srv/data%i");
    for (const word of ["/a b", "/a\\", "/a:b", '/"a', "/it's", "", "/a\tb"]) {
      assert.deepEqual(split(wordText(word), "quotes"), [word]);
      assert.doesNotMatch(wordText(word), /\\$/);
    }
  });
});

describe("words: blanks", () => {
  it("separate, however many they are", () => {
    expectSplit(" a\t b\r\n\nc ", same("a", "b", "c"));
  });

  it("alone make no word", () => {
    expectSplit("", same());
    expectSplit(" \t ", same());
  });

  it("are not those of Unicode, nor form feeds", () => {
    expectSplit("a\u00a0b\u2003c\fd\ve", same("a\u00a0b\u2003c\fd\ve"));
  });
});

describe("words: quotes", () => {
  const plain = { "retain-plain": ['a"b', 'c"d', "'e", "f'"], plain: ['a"b', 'c"d', "'e", "f'"] };

  it("join, anywhere in a word, and are removed where the parser says so", () => {
    const unquoted = ["ab cd", "e f"];
    expectSplit(`a"b c"d 'e f'`, {
      quotes: unquoted,
      escapes: unquoted,
      relaxed: unquoted,
      retain: unquoted,
      ...plain,
    });
  });

  it("may be empty words", () => {
    assert.deepEqual(split(`"" '' a""`, "quotes"), ["", "", "a"]);
  });

  it("hold the other kind of quote as it is", () => {
    assert.deepEqual(split(`"it's" 'say "x"'`, "relaxed"), ["it's", 'say "x"']);
  });

  it("that stay open are an error at their last opening, behind the words before", () => {
    for (const splitting of ["quotes", "escapes", "relaxed", "retain"] as const) {
      assert.deepEqual(split(`a 'b' c"d e`, splitting), ["a", "b", "unterminated-quote@7-11"], splitting);
    }
  });
});

describe("words: backslashes", () => {
  it("are C escapes, the next character, or themselves", () => {
    expectSplit(String.raw`a\x41\tb \s\"`, {
      quotes: ["ax41tb", 's"'],
      escapes: ["aA\tb", ' "'],
      relaxed: ["aA\tb", ' "'],
      retain: [String.raw`a\x41\tb`, "unterminated-quote@12-13"],
      "retain-plain": [String.raw`a\x41\tb`, String.raw`\s\"`],
      plain: ["ax41tb", 's"'],
    });
  });

  it("before a blank take it into the word, where it is no escape", () => {
    expectSplit(String.raw`a\ b c`, {
      quotes: ["a b", "c"],
      escapes: ["bad-escape@1-3"],
      relaxed: [String.raw`a\ b`, "c"],
      retain: ["a\\", "b", "c"],
      "retain-plain": ["a\\", "b", "c"],
      plain: ["a b", "c"],
    });
  });

  it("work inside of both kinds of quotes", () => {
    assert.deepEqual(split(String.raw`"a\tb" 'c\x20d' 'it\'s'`, "escapes"), ["a\tb", "c d", "it's"]);
    assert.deepEqual(split(String.raw`"a\"b" 'c\d'`, "quotes"), ['a"b', "cd"]);
  });

  it("at the very end are an error, kept, or themselves", () => {
    expectSplit("a b\\", {
      quotes: ["a", "trailing-backslash@3-4"],
      escapes: ["a", "trailing-backslash@3-4"],
      relaxed: ["a", "b\\"],
      retain: ["a", "b\\"],
      "retain-plain": ["a", "b\\"],
      plain: ["a", "trailing-backslash@3-4"],
    });
  });

  it("at the very end of an open quote are an open quote", () => {
    assert.deepEqual(split(`'a\\`, "relaxed"), ["unterminated-quote@0-3"]);
  });

  it("that escape nothing known stay and are noted, where the parser is relaxed", () => {
    const [word] = splitWords(String.raw`\qa\x4\\\d`, "relaxed").words;
    assert.equal(word?.value, String.raw`\qa\x4\\d`);
    assert.deepEqual(word?.unknownEscapes, [0, 3, 8]);
    assert.deepEqual(splitWords("b\\", "relaxed").words[0]?.unknownEscapes, [1]);
  });

  it("that escape nothing known end the splitting elsewhere", () => {
    assert.deepEqual(split(String.raw`a b\qc d`, "escapes"), ["a", "bad-escape@3-5"]);
  });
});

describe("words: places", () => {
  it("are those of the words as written", () => {
    const text = String.raw` a "b c"\x41  d`;
    assert.deepEqual(
      splitWords(text, "escapes").words.map(({ from, to }) => text.slice(from, to)),
      ["a", String.raw`"b c"\x41`, "d"],
    );
  });

  it("are in order, inside of the text and without overlap", () => {
    fc.assert(
      fc.property(mangledUnit, fc.constantFrom(...ALL), (text, splitting) => {
        const { words, error } = splitWords(text, splitting);
        let last = 0;
        for (const { from, to, unknownEscapes } of words) {
          assert.ok(last <= from && from < to && to <= text.length);
          for (const at of unknownEscapes) assert.ok(text[at] === "\\" && from <= at && at < to);
          last = to;
        }
        if (error) assert.ok(last <= error.from && error.from < error.to && error.to <= text.length);
      }),
    );
  });

  it("cover all characters but blanks, up to the error", () => {
    fc.assert(
      fc.property(mangledUnit, fc.constantFrom(...ALL), (text, splitting) => {
        const { words, error } = splitWords(text, splitting);
        if (error) return;
        let at = 0;
        let outside = "";
        for (const { from, to } of words) {
          outside += text.slice(at, from);
          at = to;
        }
        assert.match(outside + text.slice(at), /^[ \t\n\r]*$/);
      }),
    );
  });
});

describe("words: time", () => {
  for (const piece of ["word ", "\\\\", '"" ', "'a' ", "\\q", "x"]) {
    it(`grows with the length of the text: ${JSON.stringify(piece)}`, () =>
      expectLinear(
        20_000,
        (size) => piece.repeat(size),
        (text) => splitWords(text, "relaxed"),
      ));
  }
});
