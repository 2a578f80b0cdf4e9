import assert from "node:assert/strict";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { prepareCalls } from "../../server/src/features/callHierarchy.ts";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import { complete } from "../../server/src/features/completion.ts";
import { unitDefinition } from "../../server/src/features/definition.ts";
import { diagnosticsOf } from "../../server/src/features/diagnostics.ts";
import { effectiveUnit } from "../../server/src/features/effective.ts";
import { fixAllAction } from "../../server/src/features/fixAll.ts";
import { folding } from "../../server/src/features/folding.ts";
import { format } from "../../server/src/features/format.ts";
import { summarize } from "../../server/src/features/hardeningSummary.ts";
import { highlights } from "../../server/src/features/highlights.ts";
import { hover } from "../../server/src/features/hover.ts";
import { inlayHints } from "../../server/src/features/inlayHints.ts";
import { documentLinks } from "../../server/src/features/links.ts";
import { references } from "../../server/src/features/references.ts";
import { plannedRename } from "../../server/src/features/rename.ts";
import { exposureReport } from "../../server/src/features/report.ts";
import { sandboxOf } from "../../server/src/features/sandbox.ts";
import { selectionRange } from "../../server/src/features/selectionRanges.ts";
import { semanticTokens } from "../../server/src/features/semanticTokens.ts";
import { symbols } from "../../server/src/features/symbols.ts";
import { rangeOf, type View, viewOf } from "../../server/src/features/view.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { check } from "../../server/src/rules/check.ts";
import { EMPTY_INDEX, withChanges } from "../../server/src/units/index/unitIndex.ts";
import type { Work } from "./slowWork.ts";
import { SOME_WORLD } from "./world.ts";

/** A file as an editor opens it; fails for a path of none of systemd's. */
export const openedUnit = (path: string, text: string): View =>
  viewOf(unitDocument(checkedPath(path) ?? assert.fail(path), text), NEWEST_VERSION);

/** What is done with the text of a file, each piece of work after those that it may use, as in an editor. */
export function* unitWork(path: string, text: string): ReturnType<Work<string>> {
  const uri = `file://${path}`;
  const view = openedUnit(path, text);
  const { unit } = view;
  const all = { start: 0, end: text.length };
  const places = [0.01, 0.5, 0.99].map((it) => Math.floor(text.length * it));
  const findings = check(unit, { profile: "isolated", beyond: true });
  const shown = summarize(unit, findings);
  yield ["check", () => check({ ...unit, file: { ...unit.file } }, { profile: "isolated" })];
  yield [
    "check among others",
    () => {
      const index = withChanges(EMPTY_INDEX, [{ path: path, text, parsed: unit.file }]);
      return check(unit, { profile: "off" }, { index, path: path, complete: true });
    },
  ];
  yield ["diagnostics", () => diagnosticsOf(view, shown.reported)];
  yield ["code actions at a place", () => places.map((it) => codeActions(view, uri, { start: it, end: it }, shown))];
  yield ["code actions", () => codeActions(view, uri, all, shown)];
  yield ["all fixes", () => fixAllAction(view, uri, { profile: "basic" })];
  yield ["hover", () => [3, ...places].map((it) => hover(view, it, true, SOME_WORLD, "isolated"))];
  yield ["completion", () => places.map((it) => complete(view, it, { world: SOME_WORLD }))];
  yield ["semantic tokens", () => semanticTokens(view)];
  yield ["inlay hints", () => inlayHints(view, rangeOf(view, all), 0, () => "UTC")];
  yield ["symbols", () => symbols(view)];
  yield ["folding", () => folding(view)];
  yield ["format", () => format(view)];
  yield ["format of a range", () => format(view, rangeOf(view, { start: 0, end: text.length >> 1 }))];
  const index = withChanges(EMPTY_INDEX, [{ path, text, parsed: unit.file }]);
  const context = { index, path, uriOf: (it: string) => `file://${it}` };
  yield ["lenses", () => codeLenses(view, uri, "strict", true)];
  yield ["links", () => documentLinks(view, true, SOME_WORLD, context)];
  yield ["highlights", () => places.map((it) => highlights(view, it))];
  yield ["selection ranges", () => places.map((it) => selectionRange(view, it))];
  yield ["definition", () => places.map((it) => unitDefinition(view, it, context))];
  yield ["references", () => places.map((it) => references(view, it, context, true))];
  yield ["rename", () => places.map((it) => plannedRename(view, it, "other", context, () => true))];
  yield ["calls", () => places.map((it) => prepareCalls(view, it, context))];
  yield ["report", () => exposureReport(unit, "isolated")];
  yield ["sandbox", () => sandboxOf(unit)];
  yield ["harden", () => hardenUnit(unit, "isolated")];
  yield ["effective", () => effectiveUnit(unit, [path])];
}
