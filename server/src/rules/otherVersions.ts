import { type Directive, typeIn } from "../catalog/catalog.ts";
import type { Problem, Where } from "../values/grammar.ts";
import { problemsOf } from "../values/read.ts";
import { valueType } from "../values/valueTypes.ts";
import { NEWEST_VERSION, OLDEST_VERSION, type SystemdVersion } from "../values/version.ts";

/** What another version makes of a value: whether it reads all of it, and where it finds a word wrong. */
interface Reading {
  readonly whole: boolean;
  readonly wrong: ReadonlySet<number>;
}

/**
 * Says of a problem whether another systemd than the target takes what is wrong here: the end of a message, empty where
 * none does. Each version reads the value at most once.
 */
export function otherVersions(directive: Directive, text: string, where: Where): (problem: Problem) => string {
  const readings = new Map<SystemdVersion, Reading>();
  const takes = (version: SystemdVersion, { from }: Problem): boolean => {
    const reading = readings.get(version) ?? readIn(version, directive, text, where);
    readings.set(version, reading);
    return reading.whole && !reading.wrong.has(from);
  };
  return (problem) => {
    for (let version = where.version + 1; version <= NEWEST_VERSION; version++)
      if (takes(version, problem)) return `; that requires systemd ${version}`;
    for (let version = where.version - 1; version >= OLDEST_VERSION; version--)
      if (takes(version, problem)) return `; systemd ${version + 1} no longer accepts that`;
    return "";
  };
}

function readIn(version: SystemdVersion, directive: Directive, text: string, where: Where): Reading {
  const loud = problemsOf(valueType(typeIn(directive, version)), text, { ...where, version }).filter(
    ({ effect }) => effect !== "complains" && effect !== "silent",
  );
  return { whole: loud.every(({ effect }) => effect === "word"), wrong: new Set(loud.map((it) => it.from)) };
}
