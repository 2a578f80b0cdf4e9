import assert from "node:assert/strict";
import { directive } from "../../server/src/catalog/catalog.ts";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { callsOf } from "../../server/src/facts/systemCalls.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { OWNER_QUESTIONS } from "../../server/src/needs/questions.ts";
import { grantOf, NEEDS, needNamed, needsAgainst } from "../../server/src/needs/vocabulary.ts";

describe("the vocabulary of needs", () => {
  it("has names that a comment and a key of JSON can have", () => {
    for (const { name } of NEEDS) {
      assert.match(name, /^[a-z]+(?:-[a-z]+)*$/);
      assert.equal(needNamed(name)?.name, name);
    }
    assert.equal(needNamed("hardwear"), undefined);
  });

  it("says each need as the end of a sentence, with and without it, and what counts as that", () => {
    for (const { name, needs, no, meaning } of NEEDS) {
      assert.match(needs, /^[a-z].*[^.]$/, name);
      assert.match(no, /\bn(?:o|ever|othing)\b/, name);
      assert.match(meaning, /^[A-Z].*\.$/, name);
    }
  });

  it("decides for settings that systemd has, with lines of [Service]", () => {
    for (const need of NEEDS) {
      const { name, decides, detail } = need;
      for (const setting of Object.keys(decides)) {
        const { line, adds } = grantOf(need, setting) ?? {};
        assert.ok(directive("Service", setting), `${name}: ${setting}`);
        if (line !== undefined) assert.ok(directive("Service", line.replace(/=.*/, "")), `${name}: ${line}`);
        if (line?.includes("*") || adds?.includes("*")) assert.notEqual(detail, undefined, name);
        for (const word of adds?.split(" ") ?? [])
          if (word.startsWith("CAP_")) assert.ok(CAPABILITIES.includes(word), word);
          else if (word.startsWith("@")) assert.ok(callsOf(word, NEWEST_VERSION), word);
      }
    }
  });

  it("knows signs that a run can show", () => {
    for (const { name, signs } of NEEDS) {
      if (signs?.callGroup !== undefined) assert.ok(callsOf(signs.callGroup, NEWEST_VERSION), name);
      for (const it of signs?.capabilities ?? []) assert.ok(CAPABILITIES.includes(it), it);
    }
  });

  it("has something to say of every setting under which programs often fail", () => {
    const silent = ROWS.map((it) => it.directive).filter((it) => needsAgainst(it).length === 0);
    assert.deepEqual(silent, [
      "StateDirectory",
      "CacheDirectory",
      "LogsDirectory",
      "RuntimeDirectory",
      "LoadCredential",
      "TemporaryFileSystem",
    ]);
  });

  it("is asked about with at most eight questions, each about needs of its own", () => {
    assert.ok(OWNER_QUESTIONS.length <= 8);
    const needs = OWNER_QUESTIONS.flatMap((it) => it.needs);
    assert.deepEqual([...new Set(needs)], needs);
  });
});
