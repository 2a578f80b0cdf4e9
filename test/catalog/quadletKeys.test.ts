import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { QUADLET_SECTIONS, quadletKeysIn } from "../../server/src/facts/quadlets/keys.ts";
import type { QuadletKind } from "../../server/src/facts/quadlets/row.ts";
import { QUADLETS } from "../../server/src/values/grammars/quadletGrammars.ts";

const KINDS: Readonly<Record<QuadletKind, true>> = {
  string: true,
  lines: true,
  words: true,
  args: true,
  keyvals: true,
  "last-args": true,
  bool: true,
  "bool-or-healthy": true,
  uint32: true,
};

describe("keys of quadlets", () => {
  const keys = QUADLET_SECTIONS.flatMap((it) => quadletKeysIn(it));
  const where = (wrong: typeof keys): string[] => wrong.map((it) => `${it.section}.${it.name}`);

  it("have a value type", () => {
    assert.deepEqual(where(keys.filter((it) => !Object.hasOwn(QUADLETS, it.type))), []);
  });

  it("are read in a known way", () => {
    assert.deepEqual(where(keys.filter((it) => !Object.hasOwn(KINDS, it.kind))), []);
  });

  it("have a sentence that says what they do", () => {
    assert.deepEqual(where(keys.filter((it) => !/^[A-Z].*\.$/s.test(it.summary))), []);
  });
});
