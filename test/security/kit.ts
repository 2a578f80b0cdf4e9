import assert from "node:assert/strict";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { type Assessment, assess, type Options } from "../../server/src/security/exposure.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

/** How a unit of a test is read. */
export interface Reading extends Options {
  readonly path?: string;
  readonly version?: number;
  readonly dropIns?: readonly string[];
}

/** A service that loads, with some lines in its [Service] section. */
export function service(lines: string, { path = "x.service", version = 262, dropIns = [] }: Reading = {}): Unit {
  return unit(`[Service]\nExecStart=/bin/true\n${lines}\n`, { path, version, dropIns });
}

/** A unit of any text. */
export function unit(text: string, { path = "x.service", version = 262, dropIns = [] }: Reading = {}): Unit {
  const parts = unitPath(path);
  assert.ok(parts, `${path} is no unit file`);
  return readUnit(parts, text, version, { dropIns });
}

/** The assessment of a service with some lines, which must load. */
export function assessed(lines: string, reading: Reading = {}): Assessment {
  const found = assess(service(lines, reading), reading);
  assert.ok(found.loads, found.messages.join());
  return found;
}

/** The badness of a check by its id; undefined where it does not apply. */
export function badness(id: string, lines: string, reading: Reading = {}): number | undefined {
  const check = assessed(lines, reading).checks.find((it) => it.id === id);
  assert.ok(check, `there is no check ${id}`);
  return check.badness;
}
