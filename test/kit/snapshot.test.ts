import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { skip } from "./skip.ts";
import { expectSnapshot, SNAPSHOTS } from "./snapshot.ts";

describe("snapshots", () => {
  it("are all asked for by a test, and all there", () => {
    const tests = readdirSync("test", { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".test.ts"));
    const asked = tests.flatMap((test) =>
      [...readFileSync(join("test", test), "utf8").matchAll(/\bexpectSnapshot\(\s*"([^"]+)"/g)].map(
        (it) => `${it[1]}.md`,
      ),
    );
    assert.equal(new Set(asked).size, asked.length, "two tests share a snapshot");
    assert.deepEqual(readdirSync(SNAPSHOTS).sort(), asked.sort());
  });

  it("fail where they are missing or differ", function () {
    if (process.env.UPDATE === "1") skip(this, "snapshots are being written");
    const missing = "no-such-snapshot";
    assert.throws(() => expectSnapshot(missing, ""), /UPDATE=1/);
    const [some] = readdirSync(SNAPSHOTS);
    assert.ok(some);
    const name = some.replace(/\.md$/, "");
    assert.throws(() => expectSnapshot(name, "something else"), /says something else/);
  });
});
