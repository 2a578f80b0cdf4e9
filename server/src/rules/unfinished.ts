import type { Finding } from "../findings/finding.ts";
import { lineStart } from "../text/lineStart.ts";
import type { Span } from "../text/span.ts";
import { ownFile, type Unit } from "../units/unit.ts";

/** How the text of a document came about, as far as it tells what its writer is at. */
export interface Writing {
  /** Where the last edit was, if a person may have typed it: what it put into one line. */
  readonly at?: Span | undefined;
  /** Whether the next key may follow: not once typing has rested for a while, or the document was saved. */
  readonly typing: boolean;
  /** Whether the document began empty and was not saved since. */
  readonly isNew: boolean;
}

/** The text is what its writer wants it to be, as everywhere but in an editor. */
export const FINISHED: Writing = { typing: false, isNew: false };

/**
 * The findings without those that are about what is merely unfinished, so that nothing turns red under the fingers:
 *
 * - What is wrong on the line that is being typed, such as a header without its `]`, half a name or half a value.
 * - In a document that is new and was not saved, what makes systemd refuse the whole unit, such as a service without a
 *   command, until the writer has gone on to a section after the one that it points to: then it could be complete.
 *
 * Hardening advice stays: it says what to add to what is there.
 */
export function withoutUnfinished(unit: Unit, findings: readonly Finding[], writing: Writing): readonly Finding[] {
  const { at, isNew } = writing;
  const line = typedLine(ownFile(unit).text, writing);
  if (!line && !isNew) return findings;
  return findings.filter(
    (it) => !(line && isOnLine(it, line)) && !(isNew && isOfWholeUnit(it) && !hasGoneOn(unit, it, at)),
  );
}

/** The line of a text that is being typed; undefined where none is. */
export const typedLine = (text: string, { at, typing }: Writing): Span | undefined =>
  typing && at !== undefined ? lineAround(text, at) : undefined;

/** Whether a finding is about what is wrong on a line. */
export function isOnLine({ start, end, severity, code }: Finding, line: Span): boolean {
  const isAlarm = severity === "error" || severity === "warning";
  return isAlarm && !code.startsWith("hardening/") && start <= line.end && end >= line.start;
}

const isOfWholeUnit = ({ code, severity }: Finding): boolean => severity === "error" && code.startsWith("unit/");

/** Whether the last edit is in a section after the one that a finding points to. */
function hasGoneOn(unit: Unit, finding: Finding, at: Span | undefined): boolean {
  return (
    at !== undefined &&
    ownFile(unit).sections.some(({ header }) => header.start > finding.end && header.closed && header.end < at.end)
  );
}

/** The line of the file in which a span ends, without its end. */
function lineAround(text: string, { end }: Span): Span {
  const behind = /[\r\n]/.exec(text.slice(end));
  return { start: lineStart(text, end), end: behind ? end + behind.index : text.length };
}
