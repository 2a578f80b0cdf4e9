import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { valueEntry } from "../../server/src/manual/entry.ts";
import { manualOf } from "../../server/src/manual/manual.ts";
import { entryMarkdown, pageMarkdown, termsMarkdown } from "../../server/src/manual/markdown.ts";
import type { FoundEntry } from "../../server/src/manual/pageIndex.ts";
import { entryText, pageText } from "../../server/src/manual/plain.ts";
import { bullet, code, entry, page, source } from "./kit.ts";

function read(body: string, notes = ""): FoundEntry {
  const manual = manualOf([source(page(entry("\\fIOwn=\\fR", body), notes))]);
  const found = manual.entry("systemd.own", "Own", "Own");
  assert.ok(found);
  return found;
}

function markdown(body: string, notes = ""): string {
  return entryMarkdown(read(body, notes));
}

describe("manual: entries in Markdown", () => {
  it("join lines to paragraphs and tell code, emphasis and strong words apart", () => {
    assert.equal(
      markdown('Set\n\\fIOther=\\fR\nto\n"on",\n\\fBoff\\fR\nor a\n\\fIname\\fR\\&.\n.sp\nRun\n\\fBown tool\\fR\\&.'),
      "Set `Other=` to `on`, `off` or a *name*.\n\nRun **own tool**.",
    );
  });

  it("decode escapes in one pass", () => {
    assert.equal(
      markdown("a\\-b\\ c\\&. \\(em d\\*(Aqs \\e: \\e\\- \\(bu \\s-2x\\s+2 \\u1\\d"),
      "a-b c. — d's \\\\: \\\\- • x 1",
    );
  });

  it("make one code span of what joins without a blank", () => {
    assert.equal(markdown("\\fIA=\\fR\\fI\\fIb\\fR\\fR and \\fB\\-\\-x\\fR"), "`A=b` and `--x`");
  });

  it("escape what Markdown would take as its own", () => {
    assert.equal(markdown("\\&# a * b_c_ <d> [e] `f`"), "\\# a \\* b_c\\_ \\<d> \\[e\\] \\`f\\`");
    assert.equal(markdown("1\\&. one"), "1\\. one");
  });

  it("link manual pages and notes", () => {
    const notes = '.SH "NOTES"\n.IP " 1." 4\nA Page\n.RS 4\n\\%https://example.org/a_b\n.RE\n';
    assert.equal(
      markdown("See\n\\fBsystemd.own\\fR(5)\nand\n\\m[blue]\\fBA Page\\fR\\m[]\\&\\s-2\\u[1]\\d\\s+2\\&.", notes),
      "See [systemd.own(5)](man:systemd.own(5)) and [A Page](https://example.org/a_b).",
    );
    assert.equal(
      entryMarkdown(read("See\n\\fBown\\fR(1)"), () => "https://example.org"),
      "See [own(1)](https://example.org)",
    );
    assert.equal(
      entryMarkdown(read("See\n\\fBown\\fR(1)"), () => undefined),
      "See `own(1)`",
    );
  });

  it("keep the lines of code", () => {
    assert.equal(
      markdown(`Such as:\n${code("[Own]\n  A=\\e\\*(Aq\n\n\\&.b")}`),
      "Such as:\n\n```text\n[Own]\n  A=\\'\n\n.b\n```",
    );
    assert.equal(markdown(code("```")), "````text\n```\n````");
  });

  it("nest lists", () => {
    assert.equal(
      markdown(`Some:\n${bullet(`one\n.sp\nmore\n${bullet("inner", "1.")}${bullet("next", "2.")}`)}${bullet("two")}`),
      "Some:\n\n- one\n\n  more\n\n  1. inner\n  2. next\n- two",
    );
  });

  it("show values with their versions where those differ", () => {
    const body = `${entry("\\fBa\\fR", "first\n.sp\nAdded in version 300\\&.")}${entry("\\fBb\\fR", "second\n.sp\nAdded in version 301\\&.")}.sp\nAdded in version 300\\&.`;
    assert.equal(markdown(body), "- `a` — first\n- `b` *(since 301)* — second");
    assert.equal(read(body).since, 300);
  });

  it("make tables with all columns, also of cells that span others", () => {
    const table = [
      ...[".sp", ".it 1 an-trap", ".br", ".B Table\\ \\&1.\\ \\&Own table", ".TS", "allbox tab(:);", "lB lB lB."],
      ...["T{", "a", "T}:T{", "b", "T}:T{", "c|d", "T}", ".T&", "l l l", "^ l s."],
      ...["T{", '"x"', "T}:T{", "\\fIY=\\fR", "T}:T{", "z", "T}", ":T{", "wide", "T}", ".TE", ".sp 1"],
    ];
    assert.equal(
      markdown(table.join("\n")),
      "**Own table**\n\n| a | b | c\\|d |\n| --- | --- | --- |\n| `x` | `Y=` | z |\n| `x` | wide |  |",
    );
  });

  it("quote notes", () => {
    const note =
      ".if n \\{\\\n.sp\n.\\}\n.RS 4\n.it 1 an-trap\n.br\n.ps +1\n\\fBWarning\\fR\n.ps -1\n.br\nBeware\\&.\n.sp .5v\n.RE";
    assert.equal(markdown(`Text\n${note}\nAfter`), "Text\n\n> **Warning:** Beware.\n\nAfter");
  });

  it("take out where a directive has no effect", () => {
    const system = "This option is only available for system services but not supported for others\\&.";
    const private_ =
      "These options are only available for system services, or where\n\\fIPrivateUsers=\\fR\nis implicitly enabled (so)\\&.";
    assert.deepEqual([read(`A\n.sp\n${system}`).scope, markdown(`A\n.sp\n${system}`)], ["system", "A"]);
    assert.deepEqual([read(`A\n.sp\n${private_}`).scope, markdown(`A\n.sp\n${private_}`)], ["private-users", "A"]);
  });
});

