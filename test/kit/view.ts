import assert from "node:assert/strict";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import type { Position } from "../../server/src/text/lineIndex.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { fixture } from "./fixture.ts";

/** A fixture opened as an editor opens it. */
export interface Opened {
  readonly view: View;
  readonly text: string;
  /** The offset of `$0`; -1 without one. */
  readonly cursor: number;
}

/** Opens a fixture (`#- PATH` names the file, `$0` is the cursor) for one version of systemd. */
export function open(source: string, version = NEWEST_VERSION): Opened {
  const { path, text, cursor } = fixture(source);
  return { view: viewOf(unitDocument(path, text), version), text, cursor };
}

/** An edit as LSP has it. */
export interface LspEdit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

/** The text after edits as a client applies them; they must not overlap. */
export function applyLsp({ view, text }: Pick<Opened, "view" | "text">, edits: readonly LspEdit[]): string {
  const plain = edits.map(({ range, newText }) => ({
    start: view.lines.offsetAt(range.start),
    end: view.lines.offsetAt(range.end),
    newText,
  }));
  for (const [i, one] of plain.entries()) {
    assert.ok(one.start <= one.end, "an edit runs backwards");
    assert.ok(
      plain.every((other, j) => i === j || one.end <= other.start || other.end <= one.start),
      "edits overlap",
    );
  }
  return applyEdits(text, plain);
}
