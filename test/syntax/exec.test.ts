import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Command, parseExec } from "../../server/src/syntax/commandLine.ts";
import { expectLinear } from "../kit/growth.ts";
import { mangledUnit } from "../kit/mangled.ts";

/** A command as `prefixes|program|argument|…`. */
const shape = ({ prefixes, path, args }: Command): string =>
  [prefixes, path.value, ...args.map((it) => it.value)].join("|");
const shapes = (value: string): string[] => parseExec(value).commands.map(shape);

describe("command lines: prefixes", () => {
  it("are taken off the program", () => {
    for (const prefix of ["-", "@", ":", "+", "!", "!!", "|"]) {
      assert.deepEqual(shapes(`${prefix}/bin/a b`), [`${prefix}|/bin/a|b`]);
    }
  });

  it("come in any order, each once", () => {
    assert.deepEqual(shapes("@-:/bin/a x"), ["@-:|/bin/a|x"]);
    assert.deepEqual(shapes("-!!:@/bin/a x"), ["-!!:@|/bin/a|x"]);
    assert.deepEqual(shapes("--/bin/a"), ["-|-/bin/a"]);
    assert.deepEqual(shapes("-@-/bin/a"), ["-@|-/bin/a"]);
  });

  it("may be two exclamation marks, not three, with others between", () => {
    assert.deepEqual(shapes("!!!/bin/a"), ["!!|!/bin/a"]);
    assert.deepEqual(shapes("!-!/bin/a"), ["!-!|/bin/a"]);
  });

  it("may not be both + and !", () => {
    assert.deepEqual(shapes("+!/bin/a"), ["+|!/bin/a"]);
    assert.deepEqual(shapes("!+/bin/a"), ["!|+/bin/a"]);
    assert.deepEqual(shapes("!!+/bin/a"), ["!!|+/bin/a"]);
    assert.deepEqual(shapes("++/bin/a"), ["+|+/bin/a"]);
  });

  it("may stand inside of quotes, or before them", () => {
    assert.deepEqual(shapes(`"-/bin/a" b`), ["-|/bin/a|b"]);
    assert.deepEqual(shapes(`-"/bin/a" b`), ["-|/bin/a|b"]);
    assert.deepEqual(shapes(String.raw`\x2d/bin/a`), ["-|/bin/a"]);
  });

  it("may be all that there is", () => {
    assert.deepEqual(shapes("-@"), ["-@|"]);
    assert.deepEqual(shapes("|"), ["||"]);
  });

  it("are not those of arguments", () => {
    assert.deepEqual(shapes("/bin/a -b @c +d"), ["|/bin/a|-b|@c|+d"]);
  });
});

describe("command lines: semicolons", () => {
  it("separate commands where they stand alone", () => {
    assert.deepEqual(shapes("/bin/a x ; -/bin/b ; c"), ["|/bin/a|x", "-|/bin/b", "|c"]);
  });

  it("separate nothing inside of a word", () => {
    assert.deepEqual(shapes("/bin/a; x;y ;z"), ["|/bin/a;|x;y|;z"]);
  });

  it("are arguments where they are escaped or quoted", () => {
    assert.deepEqual(shapes(String.raw`/bin/a \; x`), ["|/bin/a|;|x"]);
    assert.deepEqual(shapes(`/bin/a ";" ';' x`), ["|/bin/a|;|;|x"]);
    assert.deepEqual(parseExec(String.raw`/bin/a \;`).commands[0]?.args[0]?.unknownEscapes, []);
  });

  it("may be escaped only alone", () => {
    assert.deepEqual(shapes(String.raw`/bin/a \;x`), [String.raw`|/bin/a|\;x`]);
  });

  it("before a program are skipped, even quoted, but not escaped", () => {
    assert.deepEqual(shapes("; ; /bin/a ; ; /bin/b ;"), ["|/bin/a", "|/bin/b"]);
    assert.deepEqual(shapes(`";" /bin/a`), ["|/bin/a"]);
    assert.deepEqual(shapes(String.raw`\; /bin/a`), [String.raw`|\;|/bin/a`]);
  });

  it("alone make no command", () => {
    assert.deepEqual(shapes(";"), []);
    assert.deepEqual(shapes(""), []);
  });
});

describe("command lines: words", () => {
  it("are decoded, and keep what the shell would read", () => {
    assert.deepEqual(shapes('/bin/a "b c" \\x41 $HOME $$x > f && g | h'), ["|/bin/a|b c|A|$HOME|$$x|>|f|&&|g|||h"]);
  });

  it("note unknown escapes", () => {
    assert.deepEqual(
      parseExec(String.raw`/bin/a \q b\ `.trimEnd()).commands[0]?.args.map((it) => it.unknownEscapes),
      [[7], [11]],
    );
  });

  it("say where the program stands behind its prefixes", () => {
    const value = "/bin/a ; -@/bin/b c";
    const command = parseExec(value).commands[1];
    assert.equal(command?.from, 9);
    assert.equal(value.slice(command?.path.from, command?.path.to), "/bin/b");
  });

  it("say where a quoted program stands, prefixes and all", () => {
    const value = `x ; "-/bin/a"`;
    const command = parseExec(value).commands[1];
    assert.deepEqual([command?.from, command?.path.from], [4, 4]);
    assert.equal(value.slice(command?.path.from, command?.path.to), `"-/bin/a"`);
  });
});

describe("command lines: errors", () => {
  it("break the command that they stand in, and leave those before", () => {
    const { commands, broken, error } = parseExec(`/bin/a ; -/bin/b c "d`);
    assert.deepEqual(commands.map(shape), ["|/bin/a"]);
    assert.equal(broken && shape(broken), "-|/bin/b|c");
    assert.deepEqual(error, { kind: "unterminated-quote", from: 19, to: 21 });
  });

  it("in the first word of a command break none", () => {
    const { commands, broken, error } = parseExec(`/bin/a ; "/bin/b c`);
    assert.deepEqual(commands.map(shape), ["|/bin/a"]);
    assert.equal(broken, undefined);
    assert.deepEqual(error, { kind: "unterminated-quote", from: 9, to: 18 });
  });
});

describe("command lines: mangled", () => {
  it("have all words in order and inside of the value", () => {
    fc.assert(
      fc.property(mangledUnit, (value) => {
        const { commands, broken } = parseExec(value);
        let last = 0;
        for (const { from, path, args } of broken ? [...commands, broken] : commands) {
          assert.ok(last <= from && from <= path.from);
          last = from;
          for (const word of [path, ...args]) {
            assert.ok(last <= word.from && word.from <= word.to && word.to <= value.length);
            last = word.to;
          }
        }
      }),
    );
  });

  it("are split in a time that grows with their length", () => {
    for (const piece of ["a ", "; ", "- ", "\\; ", "!", "-@:"]) {
      expectLinear(20_000, (size) => piece.repeat(size), parseExec);
    }
  });
});
