import assert from "node:assert/strict";
import fc from "fast-check";
import { joinLogs, mergeNeeds } from "../../server/src/learn/merge.ts";
import type { Needs } from "../../server/src/learn/needs.ts";
import { needsFromJson, needsToJson } from "../../server/src/learn/needsJson.ts";
import { needsReader } from "../../server/src/learn/reader.ts";
import { OBSERVED, observedNeeds } from "../kit/observedRuns.ts";
import { needsOfLines } from "../kit/straceLog.ts";

function read(text: string): Needs {
  const result = needsFromJson(text);
  assert.ok("needs" in result, JSON.stringify(result));
  return result.needs;
}

describe("needs as text", () => {
  for (const unit of OBSERVED) {
    it(`come back as they were: ${unit}`, () => {
      const needs = observedNeeds(unit);
      const text = needsToJson(needs);
      assert.deepEqual(read(text), needs);
      assert.equal(needsToJson(read(text)), text);
      assert.ok(!text.includes("\n"));
    });
  }

  it("say what is wrong with them", () => {
    const text = needsToJson(needsOfLines(['10 access("/a", R_OK) = 0']));
    const problems = [
      "{",
      "[]",
      '{"version":2}',
      text.replace('"calls":1', '"calls":-1'),
      text.replace('"look"', '"lick"'),
      text.replace("[1,0,0,", '["1",0,0,'),
      text.replace('"marks":{}', '"marks":{"__proto__":7}'),
    ].map((broken) => {
      const result = needsFromJson(broken);
      return "problem" in result ? result.problem.replace("These are no learnt needs: ", "") : "";
    });
    assert.deepEqual(problems, [
      "the text is not JSON",
      "the text is not an object",
      "version 2 is not 1",
      "calls is not a number",
      'paths./a.used has the unknown use "lick"',
      "paths./a.used.look[0] is not a number",
      "marks.__proto__ is not a list",
    ]);
  });

  it("never throw, whatever is written there", () => {
    const text = needsToJson(observedNeeds("memcached"));
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string(), (at, length, other) => {
        const result = needsFromJson(text.slice(0, at) + other + text.slice(at + length));
        assert.ok("needs" in result || result.problem.length > 0);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        assert.ok("problem" in needsFromJson(json));
      }),
    );
  });
});

describe("needs of several logs", () => {
  const log = (name: string, time: number, call: string): Needs => {
    const reader = needsReader({ log: name });
    reader.add(`10 ${time}.500000 ${call}\n`);
    return reader.end();
  };
  const early = log("ExecStart", 1000, 'access("/a", R_OK) = 0');
  const late = log("ExecReload", 1060, 'access("/a", R_OK) = 0');

  it("of one run count from the first line of all", () => {
    for (const joined of [joinLogs([early, late]), joinLogs([late, early])]) {
      assert.deepEqual(joined.paths["/a"]?.used.look, {
        count: 2,
        first: 0,
        last: 60,
        at: "ExecStart:1",
        sample: 'access("/a", R_OK) = 0',
      });
      assert.equal(joined.seconds, 60);
      assert.equal(joined.calls, 2);
    }
  });

  it("of several runs keep the times of each run", () => {
    const merged = mergeNeeds(early, late);
    assert.equal(merged.paths["/a"]?.used.look?.count, 2);
    assert.equal(merged.paths["/a"]?.used.look?.last, 0);
    assert.deepEqual({ ...mergeNeeds(late, early), unread: merged.unread }, merged);
  });

  it("are those of the one or the other", () => {
    const [first, second] = ["nginx", "unbound"].map(observedNeeds);
    assert.ok(first !== undefined && second !== undefined);
    const merged = mergeNeeds(first, second);
    const union = (key: "paths" | "syscalls" | "capabilities" | "families" | "programs" | "marks"): void =>
      assert.deepEqual(
        Object.keys(merged[key]),
        [...new Set([...Object.keys(first[key]), ...Object.keys(second[key])])].sort(),
      );
    for (const key of ["paths", "syscalls", "capabilities", "families", "programs", "marks"] as const) union(key);
    assert.equal(merged.calls, first.calls + second.calls);
    assert.equal(
      merged.addresses.length,
      new Set([...first.addresses, ...second.addresses].map((a) => `${a.use} ${a.family} ${a.address} ${a.port}`)).size,
    );
    assert.deepEqual(mergeNeeds(second, first), merged);
  });

  it("fold a directory with too many files, also where only the sum is too much", () => {
    const half = (from: number): Needs =>
      needsOfLines(Array.from({ length: 200 }, (_, i) => `10 unlink("/srv/x/${from + i}") = 0`));
    const merged = mergeNeeds(half(0), half(200));
    assert.deepEqual(Object.keys(merged.paths), ["/srv/x"]);
    assert.equal(merged.paths["/srv/x"]?.used.remove?.count, 400);
    const again = mergeNeeds(merged, half(900));
    assert.deepEqual(Object.keys(again.paths), ["/srv/x"]);
    assert.equal(again.paths["/srv/x"]?.used.remove?.count, 600);
  });
});
