import { parse } from "../syntax/parse.ts";
import { Memory } from "../units/memory.ts";
import type { Unit } from "../units/unit.ts";

/** The unit with some lines of [Service] in one more drop-in, after all others; the whole unit where it is a drop-in. */
export function withServiceLines(unit: Unit, lines: readonly string[]): Unit {
  const whole = unit.main?.unit ?? unit;
  const { family, path, file, version, dropIns } = whole;
  const added = parse(`[Service]\n${lines.join("\n")}\n`);
  return { family, path, file, version, dropIns: [...dropIns, added], memory: new Memory() };
}
