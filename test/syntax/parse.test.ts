import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { LONG_LINE_MAX, parse } from "../../server/src/syntax/parse.ts";
import type { Assignment, Header, Node } from "../../server/src/syntax/tree.ts";

/** A node behind the number of the line that systemd's messages would name. */
function describeNode(node: Node, text: string): string {
  switch (node.kind) {
    case "comment":
      return `${node.line + 1} ${text.slice(node.start, node.end)}`;
    case "header":
      return `${node.lastLine + 1} [${node.name}${node.closed ? "]" : ""}`;
    case "assignment":
      return `${node.lastLine + 1} ${node.key}=${node.value.text}`;
    case "invalid":
      return `${node.lastLine + 1} ${node.reason}: ${node.content.text}`;
  }
}

const outline = (text: string): string[] => parse(text).nodes.map((node) => describeNode(node, text));

/** The only assignment of a text. */
function assignment(text: string): Assignment {
  const found = parse(text).nodes.filter((node) => node.kind === "assignment");
  assert.equal(found.length, 1);
  return found[0] as Assignment;
}

const lineStarts = (text: string): readonly number[] => parse(text).lines;
const kinds = (nodes: readonly Node[]): string => nodes.map((node) => node.kind).join(" ");

describe("parse: line ends", () => {
  it("are LF, CR, CR LF, LF CR and NUL, each once", () => {
    for (const eol of ["\n", "\r", "\r\n", "\n\r", "\0", "\n\0", "\r\n\0", "\n\r\0"]) {
      assert.deepEqual(outline(`[Unit]${eol}A=1${eol}B=2`), ["1 [Unit]", "2 A=1", "3 B=2"], JSON.stringify(eol));
      assert.deepEqual(lineStarts(`a${eol}b`), [0, 1 + eol.length], JSON.stringify(eol));
    }
  });

  it("are two where the same kind comes again", () => {
    for (const eol of ["\n\n", "\r\r", "\0\0", "\r\n\r", "\n\r\n", "\0\n", "\r\n\n"]) {
      assert.deepEqual(outline(`A=1${eol}B=2`), ["1 A=1", "3 B=2"], JSON.stringify(eol));
    }
  });

  it("are none of the other controls and separators of Unicode", () => {
    for (const char of ["\v", "\f", "\u0085", "\u2028", "\u2029"]) {
      assert.deepEqual(outline(`A=1${char}B=2`), [`1 A=1${char}B=2`], JSON.stringify(char));
    }
  });

  it("may be missing at the end, and open no line behind the last", () => {
    assert.deepEqual(outline("A=1"), ["1 A=1"]);
    assert.deepEqual(lineStarts("A=1\n"), [0]);
    assert.deepEqual(lineStarts(""), []);
    assert.deepEqual(outline(""), []);
  });

  it("may make blank lines, which are no nodes but counted", () => {
    assert.deepEqual(outline("\n \t\n[Unit]\r\n\r\nA=1\n"), ["3 [Unit]", "5 A=1"]);
  });
});

describe("parse: byte order mark", () => {
  it("is removed before a header and before a setting", () => {
    assert.deepEqual(outline("\ufeff[Unit]\n"), ["1 [Unit]"]);
    assert.deepEqual(outline("\ufeffA=1\n"), ["1 A=1"]);
  });

  it("is removed from the first line that has one, wherever that is", () => {
    assert.deepEqual(outline("[Unit]\n\ufeffA=1\n\ufeffB=2\n"), ["1 [Unit]", "2 A=1", "3 \ufeffB=2"]);
  });

  it("makes a comment no comment, for comments are looked for first", () => {
    assert.deepEqual(outline("\ufeff# x\n"), ["1 no-equals: # x"]);
  });

  it("is part of the node, but not of its key or name", () => {
    const [header, setting] = parse("\ufeff[Unit]\n").nodes.concat(parse("\ufeffA=1").nodes);
    assert.equal(header?.start, 0);
    assert.deepEqual((header as Header).nameSpan, { start: 2, end: 6 });
    assert.deepEqual((setting as Assignment).keySpan, { start: 1, end: 2 });
  });

  it("is left alone behind a blank", () => {
    assert.deepEqual(outline(" \ufeffA=1\n"), ["1 \ufeffA=1"]);
  });

  it("is removed inside of a continued line", () => {
    assert.equal(assignment("A=1\\\n\ufeff2\n").value.text, "1 2");
  });

  it("is a blank line when it stands alone", () => {
    assert.deepEqual(outline("\ufeff\nA=1\n"), ["2 A=1"]);
  });
});

describe("parse: comments", () => {
  it("start with # or ;, also behind blanks", () => {
    assert.deepEqual(outline("# a\n;b\n \t# c\n"), ["1 # a", "2 ;b", "3  \t# c"]);
  });

  it("do not start behind a setting", () => {
    assert.deepEqual(outline("A=1 # x\nB=2;y\n"), ["1 A=1 # x", "2 B=2;y"]);
  });

  it("are not continued by a backslash", () => {
    assert.deepEqual(outline("# a \\\nA=1\n"), ["1 # a \\", "2 A=1"]);
  });

  it("are dropped inside of a continued line, which goes on", () => {
    const text = "A=1 \\\n# x\n  ; y \\\n  2\nB=3\n";
    assert.deepEqual(outline(text), ["4 A=1    2", "2 # x", "3   ; y \\", "5 B=3"]);
  });

  it("do not end a continued line at the end of the file", () => {
    assert.deepEqual(outline("A=1 \\\n# x\n"), ["3 A=1", "2 # x"]);
  });
});

