import { NEWEST_VERSION, type SystemdVersion } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { RunHost } from "../../server/src/learn/host.ts";
import type { LearntSetting } from "../../server/src/learn/learnt.ts";
import { learntSettings } from "../../server/src/learn/learntSettings.ts";
import type { Needs, PathNeed, PathUse, Sight } from "../../server/src/learn/needs.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** A sight on a line of ExecStart=. */
export const sight = (line: number, sample = "", count = 1): Sight => ({
  count,
  first: line / 10,
  last: line / 10 + count - 1,
  at: `ExecStart:${line}`,
  sample,
});

/** What was done with a path, each use on the same line. */
export const uses = (line: number, ...names: readonly PathUse[]): PathNeed => ({
  used: Object.fromEntries(names.map((it) => [it, sight(line)])),
  failed: {},
  made: [],
  names: [],
});

/** Needs of a service that needs nothing, but for what is given. */
export const needsOf = (some: Partial<Needs> = {}): Needs => ({
  calls: 10,
  seconds: 5,
  processes: 1,
  paths: {},
  syscalls: {},
  capabilities: {},
  families: {},
  addresses: [],
  programs: {},
  users: {},
  groups: {},
  marks: {},
  unread: { lines: 0, first: undefined },
  ...some,
});

/** A service with these lines of [Service]. */
export function serviceOf(
  lines: readonly string[] = ["ExecStart=/usr/bin/food"],
  name = "food.service",
  version: SystemdVersion = NEWEST_VERSION,
): Unit {
  const path = unitPath(`/etc/systemd/system/${name}`);
  if (!path) throw new Error(`${name} is no unit`);
  return readUnit(path, `[Service]\n${lines.join("\n")}\n`, version);
}

/** The lines that learning adds, and what it refuses as `key: sentence`. */
export function learntLines(needs: Needs, unit: Unit, host?: RunHost) {
  const all = learntSettings(needs, unit, host);
  return { lines: all.filter((it) => it.grade !== "refused").map(lineText), refused: refusedIn(all) };
}

/** Refused settings as `key: sentence`. */
export const refusedIn = (all: readonly LearntSetting[]): readonly string[] =>
  all.filter((it) => it.grade === "refused").map((it) => `${it.key}: ${it.evidence}`);

/** A setting as a line. */
export const lineText = ({ key, value }: LearntSetting): string => `${key}=${value}`;
