import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { MarkupContent } from "vscode-languageserver-types";
import { codeLenses } from "../../server/src/features/codeLens.ts";
import { summarize } from "../../server/src/features/hardeningSummary.ts";
import { hover } from "../../server/src/features/hover.ts";
import { reportMarkdown } from "../../server/src/features/reportMarkdown.ts";
import { missingCounts, missingText } from "../../server/src/hardening/missingText.ts";
import { check } from "../../server/src/rules/check.ts";
import { open } from "../kit/view.ts";

const ORDINARY = "bench/ordinary";

describe("the sentence about missing settings", () => {
  it("says what is missing first, then what is likely and what is open", () => {
    const gain = "9.0 → 4.8";
    for (const [said, wanted] of [
      [missingText({ safe: 18 }, { gain }), "18 safe settings are missing (9.0 → 4.8)"],
      [missingText({ safe: 1 }, { lines: ["UMask=0077"] }), "1 safe setting is missing: UMask=0077"],
      [missingText({ safe: 1 }), "1 safe setting is missing"],
      [
        missingText({ safe: 2, likely: 1 }, { weak: true }),
        "2 safe settings are missing or weak; 1 more is likely to be safe",
      ],
      [
        missingText({ safe: 0, likely: 3, open: 1 }),
        "3 settings that are likely to be safe are missing; 1 open decision",
      ],
      [
        missingText({ safe: 2, open: 4 }, { ofTemplate: true }),
        "2 safe settings are missing, as far as the template shows; 4 open decisions",
      ],
      [missingText({ safe: 0 }), ""],
    ])
      assert.equal(said, wanted);
  });

  it("is the same, with the same number, in finding, lens, hover, report and on the command line", () => {
    for (const name of readdirSync(ORDINARY).filter((it) => it.endsWith(".service"))) {
      const { view, text } = open(`#- /srv/${name}\n${readFileSync(`${ORDINARY}/${name}`, "utf8")}`);
      const { unit } = view;
      const found = check(unit, { profile: "basic", beyond: true });
      const finding = summarize(unit, found).reported.find((it) => it.code === "hardening/summary")?.message ?? "";
      const [safe = "", ...more] = finding.split("; ");
      assert.match(safe, /^\d+ safe settings are missing \(\d\.\d → \d\.\d\)$/, name);
      const lenses = codeLenses(view, "file:///x", "basic", true).map((it) => it.command?.title);
      assert.deepEqual(lenses.slice(1, -1), [safe, ...more], name);
      const shown = hover(view, text.indexOf("[Service]") + 2, false)?.contents as MarkupContent;
      assert.ok(shown.value.includes(`${safe}, above all:`), `${name}\n${shown.value}`);
      assert.ok(reportMarkdown(unit).replaceAll("\\", "").includes(`\n## ${finding}\n`), name);
      const listed = check(unit, { profile: "basic" });
      const said = missingText({ ...missingCounts(listed), open: 0 });
      assert.equal(said, finding.replace(/ \(\d.*?\)/, ""), name);
    }
  });
});
