import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { SelectionRange } from "vscode-languageserver-types";
import { selectionRange } from "../../server/src/features/selectionRanges.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { type Opened, open } from "../kit/view.ts";

/** The texts that a selection grows over, from the cursor of a fixture. */
function growing(opened: Opened, offset: number): string[] {
  const { view, text } = opened;
  const texts: string[] = [];
  for (let it: SelectionRange | undefined = selectionRange(view, offset); it; it = it.parent)
    texts.push(text.slice(view.lines.offsetAt(it.range.start), view.lines.offsetAt(it.range.end)));
  return texts;
}

function expectGrowing(source: string, ...wanted: readonly string[]): void {
  const opened = open(source);
  assert.deepEqual(growing(opened, opened.cursor), [...wanted, opened.text]);
}

describe("selection ranges", () => {
  it("grow over part, word, value, assignment, section and file", () => {
    expectGrowing(
      "[Unit]\nAfter=a.target b$0.service\n\n[Service]\nType=exec\n",
      "b.service",
      "a.target b.service",
      "After=a.target b.service",
      "[Unit]\nAfter=a.target b.service",
    );
    expectGrowing("[Service]\nEnvironment=A=$0b\n[X]\n", "b", "A=b", "Environment=A=b", "[Service]\nEnvironment=A=b");
  });

  it("grow over keys, headers and comments", () => {
    expectGrowing("[Unit]\nAf$0ter=a\n[X]\n", "After", "After=a", "[Unit]\nAfter=a");
    expectGrowing("[Un$0it]\nAfter=a\n[X]\n", "Unit", "[Unit]", "[Unit]\nAfter=a");
    expectGrowing("[Unit]\n# a no$0te\n[X]\n", "# a note", "[Unit]\n# a note");
    expectGrowing("# a no$0te\n[X]\n", "# a note");
    expectGrowing("[X]\n\n$0\n");
  });

  it("grow over the lines of a continued value", () => {
    expectGrowing(
      "[Service]\nExecStart=/bin/x \\\n  --on$0e \\\n  --two\n[X]\n",
      "--one",
      "/bin/x \\\n  --one \\\n  --two",
      "ExecStart=/bin/x \\\n  --one \\\n  --two",
      "[Service]\nExecStart=/bin/x \\\n  --one \\\n  --two",
    );
  });

  it("grow strictly and around the cursor in any text", () => {
    fc.assert(
      fc.property(mangledUnit, fc.nat(), (text, at) => {
        const opened = open(text.replaceAll("$0", "").replace(/^#- .*/, ""));
        const offset = at % (opened.text.length + 1);
        const { view } = opened;
        let inner: { start: number; end: number } | undefined;
        for (let it: SelectionRange | undefined = selectionRange(view, offset); it; it = it.parent) {
          const span = { start: view.lines.offsetAt(it.range.start), end: view.lines.offsetAt(it.range.end) };
          assert.ok(span.start <= span.end);
          if (inner) assert.ok(span.start <= inner.start && inner.end <= span.end);
          inner = span;
        }
      }),
      { numRuns: 500 },
    );
  });
});
