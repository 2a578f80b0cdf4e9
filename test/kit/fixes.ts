import assert from "node:assert/strict";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { findingsOf } from "./fixture.ts";

/** The only finding of a code in a text. */
export function onlyFinding(text: string, code: string, path = "x.service", version = NEWEST_VERSION): Finding {
  const found = findingsOf(text, path, { profile: "off" }, version).filter((it) => it.code === code);
  assert.equal(found.length, 1, `${found.length} findings of ${code} in ${JSON.stringify(text)}`);
  return found[0] as Finding;
}

/** The titles of the fixes of the only finding of a code. */
export function fixTitles(text: string, code: string, path?: string): string[] {
  return onlyFinding(text, code, path).fixes.map((it) => it.title);
}

/** The text after the fix with a title, or the first one, of the only finding of a code. */
export function fixed(text: string, code: string, { path, title }: { path?: string; title?: string } = {}): string {
  const { fixes } = onlyFinding(text, code, path);
  const fix = title === undefined ? fixes[0] : fixes.find((it) => it.title === title);
  assert.ok(fix, `no such fix: ${fixes.map((it) => it.title)}`);
  return applyEdits(text, fix.edits());
}
