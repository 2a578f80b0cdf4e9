import { type Directive, grammarIn } from "../catalog/catalog.ts";
import { type SystemdVersion, versionsAfter, versionsBefore } from "../facts/version.ts";
import type { ReportedIssue, Where } from "../values/grammar.ts";
import { issuesOf } from "../values/read.ts";

/** What another version makes of a value: whether it reads all of it, and where it finds a word wrong. */
interface Reading {
  readonly whole: boolean;
  readonly wrong: ReadonlySet<number>;
}

/** What was given up longer ago than so many versions, nobody who writes it today remembers. */
const LOOKS_BACK = 5;

/**
 * Says of a problem whether another systemd than the target takes what is wrong here: the end of a message, empty where
 * none does. Each version reads the value at most once.
 */
export function otherVersions(directive: Directive, text: string, where: Where): (problem: ReportedIssue) => string {
  const readings = new Map<SystemdVersion, Reading>();
  const takes = (version: SystemdVersion, { from }: ReportedIssue): boolean => {
    const reading = readings.get(version) ?? readIn(version, directive, text, where);
    readings.set(version, reading);
    return reading.whole && !reading.wrong.has(from);
  };
  return (problem) => {
    for (const version of versionsAfter(where.version))
      if (takes(version, problem)) return `; that requires systemd ${version}`;
    let next = where.version;
    for (const version of versionsBefore(where.version).slice(0, LOOKS_BACK)) {
      if (takes(version, problem)) return `; systemd ${next} no longer accepts that`;
      next = version;
    }
    return "";
  };
}

function readIn(version: SystemdVersion, directive: Directive, text: string, where: Where): Reading {
  const loud = issuesOf(grammarIn(directive, version), text, { ...where, version }, "brief").filter(
    ({ effect }) => effect !== "complains" && effect !== "silent",
  );
  return { whole: loud.every(({ effect }) => effect === "word"), wrong: new Set(loud.map((it) => it.from)) };
}
