import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isSectionName, SECTIONS, sectionFacts } from "../../server/src/catalog/sections.ts";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { sectionsOf } from "../../server/src/families/unitFiles/kinds.ts";

const NAMES = Object.keys(SECTIONS).filter(isSectionName);

describe("catalog: sections", () => {
  it("are three for each kind of unit, its own in the middle", () => {
    assert.deepEqual(Object.fromEntries(UNIT_KINDS.map((kind) => [kind, sectionsOf(kind).join(" ")])), {
      service: "Unit Service Install",
      socket: "Unit Socket Install",
      timer: "Unit Timer Install",
      path: "Unit Path Install",
      mount: "Unit Mount Install",
      automount: "Unit Automount Install",
      swap: "Unit Swap Install",
      target: "Unit Target Install",
      slice: "Unit Slice Install",
      scope: "Unit Scope Install",
      device: "Unit Device Install",
    });
  });

  it("all belong to some kind of unit", () => {
    const used = new Set(UNIT_KINDS.flatMap((kind) => sectionsOf(kind)));
    assert.deepEqual([...used].sort(), [...NAMES].sort());
  });

  it("are told from other words, letter case counting", () => {
    assert.ok(isSectionName("Service"));
    for (const name of ["service", "Services", "", "Service ", "constructor", "toString", "Network"])
      assert.equal(isSectionName(name), false, name);
  });

  it("have a summary of their own that ends in a full stop", () => {
    const summaries = NAMES.map((it) => sectionFacts(it).summary);
    for (const summary of summaries) assert.match(summary, /^[A-Z][^\n]*[^.]\.$/);
    assert.equal(new Set(summaries).size, summaries.length);
  });
});
