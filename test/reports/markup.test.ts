import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Directive, directivesIn, grammarIn } from "../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS, sectionFacts } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { describeDirective, describeMember, describeSection } from "../../server/src/features/describe.ts";
import { markup } from "../../server/src/features/markupContent.ts";
import {
  code,
  codeLines,
  join,
  link,
  literal,
  type Prose,
  plainProse,
  strong,
} from "../../server/src/reports/markup.ts";
import { liveIn, shownText } from "../kit/markdown.ts";

const SECTION_NAMES = Object.keys(SECTIONS).filter(isSectionName);
const DIRECTIVES: readonly Directive[] = SECTION_NAMES.flatMap((it) => directivesIn(it, NEWEST_VERSION));

/** All that hover and completion can ever say, with a name to find it by. */
function* everything(): Iterable<{ name: string; prose: Prose }> {
  for (const section of SECTION_NAMES)
    yield { name: `[${section}]`, prose: describeSection(section, sectionFacts(section), NEWEST_VERSION) };
  for (const it of DIRECTIVES) {
    const name = `[${it.section}] ${it.name}=`;
    yield { name, prose: describeDirective(it, NEWEST_VERSION) };
    yield { name: `${name} in ${OLDEST_VERSION}`, prose: describeDirective(it, OLDEST_VERSION) };
    const type = grammarIn(it, NEWEST_VERSION);
    if (type.kind !== "enumeration") continue;
    for (const member of type.members)
      yield { name: name + member.value, prose: describeMember(it, member, NEWEST_VERSION) };
  }
}

/** The letters of a text, as HTML keeps them. */
const bare = (text: string): string => text.replace(/\s+/g, "");

/** Texts of all that Markdown, GitHub's additions to it and HTML take for themselves. */
const TEXTS = fc
  .array(
    fc.constantFrom(
      ...[
        "a",
        "Z",
        "9",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\\",
        "`",
        "``",
        "```",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "~",
        "#",
        "##",
      ],
      ...[
        "[",
        "](",
        ")",
        "[x](y)",
        "![",
        "<",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "&",
        "&lt;",
        "&#35;",
        "!",
        "|",
        "-|-",
        "- ",
        "+ ",
      ],
      ...[
        "1. ",
        "1) ",
        "> ",
        "---",
        "===",
        "http://",
        "https://e.org",
        "www.",
        "e.org",
        "@",
        "me@e.org",
        "mailto:",
        "://",
        ":",
      ],
      ...[
        "- [ ] ",
        "[^1]",
        "[x]: y",
        "$(sync~spin)",
        "{",
        "}",
        "é",
        "=",
        "    ",
        "\u0000",
        "\ud83d",
        ".",
        "xmpp:",
        "ftp://",
      ],
    ),
    { maxLength: 12 },
  )
  .map((it) => it.join(""));

describe("markup", () => {
  it("shows any text as it is, in which nothing acts", () => {
    const shapes = { plainProse, code, strong, codeLines, literal };
    fc.assert(
      fc.property(TEXTS, TEXTS, fc.constantFrom(...Object.keys(shapes)), (text, other, shape) => {
        const made = shapes[shape as keyof typeof shapes](text);
        const whole = join([plainProse("see"), made, plainProse(other)], made.markdown.includes("\n") ? "\n\n" : " ");
        assert.deepEqual(liveIn(whole.markdown), []);
        assert.equal(shownText(whole.markdown), bare(`see${made.plain}${other}`), whole.markdown);
        assert.equal(shownText(made.markdown), bare(made.plain), made.markdown);
      }),
      { numRuns: 3_000 },
    );
  });

  it("leaves alone what Markdown does", () => {
    assert.equal(
      plainProse("a user.* of <3> and my_own_name, [x](y).").markdown,
      "a user.\\* of \\<3> and my_own_name, \\[x\\](y).",
    );
    assert.equal(strong("a*b=").markdown, "**a\\*b=**");
  });

  it("quotes code with a longer fence where it holds backquotes", () => {
    assert.equal(code("a=b").markdown, "`a=b`");
    assert.equal(code("a`b").markdown, "``a`b``");
    assert.equal(code("``a").markdown, "``` ``a ```");
    assert.equal(code("a`b").plain, "a`b");
    assert.equal(codeLines("````\nx").markdown, "`````systemd\n````\nx\n`````");
  });

  it("links to no command but the one that opens the manual", () => {
    for (const url of ["command:workbench.action.terminal.new", "javascript:alert(1)", "data:text/html,x", "COMMAND:x"])
      assert.deepEqual(liveIn(link("x", url).markdown), [], url);
    assert.equal(liveIn(link("x", "command:unitWarden.openManual?%5B%5D").markdown).length, 1);
    assert.deepEqual(liveIn(link("a](b) [c", "https://e.org/x y)").markdown), [
      { kind: "link", target: "https://e.org/x%20y%29" },
    ]);
  });

  it("shows the address of a link to plain readers", () => {
    assert.deepEqual(link("x(5)", "https://e.org/x#A=b"), {
      markdown: "[x(5)](https://e.org/x#A=b)",
      plain: "x(5): https://e.org/x#A=b",
    });
  });

  it("joins what is there", () => {
    assert.deepEqual(join([plainProse("a"), undefined, plainProse("b")], ", "), { markdown: "a, b", plain: "a, b" });
    assert.deepEqual(join([undefined], ", "), { markdown: "", plain: "" });
  });

  it("gives a client the kind it can show", () => {
    assert.deepEqual(markup(code("x"), true), { kind: "markdown", value: "`x`" });
    assert.deepEqual(markup(code("x"), false), { kind: "plaintext", value: "x" });
  });
});

describe("markup: everything that hover and completion can say", () => {
  it("is the same in Markdown, once rendered, as in plain text", () => {
    for (const { name, prose } of everything()) {
      const plain = prose.plain.replaceAll(/: https:\S+/g, "");
      assert.equal(shownText(prose.markdown), bare(plain), name);
    }
  });

  it("has no marks of Markdown left over in plain text", () => {
    for (const { name, prose } of everything()) assert.doesNotMatch(prose.plain, /`|\*\*|\]\(|\\[*_<[]/, name);
  });

  it("has neither doubled stops and blanks nor empty paragraphs", () => {
    for (const { name, prose } of everything())
      assert.doesNotMatch(
        prose.plain,
        /[^.]\.\.(?![.\w])| {2}|\n{3}|^\s|\s$|undefined|(?<!\w)\(\)| [,;]| \.(?:\s|$)| \n/,
        name,
      );
  });

  it("is short: at most eight paragraphs and 1000 characters", () => {
    for (const { name, prose } of everything()) {
      const { plain } = prose;
      assert.ok(plain.split("\n\n").length <= 8 && plain.length <= 1000, `${name}: ${plain.length}`);
    }
  });
});
