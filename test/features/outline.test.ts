import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { DocumentSymbol } from "vscode-languageserver-types";
import { folding } from "../../server/src/features/folding.ts";
import { symbols } from "../../server/src/features/symbols.ts";
import { expectSnapshot } from "../kit/snapshot.ts";
import { open } from "../kit/view.ts";

const UNIT = `# A web server
# of two lines of comment
[Unit]
Description=Web server

; one line of comment
[Service]
ExecStart=/usr/bin/server \\
# a comment inside
  --port 80 \\
  --quiet
# first
# second

# third
# fourth
Environment=A=1
not an assignment
=no key
[X-Mine]
Foo=${"very ".repeat(20)}long
[Service]
ExecStart=
Restart=always


[Install]
`;

describe("symbols", () => {
  it("are the sections with their assignments", () => {
    const { view, text } = open(UNIT);
    const lines = text.split("\n");
    const show = (symbol: DocumentSymbol, indent: string): string => {
      const { start, end } = symbol.selectionRange;
      const name = lines[start.line]?.slice(start.character, end.character);
      const whole = `${symbol.range.start.line + 1}–${symbol.range.end.line + 1}`;
      const detail = symbol.detail === undefined ? "" : ` = ${symbol.detail}`;
      const children = (symbol.children ?? []).map((it) => show(it, `${indent}  `)).join("");
      return `${indent}- ${symbol.name}${detail} (lines ${whole}, selects \`${name}\`)\n${children}`;
    };
    const outline = symbols(view).map((it) => show(it, ""));
    expectSnapshot("symbols", `# Symbols\n\n\`\`\`systemd\n${text}\`\`\`\n\n${outline.join("")}`);
  });

  it("keep every selection inside of its range, as the protocol demands", () => {
    for (const source of [UNIT, "[]\n=x\n", "[Unit\nA=", "[Unit]", "  [Unit]  \n  A = b  "]) {
      const { view } = open(source);
      const at = ({ line, character }: { line: number; character: number }): number =>
        view.lines.offsetAt({ line, character });
      const within = (symbol: DocumentSymbol): void => {
        assert.notEqual(symbol.name.trim(), "");
        assert.ok(at(symbol.range.start) <= at(symbol.selectionRange.start), symbol.name);
        assert.ok(at(symbol.selectionRange.end) <= at(symbol.range.end), symbol.name);
        for (const child of symbol.children ?? []) {
          assert.ok(at(child.range.start) >= at(symbol.range.start) && at(child.range.end) <= at(symbol.range.end));
          within(child);
        }
      };
      for (const symbol of symbols(view)) within(symbol);
    }
  });

  it("are none where there is no section", () => {
    assert.deepEqual(symbols(open("").view), []);
    assert.deepEqual(symbols(open("# comment\nA=b\n").view), []);
  });
});

describe("folding", () => {
  const folds = (source: string): string[] =>
    folding(open(source).view).map(
      ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ""}`,
    );

  it("folds sections, continued lines and blocks of comments", () => {
    assert.deepEqual(folds(UNIT).sort(), [
      "0-1 comment",
      "11-12 comment",
      "14-15 comment",
      "19-20",
      "2-5",
      "21-23",
      "6-18",
      "7-10",
    ]);
  });

  it("leaves out what is one line", () => {
    assert.deepEqual(folds("[Unit]\n"), []);
    assert.deepEqual(folds("# one\n\n# two\n[Unit]\n\n\n[Service]"), []);
    assert.deepEqual(folds(""), []);
  });

  it("ends a section with its last line, not with the blank ones behind it", () => {
    assert.deepEqual(folds("[Unit]\nA=b\n\n\n[Service]\n"), ["0-1"]);
    assert.deepEqual(folds("[Unit]\r\nA=b\r\n\r\n[Service]\r\nB=c"), ["0-1", "3-4"]);
  });
});