describe("manual: values", () => {
  it("are found in value lists and in bullets that begin with them", () => {
    const listed = read(entry("\\fBstrict\\fR, \\fBnarrow\\fR", "Little"));
    assert.equal(entryText(valueEntry(listed, "narrow") ?? listed), "Little");
    const bulleted = read(`${bullet("If set to\n\\fBone\\fR, so")}${bullet('"two"\nis else')}`);
    assert.equal(entryText(valueEntry(bulleted, "one") ?? bulleted), "If set to one, so");
    assert.equal(entryText(valueEntry(bulleted, "two") ?? bulleted), '"two" is else');
    assert.equal(valueEntry(bulleted, "three"), undefined);
  });
});

describe("manual: lookup", () => {
  const text = page(
    `.SH "[OWN] SECTION OPTIONS"\n${entry("\\fIA=\\fR, \\fIB=\\fR\\fI\\fIb\\fR\\fR", "own")}${entry("\\fIC=\\fR", entry("\\fIA=\\fR", "inner"))}` +
      `.SH "[OTHER] SECTION OPTIONS"\n.PP\nSee [Other]\\&.\n${entry("\\fIA=\\fR", "other")}`,
  );
  const manual = manualOf([source(text)]);

  it("finds entries by section, all names of shared ones too", () => {
    const texts = (["Own", "Other", undefined] as const).map((it) => {
      const found = manual.entry("systemd.own", it, "A");
      return found && [entryText(found), found.anchor, found.heading];
    });
    assert.deepEqual(texts, [
      ["own", "A=", "[OWN] Section Options"],
      ["other", "A=2", "[Other] Section Options"],
      ["own", "A=", "[OWN] Section Options"],
    ]);
    const shared = manual.entry("systemd.own", "Own", "B");
    assert.ok(shared);
    assert.equal(termsMarkdown(shared), "`A=`, `B=b`");
    assert.equal(manual.entry("systemd.own", "Own", "X"), undefined);
    assert.equal(manual.entry("systemd.none", "Own", "A"), undefined);
  });

  it("reads whole pages", () => {
    const whole = manual.page("systemd.own");
    assert.ok(whole);
    assert.equal(whole.title, "Own things");
    assert.equal(
      pageMarkdown(whole),
      [
        ...["# systemd.own(5)", "Own things", "## \\[OWN\\] Section Options", "#### `A=`, `B=b`", "own", "#### `C=`"],
        ...["- `A=` — inner", "## \\[Other\\] Section Options", "See \\[Other\\].", "#### `A=`", "other\n"],
      ].join("\n\n"),
    );
    assert.match(
      pageText(whole, { width: 40 }),
      /^systemd\.own\(5\) — Own things\n\n\[OWN\] SECTION OPTIONS\n\nA=, B=b\n {4}own\n/,
    );
    assert.deepEqual(manual.pagesWith("C"), ["systemd.own(5)"]);
    assert.deepEqual(manual.index(), []);
  });
});
