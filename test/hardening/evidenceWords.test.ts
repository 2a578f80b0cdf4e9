import assert from "node:assert/strict";
import { describe, it } from "mocha";
import EVIDENCE from "../../data/evidence.json";
import { evidenceAgainst, leavesOpen } from "../../server/src/hardening/evidence.ts";
import { type EvidenceRow, WORD_LISTS } from "../../server/src/hardening/evidenceTable.ts";
import { SETTING_GROUPS } from "../../server/src/hardening/exclusions.ts";
import { readLexicon, rowsAbout, writeLexicon } from "../../server/src/hardening/lexicon.ts";
import { phrasesIn } from "../../server/src/hardening/phrases.ts";
import { type Facts, factsOf } from "../../server/src/service/facts.ts";
import { unitOf } from "./kit.ts";

const ROWS: readonly EvidenceRow[] = EVIDENCE;
const PROGRAM = "/usr/local/bin/zorb";

/** The lines of a service that names a word where its list looks for it. */
const NAMED: Readonly<Record<(typeof WORD_LISTS)[number], (word: string) => readonly string[]>> = {
  words: (it) => ["[Unit]", `Description=${it}`, "[Service]", `ExecStart=${PROGRAM}`],
  names: (it) => ["[Service]", `ExecStart=/usr/local/bin/${it}`],
  arguments: (it) => ["[Service]", `ExecStart=${PROGRAM} ${it.includes(":") ? it : `--${it}`}`],
  units: (it) => ["[Unit]", `After=${it}`, "[Service]", `ExecStart=${PROGRAM}`],
  groups: (it) => ["[Service]", `SupplementaryGroups=${it}`, `ExecStart=${PROGRAM}`],
  variables: (it) => ["[Service]", `Environment=${it.includes("=") ? it : `${it}=1`}`, `ExecStart=${PROGRAM}`],
  capabilities: (it) => ["[Service]", `AmbientCapabilities=${it}`, `ExecStart=${PROGRAM}`],
  settings: (it) => ["[Service]", `${it}=yes`, `ExecStart=${PROGRAM}`],
};

const settingsIn = (list: string): readonly string[] => list.split(" ").flatMap((it) => SETTING_GROUPS[it] ?? it);

/** Whether a row says of a service what it is there for. */
function counts({ doubts, excludes }: EvidenceRow, facts: Facts): boolean {
  if (doubts !== undefined) return settingsIn(doubts).some((it) => leavesOpen(it as "PrivateTmp", facts));
  return Object.values(excludes)
    .flatMap(settingsIn)
    .some((it) => evidenceAgainst(it as "PrivateTmp", facts) !== undefined);
}

/** A word as a unit may have it: `*` is any letters, of which plain words and names need none. */
const written = (list: string, word: string): string =>
  word
    .replaceAll("*", list === "names" || list === "words" ? "" : "x")
    .replace(/^\./, "x.")
    .replace(/\.$/, ".service");

describe("words of the table of evidence", () => {
  for (const list of WORD_LISTS) {
    it(`count one by one where the list is looked for: ${list}`, () => {
      const dead = ROWS.flatMap((row) =>
        (row[list] ?? "").split(", ").flatMap((word) => {
          const lines = word === "" ? [] : NAMED[list](written(list, word));
          const facts = factsOf(unitOf(`${lines.join("\n")}\n`, "/etc/systemd/system/zorb.service"));
          return word === "" || counts(row, facts) ? [] : [`${row.about}: ${word}`];
        }),
      );
      assert.deepEqual(dead, []);
    });
  }

  it("are found by no other word of their row", () => {
    const found = (words: readonly string[], text: string): boolean => {
      const heads = new Set(words.map((it) => it.replace(/ .*/, "")));
      return rowsAbout(readLexicon(writeLexicon([words])), phrasesIn(text, heads, true)).size > 0;
    };
    const needless = ROWS.flatMap((row) =>
      [row.words, row.unless].flatMap((list) => {
        const all = list?.split(", ") ?? [];
        return all.filter((word) => {
          const texts = word.includes("*") ? [word.replaceAll("*", ""), word.replaceAll("*", "zx")] : [word];
          const others = all.filter((it) => it !== word);
          return texts.every((it) => found(others, it));
        });
      }),
    );
    assert.deepEqual(needless, []);
  });
});
