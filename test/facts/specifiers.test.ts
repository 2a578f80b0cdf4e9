import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isKnownSpecifier, SPECIFIERS } from "../../server/src/facts/specifiers.ts";
import { isCertain, resolveSpecifiers } from "../../server/src/values/resolve.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";

describe("facts: specifiers", () => {
  it("are those of unit_name_printf() and of the full table", () => {
    const letters = (table: "name" | "full", version = 262): string =>
      [...SPECIFIERS.keys()]
        .filter((it) => isKnownSpecifier(it, table, version))
        .sort()
        .join("");
    assert.equal(letters("name"), "%ABGHMNUWabgijlmnopquvw");
    assert.equal(letters("full"), "%ABCDEGHIJLMNPRSTUVWYabcdfghijlmnopqrstuvwy");
    assert.equal(letters("name", 239), "%HNUbijmnpuv");
    assert.equal(letters("full", 250), letters("full").replace(/[DYdqy]/g, ""));
    for (const letter of ["e", "F", "9", "", "constructor"]) assert.equal(isKnownSpecifier(letter, "full", 262), false);
  });

  it("each have a meaning that fits into a sentence", () => {
    for (const [letter, { meaning }] of SPECIFIERS) assert.match(meaning, /^(?:the|a|what) .*[^.]$/, letter);
  });

  it("each give something in a unit", () => {
    const unit = parseUnitName("a-b@c-d.service");
    assert.ok(unit);
    for (const letter of SPECIFIERS.keys())
      assert.notEqual(resolveSpecifiers(`%${letter}`, unit, "system"), undefined, letter);
  });

  it("are certain where the text alone decides", () => {
    const unit = parseUnitName("a.service");
    assert.ok(unit);
    const certain = (scope: "system" | "user", known: boolean): string =>
      [...SPECIFIERS.keys()]
        .filter((it) => isCertain(it, { version: 262, scope, kind: "service", unit, certain: known }))
        .sort()
        .join("");
    assert.equal(certain("system", true), "%CDEGIJLNPSTUVdfghijnpstu");
    assert.equal(certain("system", false), "%CDEGLSTUVghstu");
    assert.equal(certain("user", true), "%IJNPfijnp");
    assert.equal(certain("user", false), "%");
  });
});
