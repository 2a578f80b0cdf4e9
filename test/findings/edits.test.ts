import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { insertAfter, insertIntoSection, lineEnding, removeLines } from "../../server/src/findings/edits.ts";
import type { LogicalLine } from "../../server/src/syntax/tree.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

function unitOf(text: string, name = "x.service"): Unit {
  const path = unitPath(name);
  assert.ok(path);
  return readUnit(path, text, 262);
}

/** The logical line that holds the key or the name A. */
function lineA({ file }: Unit): LogicalLine {
  const node = file.nodes.find((it) => it.kind !== "comment" && /^\[?A/.test(it.content.text));
  assert.ok(node && node.kind !== "comment");
  return node;
}

function removed(text: string): string {
  const unit = unitOf(text);
  return applyEdits(text, [removeLines(unit.file, lineA(unit))]);
}

function insertedAfter(text: string, ...added: string[]): string {
  const unit = unitOf(text);
  return applyEdits(text, [insertAfter(unit.file, lineA(unit), added)]);
}

function insertedInto(text: string, name?: string): string {
  return applyEdits(text, [insertIntoSection(unitOf(text, name), "Unit", ["B=1", "C=2"])]);
}

describe("edits: line end", () => {
  it("is the one of the first line, or LF", () => {
    assert.equal(lineEnding("a\r\nb\n"), "\r\n");
    assert.equal(lineEnding("a\nb\r\n"), "\n");
    assert.equal(lineEnding("a\rb"), "\r");
    assert.equal(lineEnding("a"), "\n");
    assert.equal(lineEnding(""), "\n");
  });
});

describe("edits: removing a line", () => {
  it("takes its line end along, whichever it is", () => {
    for (const eol of ["\n", "\r", "\r\n", "\n\r", "\0"]) {
      assert.equal(removed(`[Unit]${eol}A=1${eol}B=2${eol}`), `[Unit]${eol}B=2${eol}`, JSON.stringify(eol));
    }
  });

  it("takes the line end before it where the text ends without one", () => {
    for (const eol of ["\n", "\r", "\r\n", "\n\r", "\0"]) {
      assert.equal(removed(`[Unit]${eol}${eol}A=1`), `[Unit]${eol}`, JSON.stringify(eol));
    }
    assert.equal(removed("A=1"), "");
  });

  it("takes what continues it, with the comments inside", () => {
    assert.equal(removed("[Unit]\nA=1 \\\n# c\n  2\n# d\n"), "[Unit]\n# d\n");
    assert.equal(removed("[Unit]\nA=1 \\\n\nB=2\n"), "[Unit]\nB=2\n");
    assert.equal(removed("[Unit]\nA=1 \\\n# c\n"), "[Unit]\n");
  });
});

describe("edits: inserting behind a line", () => {
  it("puts whole lines there, with the line end of the text", () => {
    assert.equal(insertedAfter("A=1\nD=4\n", "B=2", "C=3"), "A=1\nB=2\nC=3\nD=4\n");
    assert.equal(insertedAfter("A=1\r\nD=4\r\n", "B=2"), "A=1\r\nB=2\r\nD=4\r\n");
  });

  it("leaves a missing final newline missing", () => {
    assert.equal(insertedAfter("A=1", "B=2", "C=3"), "A=1\nB=2\nC=3");
  });

  it("stays behind what continues the line", () => {
    assert.equal(insertedAfter("A=1 \\\n# c\n  2\nD=4\n", "B=2"), "A=1 \\\n# c\n  2\nB=2\nD=4\n");
  });

  it("ends a line first that is continued at the end of the text", () => {
    assert.equal(insertedAfter("A=1 \\\n", "B=2"), "A=1 \\\n\nB=2\n");
    assert.equal(insertedAfter("A=1 \\", "B=2"), "A=1 \\\n\nB=2");
    assert.equal(insertedAfter("A=1 \\\n# c", "B=2"), "A=1 \\\n# c\n\nB=2");
    assert.equal(insertedAfter("[A \\\n", "B=2"), "[A \\\n\nB=2\n");
  });

  it("ends a continued line with a line end that does not merge with its own", () => {
    assert.equal(insertedAfter("[Unit]\rA=1 \\\n", "B=2"), "[Unit]\rA=1 \\\n\nB=2\r");
    assert.equal(insertedAfter("[Unit]\nA=1 \\\r", "B=2"), "[Unit]\nA=1 \\\r\rB=2\n");
  });
});

describe("edits: inserting into a section", () => {
  it("goes behind its last setting", () => {
    assert.equal(insertedInto("[Unit]\nA=1\n\n# c\n[Service]\n"), "[Unit]\nA=1\nB=1\nC=2\n\n# c\n[Service]\n");
  });

  it("makes the section in a text without any", () => {
    assert.equal(insertedInto(""), "[Unit]\nB=1\nC=2\n");
    assert.equal(insertedInto("# c\r\n"), "# c\r\n[Unit]\r\nB=1\r\nC=2\r\n");
    assert.equal(insertedInto("# c"), "# c\n[Unit]\nB=1\nC=2\n");
    assert.equal(insertedInto("# c\0"), "# c\0[Unit]\nB=1\nC=2\n");
  });

  it("makes the section behind those that systemd does not read", () => {
    assert.equal(insertedInto("[X-Own]\nA=1\n"), "[X-Own]\nA=1\n[Unit]\nB=1\nC=2\n");
    assert.equal(insertedInto("[X-Own]\nA=1 \\\n"), "[X-Own]\nA=1 \\\n\n[Unit]\nB=1\nC=2\n");
    assert.equal(insertedInto("[X-Own]\nA=1 \\"), "[X-Own]\nA=1 \\\n\n[Unit]\nB=1\nC=2\n");
  });

  it("makes the section before those that usually follow it", () => {
    assert.equal(insertedInto("[Service]\nA=1\n"), "[Unit]\nB=1\nC=2\n\n[Service]\nA=1\n");
    assert.equal(insertedInto("[Service]\nA=1\n", "x.target"), "[Service]\nA=1\n[Unit]\nB=1\nC=2\n");
  });
});
