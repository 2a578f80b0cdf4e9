import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { RELEASES } from "../../server/src/facts/releases.ts";
import { systemCalls } from "../../server/src/facts/systemCalls.ts";
import { RHEL_9 } from "../../server/src/facts/targets.ts";
import {
  byVersion,
  hasCome,
  holdsIn,
  NEWEST_VERSION,
  OLDEST_VERSION,
  type PerVersion,
  releaseOf,
  VERSIONS,
  valueIn,
  versionsAfter,
  versionsBefore,
} from "../../server/src/facts/version.ts";

describe("facts: versions", () => {
  it("are read from each file of data/releases", () => {
    const files = existsSync("data/releases") ? readdirSync("data/releases") : [];
    const read = RELEASES.map((it) => `${it.version}.json`);
    assert.deepEqual(
      files.filter((it) => !read.includes(it)),
      [],
    );
  });

  it("are listed from the oldest to the newest", () => {
    assert.deepEqual(
      VERSIONS,
      VERSIONS.toSorted((a, b) => a - b),
    );
    assert.deepEqual([VERSIONS[0], VERSIONS.at(-1)], [OLDEST_VERSION, NEWEST_VERSION]);
  });

  it("have what came with them or before, and not what went", () => {
    const in3 = [239, 252, 257, 262].map((version) => holdsIn({ since: 252, until: 262 }, version));
    assert.deepEqual(in3, [false, true, true, false]);
    assert.ok(holdsIn({}, 239));
    assert.ok(hasCome({ since: 252, until: 257 }, 262));
  });

  it("are the other way round where a release or a build is an exception", () => {
    const backported = { since: 255, except: [252, 254] };
    assert.deepEqual(
      [252, 253, 254, 255, 252.99].map((it) => holdsIn(backported, it)),
      [true, false, true, true, false],
    );
    assert.deepEqual(
      [252, 253].map((it) => hasCome(backported, it)),
      [true, false],
    );
    const lost = { until: 250, except: [249] };
    assert.deepEqual(
      [248, 249, 250].map((it) => holdsIn(lost, it)),
      [true, false, false],
    );
  });

  it("lie between two releases where they are builds, which a reader sees as the first of the two", () => {
    assert.deepEqual([252, 252.99, 239.8].map(releaseOf), [252, 252, 239]);
    assert.equal(holdsIn({ since: 252 }, RHEL_9.nine), true);
    assert.equal(holdsIn({ since: 253 }, RHEL_9.nine), false);
    assert.equal(valueIn({ 0: "a", 253: "c", 252: "b" }, RHEL_9.nine), "b");
  });

  it("have the value of the last change, of any number of them", () => {
    const checks: PerVersion<number> = { 262: 81, 0: 74, 247: 79, 254: 80 };
    assert.deepEqual(
      [239, 246, 247, 253, 254, 261, 262, 300].map((version) => valueIn(checks, version)),
      [74, 74, 79, 79, 80, 80, 81, 81],
    );
  });

  it("get what is made for them once each", () => {
    const made: number[] = [];
    const square = byVersion((version) => {
      made.push(version);
      return version * version;
    });
    assert.deepEqual([2, 3, 2, 3].map(square), [4, 9, 4, 9]);
    assert.deepEqual(made, [2, 3]);
    assert.equal(systemCalls(257), systemCalls(257));
  });

  it("have neighbours among those covered, the nearest first", () => {
    assert.deepEqual(versionsAfter(260).slice(0, 2), [261, 262]);
    assert.deepEqual(versionsBefore(260).slice(0, 3), [259, 258, 257]);
    assert.deepEqual(versionsAfter(239), VERSIONS.slice(1));
    assert.deepEqual(versionsBefore(OLDEST_VERSION), []);
  });

  it("are compared in facts/version.ts alone, so that another target needs rows of data and no code", () => {
    const source = new URL("../../server/src/", import.meta.url);
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((it) => /\.ts$/.test(it));
    const comparing = files.filter((file) =>
      /\bversion *(?:>=?|<=?) |[^=](?:>=?|<=?) [\w.]*\bversion\b/i.test(readFileSync(new URL(file, source), "utf8")),
    );
    assert.deepEqual(comparing, ["facts/version.ts"]);
  });
});
