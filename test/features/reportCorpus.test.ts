import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, it } from "mocha";
import { filesBeside, unitAmong } from "../../lab/conformance/files.ts";
import { jsonLines } from "../../lab/conformance/suite.ts";
import { checkFix } from "../../server/src/features/checkFix.ts";
import { exposureGain } from "../../server/src/features/gain.ts";
import { exposureReport } from "../../server/src/features/report.ts";
import { allSafeEdits, likelyEdits, type SafeStep, safeEdits } from "../../server/src/features/safeOffers.ts";
import type { TextEdit } from "../../server/src/text/span.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { skip } from "../kit/skip.ts";

const CORPUS = "../shared/corpus";
const SKIPPED = existsSync(CORPUS) ? undefined : "no corpus beside the repository";
/** All services are looked at with EVERY=1; else each twentieth. */
const EVERY = Number(process.env.EVERY ?? 20);

const editsOf = (unit: Unit, { profile, likely }: SafeStep): readonly TextEdit[] =>
  likely ? likelyEdits(unit, profile) : allSafeEdits(unit, profile);

/** What is wrong with the offers of a unit's report. */
function wrong(unit: Unit): string[] {
  const { safe, all, rows } = exposureReport(unit, "basic");
  const raised = (edits: readonly TextEdit[], what: string, gain: string): string[] => {
    const effect = exposureGain(unit, edits);
    if (!effect || edits.length === 0) return [`${what} changes nothing that systemd takes`];
    if (effect.raises || effect.after > effect.before) return [`${what} raises the exposure`];
    const [, before, after] = /^(\d+\.\d) → (\d+\.\d)$/.exec(gain) ?? [];
    return before !== undefined && before === after ? [`${what} promises ${gain}`] : [];
  };
  return [
    ...all.flatMap((it) => raised(editsOf(unit, it), it.title, it.gain)),
    ...safe.flatMap((it) => raised(safeEdits(unit, it.beyond ?? "basic", it.directive), it.title, it.gain)),
    ...rows.flatMap(({ id, fix }) => (fix ? raised(checkFix(unit, id), fix.title, fix.gain) : [])),
    ...rows.flatMap(({ id, state, fix, safe: by, stuck }) => {
      const answers = [fix, by, stuck].filter((it) => it !== undefined).length;
      return answers === (state === "failed" ? 1 : 0) ? [] : [`${id} has ${answers} answers`];
    }),
  ];
}

describe(`report: real services${SKIPPED === undefined ? "" : ` (skipped: ${SKIPPED})`}`, () => {
  it("are never offered a change that raises the exposure", function () {
    this.timeout(300_000);
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const rows = jsonLines<{ unit: string; scope: "system" | "user" }>(join(CORPUS, "security-257.jsonl"));
    const found = rows
      .filter((_, i) => i % EVERY === 0)
      .flatMap((row) => {
        const path = join(CORPUS, "units", row.unit);
        const unit = unitAmong(basename(path), row.scope, 257, filesBeside(dirname(path)));
        assert.ok(unit, row.unit);
        return wrong(unit).map((it) => `${row.unit}: ${it}`);
      });
    assert.deepEqual(found, []);
  });
});
