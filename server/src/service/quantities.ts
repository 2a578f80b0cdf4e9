import { type DirectiveName, directive, grammarIn } from "../catalog/catalog.ts";
import type { SectionName } from "../catalog/sections.ts";
import { mergedAssignments, type Unit } from "../units/unit.ts";
import { whereOf } from "../units/where.ts";
import type { ReportedIssue } from "../values/grammar.ts";
import { issuesOf } from "../values/read.ts";
import { parseSize } from "../values/size.ts";
import { parseTimeSpan } from "../values/timeSpan.ts";

/** The values that systemd does not ignore. */
export function accepted(unit: Unit, section: SectionName, name: DirectiveName): readonly string[] {
  const row = directive(section, name);
  const type = row && grammarIn(row, unit.version);
  const texts = mergedAssignments(unit, section, name).map(({ text }) => text);
  return type ? texts.filter((it) => !issuesOf(type, it, whereOf(unit)).some(isDropped)) : texts;
}

const isDropped = ({ effect }: ReportedIssue): boolean => effect === "assignment" || effect === "refused";

/** The last value that systemd accepts. */
export function lastAccepted<T>(
  unit: Unit,
  section: SectionName,
  name: DirectiveName,
  parse: (text: string) => T | undefined,
) {
  return accepted(unit, section, name)
    .map((text) => parse(text))
    .findLast((it) => it !== undefined);
}

/** A time span in seconds, as the last line that systemd accepts says it. */
export function secondsOf(unit: Unit, section: SectionName, name: DirectiveName): number | undefined {
  return lastAccepted(unit, section, name, (text) => {
    const span = text === "" ? undefined : parseTimeSpan(text, "s");
    if (!span || "error" in span) return undefined;
    return span.nanoseconds === "infinity" ? Number.POSITIVE_INFINITY : Number(span.nanoseconds) / 1e9;
  });
}

/** A size in bytes; of a pair such as that of LimitNOFILE= the soft one, undefined for a share such as 50%. */
export function bytesOf(unit: Unit, section: SectionName, name: DirectiveName): number | undefined {
  return lastAccepted(unit, section, name, (text) => {
    const [soft = ""] = text.split(":");
    if (soft === "infinity") return Number.POSITIVE_INFINITY;
    const read = /^\d/.test(soft) && !soft.endsWith("%") ? parseSize(soft, 1024) : undefined;
    return read === undefined || "error" in read ? undefined : Number(read.bytes);
  });
}
