import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { configFamilies } from "../../server/src/families/configFamilies.ts";
import { recognize, recognizeSections } from "../../server/src/families/families.ts";
import { QUADLET_FAMILY } from "../../server/src/families/quadletFiles.ts";
import { RECOGNIZED } from "../../server/src/families/recognized.ts";
import { sectionObjects } from "../../server/src/families/sectionObjects.ts";
import { UNIT_FAMILY } from "../../server/src/families/unitFiles.ts";
import { viewOf } from "../../server/src/features/view.ts";
import { CODES, familyOf } from "../../server/src/rules/codes.ts";
import { positionMap } from "../../server/src/text/positionMap.ts";

const FILES = [
  "/etc/systemd/system/a.service",
  "/etc/systemd/system/a.service.d/b.conf",
  "/etc/systemd/network/a.network",
  "/etc/systemd/network/a.netdev.d/b.conf",
  "a.link",
  "a.nspawn",
  "a.dnssd",
  "/etc/systemd/journald.conf",
];

/** Families of codes whose rules are about other files alone. */
const OF_OTHERS: ReadonlySet<string> = new Set(["quadlet", "network", "nspawn", "daemon", "image"]);

describe("families", () => {
  it("have names of their own, and each file has one family", () => {
    const all = [UNIT_FAMILY, QUADLET_FAMILY, ...configFamilies(), ...RECOGNIZED];
    assert.equal(new Set(all.map((it) => it.name)).size, all.length);
    for (const path of FILES) {
      const knowing = all.filter((it) => it.pathOf(path) !== undefined).map((it) => it.name);
      // The families that are not checked are asked last.
      assert.deepEqual(knowing.slice(0, 1), [recognize(path)?.family.name], path);
    }
  });

  it("of units have all rules, and only families of codes that exist", () => {
    assert.deepEqual(
      new Set<string>(UNIT_FAMILY.content.rules),
      new Set(CODES.map(familyOf).filter((it) => !OF_OTHERS.has(it))),
    );
  });

  it("are recognised by their sections where there is no path", () => {
    assert.equal(recognizeSections(["Unit", "Timer"]).kind, "timer");
    assert.equal(recognizeSections([]).unit?.kind, "service");
    assert.equal(recognizeSections(["Match", "Network", "Address"]).kind, "network");
    assert.equal(recognizeSections(["Match", "Link"]).kind, "link");
    assert.equal(recognizeSections(["NetDev", "WireGuard"]).kind, "netdev");
    assert.equal(recognizeSections(["Match", "Container"]).kind, "container");
  });

  it("say which sections repeat as objects of their own", () => {
    const names = (separate: readonly string[]): string[] =>
      sectionObjects([{ name: "Address" }, { name: "Match" }, { name: "Address" }, { name: "Match" }], separate).map(
        (it) => it.map(({ name }) => name).join(" "),
      );
    assert.deepEqual(names(UNIT_FAMILY.content.separateSections), ["Address Address", "Match Match"]);
    assert.deepEqual(names(["Address"]), ["Address", "Match Match", "Address"]);
  });

  it("are judged where the text stands in what the reader edits", () => {
    const source = "let unit = '[Service]\nExecStart=/bin/true\nUsr=x\n'\n";
    const text = "[Service]\nExecStart=/bin/true\nUsr=x\n";
    const positions = positionMap([{ from: 0, source: source.indexOf("["), length: text.length }]);
    const path = UNIT_FAMILY.pathFromSections(["Service"]);
    const view = viewOf({ family: UNIT_FAMILY, path, text, source: { text: source, positions } }, NEWEST_VERSION);
    const [header, typo] = ["[Service]", "Usr"].map((it) => {
      const start = text.indexOf(it);
      return [view.lines.positionAt(start), view.lines.positionAt(start + it.length)];
    });
    assert.deepEqual(header, [
      { line: 0, character: 12 },
      { line: 0, character: 21 },
    ]);
    assert.deepEqual(typo, [
      { line: 2, character: 0 },
      { line: 2, character: 3 },
    ]);
  });
});
