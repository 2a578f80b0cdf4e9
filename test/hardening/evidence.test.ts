import assert from "node:assert/strict";
import { describe, it } from "mocha";
import EVIDENCE from "../../data/evidence.json";
import { type EvidenceRow, evidenceAgainst, hasEvidence, isApplication } from "../../server/src/hardening/evidence.ts";
import { SETTING_GROUPS } from "../../server/src/hardening/exclusions.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { findings, unitOf } from "./kit.ts";

const ALL_ROWS: readonly EvidenceRow[] = EVIDENCE;
const ROWS_OF_TABLE = ALL_ROWS.filter((it) => it.ordinary !== true);

const SETTINGS = new Set<string>([
  ...ROWS.map((it) => it.directive),
  ...Object.keys(SETTING_GROUPS),
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
  Object.values(excludes)
    .flatMap((it) => it.split(" "))
    .flatMap((it) => SETTING_GROUPS[it] ?? it);

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

  for (const row of ALL_ROWS.filter((it) => it.ordinary === true)) {
    it(`speaks for ${row.about}: ${row.example.join(", ")}`, () => {
      assert.deepEqual(row.excludes, {});
      const [shown, near] = [row.example, row.nearMiss].map((it) => factsOf(unitWith(it)));
      assert.ok(shown && near);
      assert.deepEqual([isApplication(shown), hasEvidence(shown)], [true, false]);
      assert.deepEqual([isApplication(near), hasEvidence(near)], [false, false]);
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
    assert.match(said([], "midi-bridge.service") ?? "", /^its name speaks of MIDI, and /);
    assert.match(said(["ExecStart=/opt/x/midi-bridge.py"]) ?? "", /^the name of its program speaks of MIDI, and /);
    assert.match(said(["ExecStart=/opt/midi-bridge/run.py"]) ?? "", /^the name of its program speaks of MIDI, and /);
    assert.equal(said(["ExecStart=/usr/local/bin/humidity"]), undefined);
  });

  it("counts with other letters, as a name has it", () => {
    for (const name of ["Lüfter", "Luefter", "LÜFTER"])
      assert.ok(hasEvidence(factsOf(unitWith([`Description=${name} im Keller`]))), name);
    assert.ok(hasEvidence(factsOf(unitWith(["ExecStart=/opt/luefter/regler"]))));
  });

  it("speaks for an application only where it is what the service is, not where it writes to", () => {
    const speaksFor = (text: string): boolean => isApplication(factsOf(unitWith([`Description=${text}`])));
    assert.ok(speaksFor("Database of birds"));
    assert.ok(!speaksFor("Writes rainfall to a database"));
    assert.ok(!speaksFor("Regenmenge in die Datenbank"));
  });

  it("does not count where the text denies it", () => {
    assert.ok(!hasEvidence(factsOf(unitWith(["Description=Renderer without a GPU"]))));
  });
});
