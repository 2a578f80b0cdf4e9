import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { formatEdits } from "../../server/src/syntax/format.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { applyEdits, type Span } from "../../server/src/text/span.ts";
import { expectLinear } from "../kit/growth.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { meaningOf } from "../kit/meaning.ts";

/** The text after formatting; undefined where it is left alone. */
function formatted(text: string, within?: Span): string | undefined {
  const edits = formatEdits(parse(text), within);
  return edits && applyEdits(text, edits);
}

const expect = (before: string, after: string): void => assert.equal(formatted(before), after);
const stays = (text: string): void => expect(text, text);

describe("format", () => {
  it("takes away blanks around = and at the ends of lines", () => {
    expect(
      "[Unit] \t\nDescription =  A \t shop  \nAfter\t= x.target\nWants=  \n",
      "[Unit]\nDescription=A \t shop\nAfter=x.target\nWants=\n",
    );
    expect("[Service]  \nno equals  \n = no key \n", "[Service]\nno equals\n= no key\n");
  });

  it("puts one blank line before a section and leaves no two together", () => {
    expect(
      "\n\n[Unit]\nA=1\n\n\n \t\nB=2\n[Service]\n\n\n\n[Install]\nC=3\n\n\n",
      "[Unit]\nA=1\n\nB=2\n\n[Service]\n\n[Install]\nC=3\n",
    );
  });

  it("keeps a comment with the section below it, and a disabled setting with the one above", () => {
    expect("[Unit]\nA=1\n# What it runs\n[Service]\n", "[Unit]\nA=1\n\n# What it runs\n[Service]\n");
    expect("[Unit]\nA=1\n# After=x.target\n[Service]\n", "[Unit]\nA=1\n# After=x.target\n\n[Service]\n");
    stays("[Unit]\nA=1\n\n# After=x.target\n[Service]\n");
    stays("# FileName=a\n[Pod]\n---\n# FileName=b\n[Pod]\n---\n[Pod]\n");
    stays("# unit-warden: ignore-file style\n[Service]\n");
  });

  it("ends the last line", () => {
    expect("[Unit]\nA=1", "[Unit]\nA=1\n");
    expect("[Unit]\r\nA=1", "[Unit]\r\nA=1\r\n");
    expect("[Unit]\n# note  ", "[Unit]\n# note  \n");
  });

  it("keeps the line ends", () => {
    expect("[Unit]\r\nA = 1 \r\n[Service]\r\n\r\n\r\n", "[Unit]\r\nA=1\r\n\r\n[Service]\r\n");
    expect("[Unit]\r\nA=1\n[Service]\r\n", "[Unit]\r\nA=1\n\n[Service]\r\n");
  });

  it("touches nothing within comments and continued lines", () => {
    stays("[Service]\n# note  \n; other = one \t\nExecStart = /bin/x \\\n    --a  \\\n  # inside  \n   --b = c  \n");
    stays("[Service]\nExecStart = /bin/x \\\n");
    expect("[Service]\nExecStart = /bin/x \\", "[Service]\nExecStart = /bin/x \\\n");
  });

  it("counts the empty line that ends a continued one", () => {
    stays("[Service]\nEnvironment=A=1 \\\n\n[Install]\n");
    expect("[Service]\nEnvironment=A=1 \\\n\n\n\n[Install]\n", "[Service]\nEnvironment=A=1 \\\n\n[Install]\n");
    stays("[Service]\nEnvironment=A=1 \\\n  \n[Install]\n");
  });

  it("leaves the blank behind a backslash, which would continue the line without it", () => {
    expect("[Service]\nExecStart = /bin/x \\ \nType=exec\n", "[Service]\nExecStart=/bin/x \\ \nType=exec\n");
    expect("[Service]\nExecStart=/bin/x \\\\ \n", "[Service]\nExecStart=/bin/x \\\\\n");
  });

  it("takes away the blanks before lines and comments", () => {
    expect("  [Unit]\n\tA=1\n \t # note\n  ; note\n  no equals\n", "[Unit]\nA=1\n# note\n; note\nno equals\n");
    expect("\ufeff  [Unit]\n", "\ufeff[Unit]\n");
  });

  it("keeps the blanks before the next lines of a continued one, which are part of the value, and of comments in it", () => {
    expect(
      "  [Unit]\n  Description=a \\\n      b \\\n  # inside\n    c\n  A=1\n",
      "[Unit]\nDescription=a \\\n      b \\\n  # inside\n    c\nA=1\n",
    );
    expect("[Unit]\n   \\\n  A=1\n", "[Unit]\n\\\n  A=1\n");
  });

  it("does not make a file empty, which would mask the unit", () => {
    for (const text of ["", "\n", " \n\n", "\ufeff\n\n"]) stays(text);
    stays("\ufeff[Unit]\nA=1\n");
  });

  it("leaves a file alone that not all programs read alike", () => {
    for (const text of ["[Unit]\nA = \udcff\n", "[Unit]\0A = 1\n", "[Unit]\rA = 1\n", "[Unit]\nA = 1\n\ufeffB = 2\n"])
      assert.equal(formatted(text), undefined);
    assert.equal(formatted(`[Unit]\nA = ${"x".repeat(1024 * 1024)}\n`), undefined);
  });

  it("lays out some lines only where a range is given", () => {
    const text = "[Unit]\nA = 1\nB = 2\n\n\nC = 3\n[Service]";
    const within = (from: string, to: string): string | undefined =>
      formatted(text, { start: text.indexOf(from), end: text.indexOf(to) + to.length });
    assert.equal(within("B", "B"), "[Unit]\nA = 1\nB=2\n\n\nC = 3\n[Service]");
    assert.equal(within("B", "C"), "[Unit]\nA = 1\nB=2\n\nC=3\n[Service]");
    assert.equal(within("[S", "[S"), "[Unit]\nA = 1\nB = 2\n\n\nC = 3\n\n[Service]\n");
  });

  it("needs time in proportion to the length", () => {
    expectLinear(2000, (count) => "A = 1 \n# c\n\n\n[Unit]\nB=\\\n# d\n\n".repeat(count), formatted);
    expectLinear(2000, (count) => `[Unit]\n${"# c\n".repeat(count)}[Service]\n${"\n".repeat(count)}`, formatted);
  });
});

