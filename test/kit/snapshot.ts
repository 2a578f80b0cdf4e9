import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where the snapshots lie; `snapshot.test.ts` next to this file finds those that no test asks for. */
export const SNAPSHOTS = "test/snapshots";

/** Demands the text of test/snapshots/NAME.md; only UPDATE=1 writes that file. */
export function expectSnapshot(name: string, text: string): void {
  const path = join(SNAPSHOTS, `${name}.md`);
  if (process.env.UPDATE === "1") {
    mkdirSync(SNAPSHOTS, { recursive: true });
    writeFileSync(path, text);
    return;
  }
  assert.ok(existsSync(path), `${path} is missing: run the tests with UPDATE=1 and read what they write`);
  assert.equal(text, readFileSync(path, "utf8"), `${path} says something else: see the difference, then UPDATE=1`);
}
