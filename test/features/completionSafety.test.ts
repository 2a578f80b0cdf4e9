import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { complete } from "../../server/src/features/completion.ts";
import { viewOf } from "../../server/src/features/view.ts";
import type { Node } from "../../server/src/syntax/tree.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { applyLsp } from "../kit/view.ts";
import { SOME_WORLD } from "../kit/world.ts";

const PATHS = ["/w/a.service", "/etc/systemd/user/a.timer", "/w/a.service.d/b.conf", "/w/a@.socket"];
const path = (it: string) => unitPath(it) ?? assert.fail(it);

/** What a line says, wherever it stands. */
const saying = (it: Node, text: string): string => `${it.kind} ${text.slice(it.start, it.end).trim()}`;

/** The lines as an editor reads them: a template has placeholders and tags. */
const nodesOf = (file: string, text: string): readonly Node[] =>
  viewOf(unitDocument(path(file), text), 262).unit.file.nodes;

/** Accepts items at a place and holds the text before against the one after. */
function check(file: string, text: string, offset: number, pick: number): void {
  const view = viewOf(unitDocument(path(file), text), 262);
  const { items } = complete(view, offset, { world: SOME_WORLD, snippets: true });
  const cursor = view.lines.positionAt(offset).line;
  const isAtCursor = (it: Node): boolean =>
    view.lines.positionAt(it.start).line <= cursor && cursor <= view.lines.positionAt(it.end).line;
  const others = view.unit.file.nodes.filter((it) => !isAtCursor(it)).map((it) => saying(it, text));
  for (const item of [items[0], items[pick % Math.max(1, items.length)], items.at(-1)]) {
    if (!item?.textEdit || !("range" in item.textEdit)) continue;
    const { start, end } = item.textEdit.range;
    assert.equal(start.line, cursor);
    assert.equal(end.line, cursor, item.label);
    const after = applyLsp({ view, text }, [item.textEdit, ...(item.additionalTextEdits ?? [])]);
    const kept = nodesOf(file, after).map((it) => saying(it, after));
    let at = 0;
    for (const it of others) {
      at = kept.indexOf(it, at) + 1;
      assert.ok(
        at > 0,
        `${item.label} at ${offset} changes ${JSON.stringify(it)}:\n${JSON.stringify(text)}\n${JSON.stringify(after)}`,
      );
    }
  }
}

describe("completion: whatever is accepted", () => {
  it("leaves all other lines as they are, in any text at any place", () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), mangledUnit, fc.nat(1000), fc.nat(1000), (file, text, place, pick) => {
        // Here systemd's lines and those of LSP are not the same.
        fc.pre(!/\0|\n\r/.test(text));
        check(file, text, text === "" ? 0 : place % (text.length + 1), pick);
      }),
      { numRuns: 400 },
    );
  });

  it("leaves a line alone that a template has before it", () => {
    check("/w/a.service", "$HOMEA=1 \\\n[Unit][Unit]", 11, 0);
  });

  it("leaves a header alone that goes on in the last line", () => {
    for (const ending of ["\n", "\r\n"]) check("/w/a.service", `[Unit]\\${ending}`, `[Unit]\\${ending}`.length, 0);
    const twice = "[Unit]\\\\\n\r[Unit]";
    for (let offset = 0; offset <= twice.length; offset++) check("/w/a.service", twice, offset, 0);
  });

  it("leaves them so at every place of an ordinary unit", () => {
    const text =
      "# Shop\n[Unit]\nDescription=My app\nAfter=a.service \\\n  # why\n  network.target\n\n[Service]\nType=exec\nExecStart=-/usr/bin/node /opt/app \\\n  --port 80\nRestartSec=5\nUser=\n\n[Inst]\nWantedBy=\n";
    for (const file of PATHS)
      for (let offset = 0; offset <= text.length; offset++)
        for (const ending of ["\n", "\r\n"]) check(file, text.replaceAll("\n", ending), offset, offset);
  });
});
