import assert from "node:assert/strict";
import { NEWEST_VERSION, type SystemdVersion } from "../../server/src/facts/version.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check } from "../../server/src/rules/check.ts";
import { EMPTY_INDEX, type UnitIndex, withChanges } from "../../server/src/units/index/unitIndex.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

/** Where the files of a whole system lie in these tests. */
export const SYSTEM = "usr/lib/systemd/system/";

/** Enough of systemd's own units to make a tree that of a whole system. */
export const OWN: Readonly<Record<string, string>> = {
  [`${SYSTEM}basic.target`]: "[Unit]\nRequires=sysinit.target\nAfter=sysinit.target\n",
  [`${SYSTEM}sysinit.target`]: "[Unit]\n",
  [`${SYSTEM}shutdown.target`]: "[Unit]\nDefaultDependencies=no\n",
};

/** An index of files by their paths below a folder that is not the machine's. */
export function indexOf(files: Readonly<Record<string, string>>): UnitIndex {
  const seen = Object.entries(files).map(([path, text]) => ({ path: `/tree/${path}`, text }));
  return withChanges(EMPTY_INDEX, seen);
}

/** The findings of one of some files, judged among the others. */
export function foundIn(
  files: Readonly<Record<string, string>>,
  path: string,
  { version = NEWEST_VERSION as SystemdVersion, index = indexOf(files), complete = true } = {},
): readonly Finding[] {
  const parts = checkedPath(`/tree/${path}`);
  const text = files[path];
  assert.ok(parts && text !== undefined, `${path} is no unit file of these`);
  return check(readUnit(parts, text, version), { profile: "off" }, { index, path: `/tree/${path}`, complete });
}