describe("parse: continued lines", () => {
  it("get a space for the backslash and keep the blanks of the next line", () => {
    assert.equal(assignment("A=1\\\n2\n").value.text, "1 2");
    assert.equal(assignment("A=1 \\\n\t2\n").value.text, "1  \t2");
    assert.equal(assignment("A=1\\\r\n2\\\r\n3\r\n").value.text, "1 2 3");
  });

  it("take in what would be a header or a setting", () => {
    assert.deepEqual(outline("A=1 \\\n[Unit]\nB=2 \\\nC=3\n"), ["2 A=1  [Unit]", "4 B=2  C=3"]);
  });

  it("may be headers, keys and junk", () => {
    assert.deepEqual(outline("[Ser\\\nvice]\n"), ["2 [Ser vice]"]);
    assert.deepEqual(outline("Ty\\\npe=x\n"), ["2 Ty pe=x"]);
    assert.deepEqual(outline("Type\\\n=x\n"), ["2 Type=x"]);
    assert.deepEqual(outline("ab\\\ncd\n"), ["2 no-equals: ab cd"]);
  });

  it("are not made by two backslashes, but by three", () => {
    assert.deepEqual(outline("A=1\\\\\nB=2\n"), ["1 A=1\\\\", "2 B=2"]);
    assert.deepEqual(outline("A=1\\\\\\\nB=2\n"), ["2 A=1\\\\ B=2"]);
  });

  it("are not made by a backslash before a blank", () => {
    assert.deepEqual(outline("A=1\\ \nB=2\\\t\n"), ["1 A=1\\", "2 B=2\\"]);
  });

  it("end at an empty line, but not at one of blanks with a backslash", () => {
    assert.deepEqual(outline("A=1 \\\n\nB=2\n"), ["2 A=1", "3 B=2"]);
    assert.deepEqual(outline("A=1 \\\n \\\n2\n"), ["3 A=1    2"]);
  });

  it("end at a line of blanks", () => {
    assert.deepEqual(outline("A=1 \\\n  \nB=2\n"), ["2 A=1", "3 B=2"]);
  });

  it("count as the line behind the last where the file ends first", () => {
    assert.deepEqual(outline("A=1 \\\n"), ["2 A=1"]);
    assert.deepEqual(outline("A=1 \\"), ["2 A=1"]);
    assert.deepEqual(outline("A=1 \\\n2 \\\n"), ["3 A=1  2"]);
  });

  it("are nothing where only blanks are joined", () => {
    assert.deepEqual(outline(" \\\n\\\n\nA=1\n"), ["4 A=1"]);
  });

  it("name their first and last line", () => {
    const node = assignment("\nA=1 \\\n# x\n2 \\\n3\n");
    assert.deepEqual([node.firstLine, node.lastLine], [1, 4]);
  });

  it("reach from their first character to the end of the last line read", () => {
    for (const [text, end] of [
      ["A=1 \\\n 2\nB=3", 8],
      ["A=1 \\\n\nB=3", 6],
      ["A=1 \\\n# c\n", 9],
      ["A=1 \\\n", 5],
    ] as const) {
      const node = parse(text).nodes[0];
      assert.deepEqual([node?.start, node?.end], [0, end], JSON.stringify(text));
    }
  });
});

describe("parse: section headers", () => {
  it("keep the blanks inside and lose those outside", () => {
    assert.deepEqual(outline("\t[ Unit ] \n"), ["1 [ Unit ]"]);
  });

  it("are closed only by a bracket at the very end", () => {
    assert.deepEqual(outline("[Unit\n[\n[Unit] x\n[a]b]\n[]\n"), ["1 [Unit", "2 [", "3 [Unit] x", "4 [a]b]", "5 []"]);
  });

  it("know where their name stands", () => {
    const spans = parse("  [Unit]\n[Unit\n[]\n[\n").nodes.map((node) => (node as Header).nameSpan);
    assert.deepEqual(spans, [
      { start: 3, end: 7 },
      { start: 10, end: 14 },
      { start: 16, end: 16 },
      { start: 19, end: 19 },
    ]);
  });

  it("know where a continued name stands", () => {
    assert.deepEqual((parse("[Ser\\\n# x\nvice]").nodes[0] as Header).nameSpan, { start: 1, end: 14 });
  });
});

