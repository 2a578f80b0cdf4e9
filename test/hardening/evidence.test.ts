import assert from "node:assert/strict";
import { describe, it } from "mocha";
import EVIDENCE from "../../data/evidence.json";
import { evidenceAgainst, hasEvidence, leavesOpen } from "../../server/src/hardening/evidence.ts";
import type { EvidenceRow } from "../../server/src/hardening/evidenceTable.ts";
import { SETTING_GROUPS, settingsNamed } from "../../server/src/hardening/exclusions.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { NEEDS } from "../../server/src/needs/vocabulary.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { findings, unitOf } from "./kit.ts";

const ALL_ROWS: readonly EvidenceRow[] = EVIDENCE;
const ROWS_OF_TABLE = ALL_ROWS.filter((it) => it.doubts === undefined);

const SETTINGS = new Set<string>([
  ...ROWS.map((it) => it.directive),
  ...Object.keys(SETTING_GROUPS),
  ...NEEDS.map((it) => it.name),
  "ProtectHome=tmpfs",
  "ProtectSystem=strict",
]);

/** A service out of some lines, those of [Unit] first. */
function unitWith(lines: readonly string[], name = "x.service") {
  const ofUnit = lines.filter((it) => /^(?:Description|After|Wants|Requires|BindsTo)=/.test(it));
  const ofService = lines.filter((it) => !ofUnit.includes(it));
  if (!ofService.some((it) => it.startsWith("ExecStart="))) ofService.unshift("ExecStart=/usr/local/bin/server");
  return unitOf(`${["[Unit]", ...ofUnit, "[Service]", ...ofService].join("\n")}\n`, `/etc/systemd/system/${name}`);
}

const settingsOf = ({ excludes }: EvidenceRow): readonly string[] =>
  Object.entries(excludes)
    .flatMap(settingsNamed)
    .map(([it]) => it);

describe("the table of evidence against settings", () => {
  for (const [i, row] of ROWS_OF_TABLE.entries()) {
    it(`row ${i + 1}: ${row.about}, ${row.example.join(", ")}`, () => {
      for (const list of Object.values(row.excludes)) for (const it of list.split(" ")) assert.ok(SETTINGS.has(it), it);
      const shown = factsOf(unitWith(row.example));
      for (const setting of settingsOf(row)) {
        assert.ok(evidenceAgainst(setting as "PrivateTmp", shown) !== undefined, `${setting} is not withheld`);
      }
      const [reason = ""] = Object.keys(row.excludes);
      const [first = ""] = settingsOf(row);
      const said = evidenceAgainst(first as "PrivateTmp", shown) ?? "";
      assert.ok(said.endsWith(`, and ${reason}`), `${said} for ${reason}`);
      assert.match(said, /^(?:its (?:description|name|command)|the name of its program|it keeps|\w+=) /);
      const near = factsOf(unitWith(row.nearMiss));
      const wrong = settingsOf(row).map((it) => evidenceAgainst(it as "PrivateTmp", near));
      assert.deepEqual(
        wrong.filter((it) => it !== undefined),
        [],
      );
      assert.ok(!hasEvidence(near), row.nearMiss.join(", "));
    });
  }

  for (const { about, doubts = "", example, nearMiss, excludes } of ALL_ROWS.filter((it) => it.doubts !== undefined)) {
    it(`leaves open what has to do with ${about}: ${example.join(", ")}`, () => {
      assert.deepEqual(excludes, {});
      const [shown, near] = [example, nearMiss].map((it) => factsOf(unitWith(it)));
      assert.ok(shown && near);
      for (const name of doubts.split(" ").flatMap((it) => SETTING_GROUPS[it] ?? it)) {
        assert.ok(SETTINGS.has(name), name);
        assert.deepEqual(
          [leavesOpen(name as "PrivateTmp", shown), leavesOpen(name as "PrivateTmp", near)],
          [true, false],
          name,
        );
      }
      assert.ok(!hasEvidence(shown) && !hasEvidence(near));
    });
  }

  it("has each word once in a list", () => {
    for (const { about, words = "" } of ALL_ROWS) {
      const all = words.split(", ");
      assert.deepEqual(all, [...new Set(all)], about);
    }
  });
});

describe("what a unit names speaks against settings", () => {
  it("is said in the advice", () => {
    const found = findings(["SupplementaryGroups=docker"]).get("PrivateTmp")?.message ?? "";
    assert.match(found, /; not safe here: SupplementaryGroups= names docker, and paths that it gives to containers/);
  });

  it("counts in the name of the unit, of the program and of its folder", () => {
    const said = (lines: readonly string[], name?: string): string | undefined =>
      evidenceAgainst("PrivateDevices", factsOf(unitWith(lines, name)));
    assert.match(said([], "midi-bridge.service") ?? "", /^its name speaks of MIDI \("midi-bridge"\), and /);
    assert.match(
      said(["ExecStart=/opt/x/midi-bridge.py"]) ?? "",
      /^the name of its program speaks of MIDI \("midi-bridge\.py"\), and /,
    );
    assert.match(
      said(["ExecStart=/opt/midi-bridge/run.py"]) ?? "",
      /^the name of its program speaks of MIDI \("midi-bridge"\), and /,
    );
    assert.equal(said(["ExecStart=/usr/local/bin/humidity"]), undefined);
  });

  it("counts with other letters, as a name has it", () => {
    for (const name of ["Lüfter", "Luefter", "LÜFTER"])
      assert.ok(hasEvidence(factsOf(unitWith([`Description=${name} im Keller`]))), name);
    assert.ok(hasEvidence(factsOf(unitWith(["ExecStart=/opt/luefter/regler"]))));
  });

  it("does not count where the text denies it", () => {
    assert.ok(!hasEvidence(factsOf(unitWith(["Description=Renderer without a GPU"]))));
  });
});
