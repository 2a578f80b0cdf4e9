import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CompletionList } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { expectCompletion, expectInside, expectTokens } from "./wellFormed.ts";

const document = TextDocument.create("file:///a.service", "systemd", 1, "[Unit]\r\nAfter=b\n");
const range = (line: number, character: number, endLine: number, end: number) => ({
  start: { line, character },
  end: { line: endLine, character: end },
});
const edit = (line: number, character: number, end: number) => ({
  range: range(line, character, line, end),
  newText: "x",
});

describe("the judge of answers", () => {
  it("takes places inside of the document, and none outside, between the two of a line end, or backwards", () => {
    expectInside(document, [{ range: range(0, 0, 2, 0), children: [{ selectionRange: range(1, 0, 1, 7) }] }]);
    for (const it of [range(0, 0, 3, 0), range(0, 7, 0, 7), range(1, 8, 1, 8), range(1, 5, 1, 2)])
      assert.throws(() => expectInside(document, { children: [{ range: it }] }), JSON.stringify(it));
  });

  it("looks at other documents' places only where they are its own", () => {
    expectInside(document, [{ uri: "file:///b.service", range: range(9, 0, 9, 1) }]);
    expectInside(document, { changes: { "file:///b.service": [edit(9, 0, 1)] } });
    expectInside(document, [{ targetUri: "file:///b.service", targetRange: range(9, 0, 9, 1) }]);
    assert.throws(() => expectInside(document, { changes: { [document.uri]: [edit(9, 0, 1)] } }));
    assert.throws(() =>
      expectInside(document, [{ targetUri: "file:///b.service", originSelectionRange: range(9, 0, 9, 1) }]),
    );
  });

  it("takes edits side by side, and none that overlap", () => {
    expectInside(document, [edit(1, 0, 5), edit(1, 5, 7)]);
    assert.throws(() => expectInside(document, [edit(1, 0, 5), edit(1, 4, 7)]), /edits overlap/);
  });

  it("takes completions around the cursor", () => {
    const list = (it: object): CompletionList => ({ isIncomplete: false, items: [{ label: "x", ...it }] });
    const cursor = { line: 1, character: 6 };
    expectCompletion(document, cursor, list({ textEdit: edit(1, 6, 7) }));
    expectCompletion(document, cursor, { ...list({}), itemDefaults: { editRange: range(1, 0, 1, 7) } });
    const wrong = [{ textEdit: edit(0, 0, 1) }, { textEdit: edit(1, 7, 7) }];
    for (const it of [...wrong, { textEdit: edit(1, 6, 7), additionalTextEdits: [edit(1, 5, 7)] }])
      assert.throws(() => expectCompletion(document, cursor, list(it)), JSON.stringify(it));
  });

  it("takes tokens from the left to the right", () => {
    expectTokens(document, [0, 0, 6, 0, 0, 1, 0, 5, 1, 0]);
    for (const it of [[0], [0, 0, 9, 0, 0], [0, 0, 0, 0, 0], [0, 0, 6, 0, 0, 0, 3, 2, 0, 0], [9, 0, 1, 0, 0]])
      assert.throws(() => expectTokens(document, it), JSON.stringify(it));
  });
});
