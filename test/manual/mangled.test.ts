import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { manualOf } from "../../server/src/manual/manual.ts";
import { pageMarkdown } from "../../server/src/manual/markdown.ts";
import { pageText } from "../../server/src/manual/plain.ts";
import { openPage, type PageSource } from "../../server/src/manual/source.ts";
import { expectLinear } from "../kit/growth.ts";
import { within } from "../kit/manualBlocks.ts";
import { page } from "./kit.ts";

const LINES: readonly string[] = [
  ...[".PP", ".RS 4", ".RE", ".RS", ".sp", ".sp -1", ".br", ".nf", ".fi", ".TS", ".TE", ".T&", ".ps +1", ".ps -1"],
  ...['.SH "[OWN] SECTION"', ".SH", '.SS "sub"', ".IP \\(bu 2.3", '.IP "  1." 4.2', ".ie n \\{\\", ".el \\{\\", ".\\}"],
  ...[
    "T{",
    "T}",
    "T}:T{",
    "T}::",
    ":T{",
    "allbox tab(:);",
    "lB lB.",
    "l ^ s.",
    ".B Table\\ \\&1.\\ \\&T",
    ".",
    "'",
    "",
  ],
  ...[
    "\\fIOwn=\\fR",
    "\\fIA=\\fR, \\fIB=\\fR",
    "\\fBx\\fR(5)",
    '"literal"',
    '"',
    "text\\&.",
    "\\",
    "\\f",
    "\\f(",
    "\\[",
    "\\[",
  ],
  ...[
    "\\m[blue]\\fBl\\fR\\m[]\\&\\s-2\\u[1]\\d\\s+2",
    "\\m[blue]",
    "\\h'",
    "\\s",
    "\\*(",
    "\\(",
    "\\c",
    "\\[u1F600]",
    "\\[u110000]",
  ],
  ...[
    '.SH "NOTES"',
    '.IP " 1." 4',
    "\\%https://x",
    "\ud83d",
    "`",
    "\\fB\\fI`\\fR*",
    "Added in version 300\\&.",
    ".\\x",
    "|",
  ],
];

const roff = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...LINES) }, fc.string({ unit: "binary", maxLength: 6 })), {
    maxLength: 80,
  })
  .map((lines) => page(lines.join("\n")));

function read(text: string): PageSource {
  const opened = openPage(text);
  assert.ok(typeof opened !== "string");
  return opened;
}

describe("manual: mangled pages", () => {
  it("are read without an exception, and all tables are full", () => {
    fc.assert(
      fc.property(roff, (text) => {
        const manual = manualOf([read(text)]);
        const whole = manual.page("systemd.own");
        assert.ok(whole);
        pageMarkdown(whole);
        pageText(whole, { width: 20 });
        for (const name of ["Own", "A", "B"]) manual.entry("systemd.own", "Own", name);
        for (const it of whole.sections.flatMap((section) => within(section.blocks)))
          if (it.kind === "table") assert.ok(it.rows.every((row) => row.length === it.header.length));
      }),
      { numRuns: 500 },
    );
  });

  it("find the same ids by the index and by the whole page", () => {
    fc.assert(
      fc.property(roff, (text) => {
        const manual = manualOf([read(text)]);
        const entries = manual.page("systemd.own")?.sections.flatMap((it) => within(it.blocks)) ?? [];
        for (const it of entries.flatMap((block) => (block.kind === "entries" ? block.entries : [])))
          for (const name of it.names) assert.ok(manual.entry("systemd.own", undefined, name));
      }),
    );
  });

  for (const [name, line] of [
    ["text", "word \\fIA=\\fR \\fBx\\fR(5)"],
    ["quotes", '"a"b "a"b'],
    ["open links", "\\m[blue]\\m[blue]"],
    ["open brackets", "\\[\\f[\\h'"],
    ["open groups", ".RS 4"],
    ["entries", ".PP\n\\fIOwn=\\fR\n.RS 4\nx\n.RE"],
    ["open entries", ".PP\n\\fIOwn=\\fR\n.RS 4"],
    ["tables", ".TS\nl.\nT{"],
    ["brackets in capitals", '.SH "[OWN] X"'],
    ["code", ".nf"],
  ] as const) {
    it(`cost as much as they are long: ${name}`, () => {
      expectLinear(
        200,
        (size) => read(page(`${line}\n`.repeat(size))),
        (source) => {
          const whole = manualOf([source]).page("systemd.own");
          return whole && pageMarkdown(whole);
        },
      );
    });
    it(`on one line cost as much as it is long: ${name}`, () => {
      expectLinear(
        200,
        (size) => read(page(line.repeat(size))),
        (source) => {
          const whole = manualOf([source]).page("systemd.own");
          return whole && pageMarkdown(whole);
        },
      );
    });
  }
});
