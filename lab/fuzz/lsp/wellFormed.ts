import assert from "node:assert/strict";
import type { CompletionList, Position, Range, TextEdit } from "vscode-languageserver-protocol";
import type { TextDocument } from "vscode-languageserver-textdocument";

type Fields = Readonly<Record<string, unknown>>;

/** Demands of any answer that all its ranges are inside of the document, and that its edits do not overlap. */
export function expectInside(document: TextDocument, answer: unknown): void {
  visit(document, answer, true);
}

/** Whether `own`, ranges count in the document that was asked about. */
function visit(document: TextDocument, value: unknown, own: boolean): void {
  if (Array.isArray(value)) {
    const edits = value.filter(isEdit);
    if (own && edits.length > 0) expectApart(document, edits);
    for (const it of value) visit(document, it, own);
  } else if (isFields(value)) {
    if (own && isRange(value)) expectRange(document, value);
    const uri = value.targetUri ?? value.uri;
    const isOwn = uri === undefined ? own : uri === document.uri;
    // Edits of a workspace are under the addresses of their files.
    for (const [key, part] of Object.entries(value)) visit(document, part, isUri(key) ? key === document.uri : isOwn);
    // The range in which something is used is of the document that was asked about, its target is elsewhere.
    if (isFields(value.originSelectionRange)) visit(document, value.originSelectionRange, own);
  }
}

const isUri = (key: string): boolean => /^[a-z-]+:\//.test(key);
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isPosition = (value: unknown): value is Position =>
  isFields(value) && typeof value.line === "number" && typeof value.character === "number";
const isRange = (value: Fields): value is Fields & Range => isPosition(value.start) && isPosition(value.end);
const isEdit = (value: unknown): value is TextEdit =>
  isFields(value) && typeof value.newText === "string" && isFields(value.range) && isRange(value.range);

function expectRange(document: TextDocument, { start, end }: Range): void {
  for (const it of [start, end])
    assert.deepEqual(
      document.positionAt(document.offsetAt(it)),
      { line: it.line, character: it.character },
      "no such place",
    );
  assert.ok(document.offsetAt(start) <= document.offsetAt(end), `${JSON.stringify({ start, end })} runs backwards`);
}

function expectApart(document: TextDocument, edits: readonly TextEdit[]): void {
  const spans = edits
    .map(({ range }) => [document.offsetAt(range.start), document.offsetAt(range.end)] as const)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (const [i, [, end]] of spans.entries()) assert.ok(end <= (spans[i + 1]?.[0] ?? end), "edits overlap");
}

/** Demands that what completion changes at the cursor is around the cursor, in its line, and apart from what else it changes. */
export function expectCompletion(document: TextDocument, position: Position, list: CompletionList | null): void {
  const shared = list?.itemDefaults?.editRange;
  for (const item of list?.items ?? []) {
    const edit = item.textEdit;
    const ranges = [edit, edit && "insert" in edit ? { range: edit.insert } : undefined, shared].flatMap((it) =>
      it === undefined ? [] : isFields(it) && "range" in it ? [it.range as Range] : [],
    );
    if (isFields(shared) && isRange(shared)) ranges.push(shared);
    for (const { start, end } of ranges) {
      assert.ok(start.line === position.line && end.line === position.line, `${item.label} changes another line`);
      assert.ok(
        start.character <= position.character && position.character <= end.character,
        `${item.label} does not change the place of the cursor`,
      );
      const main = { range: { start, end }, newText: "" };
      if (item.additionalTextEdits) expectApart(document, [...item.additionalTextEdits, main]);
    }
  }
}

/** Demands that tokens run from the left to the right, one line each, inside of the text. */
export function expectTokens(document: TextDocument, data: readonly number[]): void {
  assert.equal(data.length % 5, 0, "five numbers make a token");
  let line = 0;
  let character = 0;
  let end = 0;
  for (let i = 0; i < data.length; i += 5) {
    const [down = 0, right = 0, length = 0] = data.slice(i, i + 3);
    line += down;
    character = down > 0 ? right : character + right;
    const start = { line, character };
    expectRange(document, { start, end: { line, character: character + length } });
    assert.ok(length > 0, "a token is empty");
    assert.ok(down > 0 || i === 0 || character >= end, "tokens overlap");
    end = character + length;
  }
}
