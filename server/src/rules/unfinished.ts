import type { Finding } from "../findings/finding.ts";
import { lineStart } from "../text/lineStart.ts";
import type { Span } from "../text/span.ts";
import { ownFile, type Unit } from "../units/unit.ts";

/** How the text of a document came about, as far as it shows what its writer is at. */
export interface Writing {
  /** Where the last edit was, if a person may have typed it: what it put into one line. */
  readonly at?: Span | undefined;
  /** Whether the next key may follow: not once typing has rested for a while, or the document was saved. */
  readonly typing: boolean;
  /** Grows whenever typing begins, after a rest or on another line. */
  readonly begun?: number | undefined;
  /** Whether the document began empty and was not saved since. */
  readonly isNew: boolean;
}

/** The text is what its writer wants it to be, as everywhere but in an editor. */
export const FINISHED: Writing = { typing: false, isNew: false };

/**
 * The findings without those that only a finished unit deserves: in a document that is new and was not saved, what makes systemd
 * refuse the whole unit, such as a service without a command, waits until the writer has gone on to a section after the one that
 * it points to: then it could be complete.
 */
export function withoutUnfinished(unit: Unit, findings: readonly Finding[], writing: Writing): readonly Finding[] {
  const { at, isNew } = writing;
  return isNew ? findings.filter((it) => !isOfWholeUnit(it) || hasGoneOn(unit, it, at)) : findings;
}

/** The line of a text that is being typed; undefined where none is. */
export const typedLine = (text: string, { at, typing }: Writing): Span | undefined =>
  typing && at !== undefined ? lineAround(text, at) : undefined;

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
