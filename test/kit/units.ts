import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import type { ReferenceContext } from "../../server/src/features/referenceContext.ts";
import { type View, viewOf } from "../../server/src/features/view.ts";
import { uriOfPath } from "../../server/src/server/uris.ts";
import { EMPTY_INDEX, type UnitIndex, withChanges } from "../../server/src/units/index/unitIndex.ts";

/** Files by path; a text that starts with `->` is a link. */
export type UnitTexts = Readonly<Record<string, string>>;

/** An index of files. */
export function indexOf(files: UnitTexts): UnitIndex {
  const seen = Object.entries(files).map(([path, text]) =>
    text.startsWith("->") ? { path, link: text.slice(2) } : { path, text },
  );
  return withChanges(EMPTY_INDEX, seen);
}

/** What the reader of one of the files sees; `$0` in its text is the cursor and no part of it. */
export function openAmong(files: UnitTexts, path: string): { view: View; offset: number; context: ReferenceContext } {
  const marked = files[path] ?? "";
  const offset = Math.max(0, marked.indexOf("$0"));
  const text = marked.replace("$0", "");
  const known = checkedPath(path);
  if (!known) throw new Error(`${path} is no unit file`);
  return {
    view: viewOf(unitDocument(known, text), NEWEST_VERSION),
    offset,
    context: { index: indexOf({ ...files, [path]: text }), path, uriOf: uriOfPath },
  };
}
