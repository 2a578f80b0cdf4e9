import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type QuadletText, readQuadlet } from "../../../server/src/dialects/quadlets/generator/readQuadlet.ts";
import { sourceSpan } from "../../../server/src/syntax/joinedText.ts";

const IMAGE = "[Container]\nImage=x\n";

/** The settings of all sections, as `Section.Key=value`. */
const settings = ({ groups }: QuadletText): string[] =>
  groups.flatMap(({ name, lines }) =>
    lines.flatMap(({ key, value }) => (key === undefined ? [] : [`${name}.${key}=${value.text}`])),
  );

const reason = (text: string, version = 6): string | undefined => readQuadlet(text, version).unreadable?.reason;

describe("quadlets: reading", () => {
  it("takes blanks, comments and continued lines as podman does", () => {
    const text = " [Container] \n  Image = x \n; a\n# b\\\nLabel=a=b \\\n  # c\n\n  c=d\\\ne\n";
    assert.deepEqual(settings(readQuadlet(text, 6)), ["Container.Image=x", "Container.Label=a=b c=de"]);
  });

  it("puts a section together that comes several times", () => {
    const { groups } = readQuadlet(`${IMAGE}[Foo bar]\nx=1\n[Container]\nLabel=a\n`, 6);
    assert.deepEqual(
      groups.map(({ name, lines }) => [name, lines.length]),
      [
        ["Container", 2],
        ["Foo bar", 1],
      ],
    );
  });

  it("knows the place of each character of a continued value", () => {
    const text = `${IMAGE}Label=a \\\n  # comment\n  b\n`;
    const line = readQuadlet(text, 6).groups[0]?.lines[1];
    assert.ok(line);
    const span = sourceSpan(line.value, line.value.text.indexOf("b"), line.value.text.length);
    assert.equal(text.slice(span.start, span.end), "b");
    assert.equal(text.slice(line.keySpan?.start, line.keySpan?.end), "Label");
  });

  it("gives up at what is no line, and says where", () => {
    assert.equal(reason(`${IMAGE}Foo\n`), "no-setting");
    assert.equal(reason(`${IMAGE}[Foo\n`), "no-setting");
    assert.equal(reason(`${IMAGE}[Foo] # x\n`), "no-setting");
    assert.equal(reason(`${IMAGE}=x\n`), "no-setting");
    assert.equal(reason(`${IMAGE}[]\n`), "section-name");
    assert.equal(reason("Image=x\n"), "before-section");
    const text = `${IMAGE}Foo\n`;
    const { start = 0, end = 0 } = readQuadlet(text, 6).unreadable ?? {};
    assert.equal(text.slice(start, end), "Foo");
  });

  it("reads comments by the version", () => {
    assert.equal(reason(`${IMAGE}; x\n`, 5.3), "no-setting");
    assert.equal(reason(`${IMAGE}: x\n`, 5.3), undefined);
    assert.equal(reason(`${IMAGE}: x\n`, 5.4), "no-setting");
    const inside = `${IMAGE}Label=a \\\n# c\n  --label b=c\n`;
    assert.deepEqual(settings(readQuadlet(inside, 5.4)).at(-1), "Container.Label=a --label b=c");
    assert.deepEqual(settings(readQuadlet(inside, 4.9)).slice(-2), ["Container.Label=a # c", "Container.--label b=c"]);
  });

  it("keeps the blanks of continued lines before 5.0", () => {
    const text = `${IMAGE}Label=a \\\n  b\n`;
    assert.deepEqual(settings(readQuadlet(text, 4.9)).at(-1), "Container.Label=a   b");
    assert.deepEqual(settings(readQuadlet(text, 5)).at(-1), "Container.Label=a b");
  });

  it("never ends where the versions do not", () => {
    const open = `${IMAGE}Exec=a \\\n\n# x\n`;
    assert.deepEqual(
      [4.5, 4.6, 4.9, 5.3, 5.4].map((it) => reason(open, it)),
      [undefined, "endless", "endless", "endless", undefined],
    );
    const blank = `${IMAGE}Exec=a \\ \n  b=c\n`;
    assert.deepEqual(
      [4.9, 5].map((it) => reason(blank, it)),
      ["endless", undefined],
    );
  });
});