describe("format: mangled files", () => {
  const property = (check: (text: string, after: string) => void) => () =>
    fc.assert(
      fc.property(mangledUnit, (text) => check(text, formatted(text) ?? text)),
      { numRuns: 2000 },
    );

  it(
    "mean the same afterwards",
    property((text, after) => assert.deepEqual(meaningOf(parse(after)), meaningOf(parse(text)))),
  );

  it(
    "are formatted once and for all",
    property((_, after) => assert.equal(formatted(after) ?? after, after)),
  );

  it(
    "have no blanks before a line that is not continued",
    property((text, after) => {
      const file = parse(after);
      if (formatted(text) === undefined) return;
      const inside = file.nodes
        .flatMap((it) => (it.kind === "comment" ? [] : [it]))
        .filter((it) => it.lastLine > it.firstLine);
      for (const node of file.nodes) {
        const isInside =
          node.kind === "comment" && inside.some((it) => it.firstLine < node.line && node.line <= it.lastLine);
        if (!isInside) assert.doesNotMatch(after.slice(node.start, node.end), /^\ufeff?[ \t]/);
      }
    }),
  );

  it(
    "lose nothing but blanks and line ends",
    property((text, after) => assert.equal(after.replace(/[ \t\r\n]/g, ""), text.replace(/[ \t\r\n]/g, ""))),
  );

  it("mean the same when only some of their lines are formatted", () => {
    fc.assert(
      fc.property(mangledUnit, fc.nat(), fc.nat(), (text, a, b) => {
        const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
        const after = formatted(text, { start, end }) ?? text;
        assert.deepEqual(meaningOf(parse(after)), meaningOf(parse(text)));
      }),
      { numRuns: 2000 },
    );
  });
});
