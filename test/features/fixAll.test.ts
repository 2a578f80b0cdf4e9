import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixAllAction, wantsFixAll } from "../../server/src/features/fixAll.ts";
import { FIX_ALL_KIND } from "../../server/src/features/offered.ts";
import type { Selection } from "../../server/src/rules/check.ts";
import { applyLsp, open } from "../kit/view.ts";

const URI = "file:///x.service";
const ALL: Selection = { profile: "isolated" };
/** Two slips with safe fixes, a guess, and all hardening missing. */
const SLIPS = "[Service]\nExecStart=!!/bin/echo 100\\d\nProtectHoem=yes\nReadOnlyDirectories=/a\n";

function fixed(text: string, selection = ALL): string | undefined {
  const opened = open(text);
  const [action] = fixAllAction(opened.view, URI, selection);
  return action && applyLsp(opened, action.edit?.changes?.[URI] ?? []);
}

describe("fix all", () => {
  it("applies what --fix applies, and neither guesses nor hardening", () => {
    assert.equal(fixed(SLIPS), "[Service]\nExecStart=/bin/echo 100\\\\d\nProtectHoem=yes\nReadOnlyPaths=/a\n");
    const [action] = fixAllAction(open(SLIPS).view, URI, ALL);
    assert.deepEqual([action?.kind, action?.isPreferred], ["source.fixAll.unitWarden", undefined]);
  });

  it("leaves each line that needs nothing untouched", () => {
    const edits = fixAllAction(open(SLIPS).view, URI, ALL)[0]?.edit?.changes?.[URI] ?? [];
    assert.deepEqual([...new Set(edits.map((it) => it.range.start.line))].sort(), [1, 3]);
  });

  it("is no action where nothing is to fix", () => {
    assert.equal(fixed("[Service]\nExecStart=/bin/true\n"), undefined);
    assert.equal(fixed("[Service]\nExecStart=/bin/true\nProtectHoem=yes\n"), undefined);
  });

  it("keeps to the reader's rules and to comments that silence", () => {
    assert.match(fixed(SLIPS, { profile: "off", severities: { value: "off" } }) ?? "", /!!\/bin\/echo 100\\d/);
    const silenced = SLIPS.replace(
      "ReadOnlyDirectories",
      "# unit-warden: ignore directive -- old machines\nReadOnlyDirectories",
    );
    assert.match(fixed(silenced) ?? "", /ReadOnlyDirectories=\/a/);
  });

  it("mends a drop-in in its own lines", () => {
    const dropIn = `#- /x.service.d/y.conf\n${SLIPS}`;
    assert.match(fixed(dropIn) ?? "", /ExecStart=\/bin\/echo 100\\\\d/);
  });

  it("is only for those who ask for it", () => {
    for (const only of [["source"], ["source.fixAll"], [FIX_ALL_KIND]]) assert.ok(wantsFixAll(only), String(only));
    for (const only of [
      undefined,
      [],
      [""],
      ["quickfix"],
      ["source.organizeImports"],
      ["source.fixAll.eslint"],
      ["so"],
    ])
      assert.ok(!wantsFixAll(only), String(only));
  });
});
