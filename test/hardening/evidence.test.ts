import assert from "node:assert/strict";
import { describe, it } from "mocha";
import EVIDENCE from "../../data/evidence.json";
import PLAIN from "../../data/plain-words.json";
import {
  evidenceAgainst,
  hasEvidence,
  isApplication,
  leavesOpen,
  plainness,
} from "../../server/src/hardening/evidence.ts";
import type { EvidenceRow } from "../../server/src/hardening/evidenceTable.ts";
import { SETTING_GROUPS } from "../../server/src/hardening/exclusions.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { findings, unitOf } from "./kit.ts";

const ALL_ROWS: readonly EvidenceRow[] = EVIDENCE;
const ROWS_OF_TABLE = ALL_ROWS.filter((it) => it.ordinary !== true && it.doubts === undefined);

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
      assert.deepEqual([isApplication(shown, false), hasEvidence(shown)], [true, false]);
      assert.deepEqual([isApplication(near, false), hasEvidence(near)], [false, false]);
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

describe("words of applications", () => {
  const plain = (...lines: readonly string[]) => plainness(factsOf(unitWith(lines)));
  const said = (...lines: readonly string[]) => {
    const { all, some } = plain(...lines);
    return { all, some };
  };

  it("are known one by one, with those that any text has, and the name of the service", () => {
    assert.deepEqual(said("Description=Lunch orders of our office"), { all: true, some: true });
    assert.deepEqual(said("Description=Plans for every day"), { all: true, some: false });
    assert.deepEqual(said("Description=Gorse, a server for match results", "ExecStart=/opt/gorse/gorse"), {
      all: true,
      some: true,
    });
    assert.equal(said("Description=Gorse, a server for match results").all, false);
  });

  it("are not all that is said where anything else stands beside them", () => {
    for (const text of ["Lunch orders with slips", "Zeiterfassung mit Transponder", "Photos, grouped by faces"])
      assert.equal(said(`Description=${text}`).all, false, text);
  });

  it("count in options, too", () => {
    const command = (line: string) => said("Description=Lunch", `ExecStart=/usr/local/bin/lunch ${line}`).all;
    assert.ok(command("-p 80 --web.listen-address :80 -httpListenAddr=:80 --log-level=info --db /srv/lunch.db"));
    assert.ok(command("serve flaps --data-dir /srv/flaps"));
    assert.ok(!command("--flap-delay 3"));
    assert.ok(said("Description=Lunch", "ExecStart=/usr/bin/java -Xmx1g -Dflap=1 -jar /opt/x/x.jar").all);
  });

  it("tell little where they are about figures, beside a name that nobody knows", () => {
    const named = (name: string, text: string) => plain(`Description=${text}`, `ExecStart=/opt/${name}/${name}`);
    assert.deepEqual(named("gorse", "Gorse client"), { all: true, some: false, opaque: true, names: false });
    assert.deepEqual(named("orders", "Orders, statistics"), { all: true, some: true, opaque: false, names: true });
    assert.equal(named("gorse", "Gorse, statistics of recipes").some, true);
  });

  it("stand once in the table, and in one list; those about figures are some of the others", () => {
    const { forms, ...lists } = PLAIN;
    const all = Object.values(lists).flatMap((it) => it.split(" "));
    assert.equal(forms, forms.split(" ").sort().join(" "));
    assert.deepEqual(all, [...new Set(all)]);
    for (const list of Object.values(PLAIN)) assert.equal(list, list.split(" ").sort().join(" "));
  });

  it("are no words that speak against anything", () => {
    const against = `${PLAIN.small} ${PLAIN.words}`
      .split(" ")
      .filter((it) => hasEvidence(factsOf(unitWith([`Description=${it}`]))));
    assert.deepEqual(against, []);
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

  it("speaks for an application only where it is what the service is, not where it writes to", () => {
    const speaksFor = (text: string): boolean => isApplication(factsOf(unitWith([`Description=${text}`])), false);
    assert.ok(speaksFor("Database of birds"));
    assert.ok(!speaksFor("Writes rainfall to a database"));
    assert.ok(!speaksFor("Regenmenge in die Datenbank"));
  });

  it("does not count where the text denies it", () => {
    assert.ok(!hasEvidence(factsOf(unitWith(["Description=Renderer without a GPU"]))));
  });
});