describe("parse: assignments", () => {
  it("are cut at the first = and stripped", () => {
    assert.deepEqual(outline(" A = b=c \nB=\n Exec Start=x\n"), ["1 A=b=c", "2 B=", "3 Exec Start=x"]);
  });

  it("keep quotes, escapes and inner blanks", () => {
    assert.equal(assignment(`A="b  c" 'd' \\x20\\\\ e`).value.text, `"b  c" 'd' \\x20\\\\ e`);
  });

  it("strip only blank, tab and line ends", () => {
    assert.deepEqual(outline("\u00a0A\u00a0=\u00a0b\u00a0\n\vB=\f\n"), ["1 \u00a0A\u00a0=\u00a0b\u00a0", "2 \vB=\f"]);
  });

  it("know where key, = and value stand", () => {
    const node = assignment("\t Key \t=  a b  \n");
    assert.deepEqual([node.keySpan, node.equals, node.valueSpan], [{ start: 2, end: 5 }, 7, { start: 10, end: 13 }]);
  });

  it("put an empty value right behind the =", () => {
    for (const text of ["Key=", "Key=   ", "Key= \\\n \n"]) {
      assert.deepEqual(assignment(text).valueSpan, { start: 4, end: 4 }, JSON.stringify(text));
    }
  });

  it("know where parts of a continued line stand", () => {
    const text = "Key\\\n= a \\\n# c\n\tb \\\n\n";
    const node = assignment(text);
    assert.equal(text.slice(node.keySpan.start, node.keySpan.end), "Key");
    assert.equal(text[node.equals], "=");
    assert.equal(text.slice(node.valueSpan.start, node.valueSpan.end), "a \\\n# c\n\tb");
    assert.equal(node.value.text, "a  \tb");
  });
});

describe("parse: junk", () => {
  it("is a line without = or without a key", () => {
    assert.deepEqual(outline("abc\n=\n = x\n"), ["1 no-equals: abc", "2 no-key: =", "3 no-key: = x"]);
    assert.deepEqual(outline("]\n"), ["1 no-equals: ]"]);
  });
});

describe("parse: sections", () => {
  it("hold the lines up to the next header, and may repeat", () => {
    const file = parse("# top\nA=1\n[Unit]\nB=2\njunk\n[Service]\n[Unit]\n# c\nC=3\n");
    assert.equal(kinds(file.preamble), "comment assignment");
    assert.deepEqual(
      file.sections.map(({ name, nodes }) => `${name}: ${kinds(nodes)}`),
      ["Unit: assignment invalid", "Service: ", "Unit: comment assignment"],
    );
  });

  it("reach to the next header or the end of the text", () => {
    const file = parse("[Unit]\nA=1\n[Service]\n\n");
    assert.deepEqual(
      file.sections.map(({ start, end }) => [start, end]),
      [
        [0, 11],
        [11, 22],
      ],
    );
  });

  it("begin at unclosed headers too", () => {
    assert.deepEqual(
      parse("[Unit\nA=1\n").sections.map(({ name, header, nodes }) => [name, header.closed, kinds(nodes)]),
      [["Unit", false, "assignment"]],
    );
  });
});

describe("parse: encoding", () => {
  it("is judged line by line, comments aside", () => {
    const nodes = parse("# \udce9\n[Unit]\nA=\udce9\nB=é\n[\udcff]\nC\uffff\n").nodes;
    const verdicts = nodes.flatMap((node) => (node.kind === "comment" ? [] : [node.utf8]));
    assert.deepEqual(verdicts, [true, false, true, false, false]);
  });

  it("covers the whole of a continued line, but not the comments inside", () => {
    assert.equal(assignment("A=1 \\\n\udce9\n").utf8, false);
    assert.equal(assignment("A=1 \\\n# \udce9\n2\n").utf8, true);
  });
});

describe("parse: lines that are too long", () => {
  const filler = (length: number): string => "x".repeat(length);

  it("are those of 1 MiB", () => {
    assert.equal(parse(`A=${filler(LONG_LINE_MAX - 3)}\n`).tooLong, undefined);
    assert.deepEqual(parse(`\nA=${filler(LONG_LINE_MAX - 2)}\n`).tooLong, {
      line: 1,
      start: 1,
      end: LONG_LINE_MAX + 1,
    });
  });

  it("are measured in bytes", () => {
    assert.equal(parse(`A=${"é".repeat(LONG_LINE_MAX / 2 - 2)}x\n`).tooLong, undefined);
    assert.equal(parse(`A=${"é".repeat(LONG_LINE_MAX / 2 - 1)}\n`).tooLong?.line, 0);
    assert.equal(parse(`A=${"\udce9".repeat(LONG_LINE_MAX / 2)}\n`).tooLong, undefined);
  });

  it("may be comments", () => {
    assert.equal(parse(`# ${filler(LONG_LINE_MAX)}\n`).tooLong?.line, 0);
  });

  it("may be joined from short ones", () => {
    const part = `${filler(LONG_LINE_MAX / 4 - 1)}\\\n`;
    assert.equal(parse(part.repeat(4)).tooLong, undefined);
    assert.deepEqual(parse(`# c\n${part.repeat(4)}x\n`).tooLong, {
      line: 5,
      start: 4,
      end: 4 + 4 * part.length + 1,
    });
  });

  it("are named once, the first", () => {
    const long = filler(LONG_LINE_MAX);
    assert.equal(parse(`${long}\n${long}\n`).tooLong?.line, 0);
  });
});
