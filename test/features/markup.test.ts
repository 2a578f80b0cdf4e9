import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Directive, directivesIn, typeIn } from "../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { describeDirective, describeMember, describeSection } from "../../server/src/features/describe.ts";
import { code, join, link, markup, type Prose, plainProse, strong } from "../../server/src/features/markup.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";

const SECTION_NAMES = Object.keys(SECTIONS).filter(isSectionName);
const DIRECTIVES: readonly Directive[] = SECTION_NAMES.flatMap((it) => directivesIn(it, NEWEST_VERSION));

/** All that hover and completion can ever say, with a name to find it by. */
function* everything(): Iterable<{ name: string; prose: Prose }> {
  for (const section of SECTION_NAMES) yield { name: `[${section}]`, prose: describeSection(section, NEWEST_VERSION) };
  for (const it of DIRECTIVES) {
    const name = `[${it.section}] ${it.name}=`;
    yield { name, prose: describeDirective(it, NEWEST_VERSION) };
    yield { name: `${name} in ${OLDEST_VERSION}`, prose: describeDirective(it, OLDEST_VERSION) };
    const type = valueType(typeIn(it, NEWEST_VERSION));
    if (type.kind !== "enumeration") continue;
    for (const member of type.members)
      yield { name: name + member.value, prose: describeMember(it, member, NEWEST_VERSION) };
  }
}

/** What a reader of rendered Markdown sees: a small renderer of the constructs that we write. */
function rendered(markdown: string): string {
  return markdown.replace(
    /\\([!-/:-@[-`{-~])|(`+)(.+?)\2|\*\*((?:\\.|[^*\\])+)\*\*|\[((?:\\.|[^\]\\])+)\]\(([^)]+)\)/g,
    (_, escaped?: string, __?: string, literal?: string, bold?: string, label?: string, url?: string) =>
      escaped ?? literal ?? (bold !== undefined ? rendered(bold) : `${rendered(label ?? "")} ${url}`),
  );
}

describe("markup", () => {
  it("escapes what Markdown would take for itself", () => {
    for (const special of "\\`*_{}[]<>#+!|~&") {
      assert.equal(plainProse(`a${special}b`).markdown, `a\\${special}b`);
      assert.equal(plainProse(`a${special}b`).plain, `a${special}b`);
    }
    assert.equal(
      plainProse("a user.* of <3> and my_own_name, [x](y).").markdown,
      "a user.\\* of \\<3\\> and my\\_own\\_name, \\[x\\](y).",
    );
    assert.equal(strong("a*b=").markdown, "**a\\*b=**");
  });

  it("keeps HTML entities from being read as such", () => {
    assert.equal(rendered(plainProse("a &lt; b").markdown), "a &lt; b");
    assert.doesNotMatch(plainProse("a &lt; b").markdown, /(?<!\\)&/);
  });

  it("quotes code with a longer fence where it holds backquotes", () => {
    assert.equal(code("a=b").markdown, "`a=b`");
    assert.equal(code("a`b").markdown, "``a`b``");
    assert.equal(code("a`b").plain, "a`b");
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
      const plain = prose.plain.replaceAll(/: (?=https:)/g, " ");
      assert.equal(rendered(prose.markdown), plain, name);
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
