import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { askedAgain } from "../../server/src/learn/kernelFiles.ts";
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import { relearn } from "../../server/src/learn/relearn.ts";
import { needsOf, serviceOf, sight, uses } from "./kit.ts";

const reading = (line: number, seconds = 5, path = "/proc/loadavg") =>
  needsOf({ seconds, paths: { [path]: uses(line, "read") }, marks: { "proc:subset": sight(line) } });

describe("files of the kernel in /proc", () => {
  it("are asked for again by a second run that comes as far as the first one", () => {
    const nothing = needsOf({ seconds: 5 });
    assert.equal(askedAgain(reading(10), nothing), true, "it had the time to");
    assert.equal(askedAgain(reading(600, 70), nothing), false);
    const missing = { used: {}, failed: { ENOENT: sight(20) }, made: [], names: [] };
    assert.equal(askedAgain(reading(600, 70), needsOf({ seconds: 5, paths: { "/proc/loadavg": missing } })), true);
    assert.equal(askedAgain(reading(600, 70, "/proc/self/status"), nothing), true);
  });

  it("take the proof back that a service goes on without them, once a run reads others", () => {
    const first = learn(reading(10), serviceOf());
    const settings = first.settings.map((it) => (it.key === "ProcSubset" ? { ...it, grade: "proven" as const } : it));
    const gradeAfter = (path: string) =>
      relearn({ ...first, settings } satisfies Learnt, reading(20, 5, path), serviceOf()).settings.find(
        (it) => it.key === "ProcSubset",
      )?.grade;
    assert.equal(gradeAfter("/proc/loadavg"), "proven");
    assert.equal(gradeAfter("/proc/meminfo"), "refused");
  });
});
