import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CompletionItem, CompletionList, Range } from "vscode-languageserver-types";
import { compactList } from "../../server/src/features/compactList.ts";
import { complete } from "../../server/src/features/completion.ts";
import { open } from "../kit/view.ts";

/** The items as a client reads them that fills in the defaults. */
function filledIn({ items, itemDefaults }: CompletionList): CompletionItem[] {
  const range = itemDefaults?.editRange as Range | undefined;
  return items.map(({ textEditText, ...it }) => ({
    ...it,
    ...(it.data === undefined && itemDefaults?.data !== undefined ? { data: itemDefaults.data } : {}),
    ...(it.textEdit === undefined && range ? { textEdit: { range, newText: textEditText ?? it.label } } : {}),
  }));
}

const LISTS = [
  "[Service]\n$0\n",
  "[Service]\nProt$0",
  "[$0",
  "[Service]\nProtectHome=$0",
  "[Unit]\nAfter=a@%$0",
  "# $0",
];

describe("compact completion list", () => {
  for (const editRange of [true, false])
    for (const data of [true, false])
      it(`means the same for a client that fills in ${editRange ? "the range" : "no range"} and ${data ? "data" : "no data"}`, () => {
        for (const source of LISTS) {
          const { view, cursor } = open(source);
          const list = complete(view, cursor);
          const compact = compactList(list, { editRange, data });
          assert.deepEqual(filledIn(compact), list.items);
          assert.equal("editRange" in (compact.itemDefaults ?? {}), editRange && list.items.length > 0);
          assert.equal("data" in (compact.itemDefaults ?? {}), data && list.items.length > 0);
        }
      });

  it("is half as long for the largest section", () => {
    const { view, cursor } = open(`[Service]\n${"ExecStartPre=/bin/true\n".repeat(1000)}$0\n`);
    const size = Buffer.byteLength(
      JSON.stringify(compactList(complete(view, cursor), { editRange: true, data: true })),
    );
    assert.ok(size < 60_000, `${size} bytes`);
  });
});
