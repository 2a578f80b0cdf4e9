import { isAdvice } from "../findings/advice.ts";
import type { Finding } from "../findings/finding.ts";
import type { Span } from "../text/span.ts";
import { typedLine, type Writing } from "./unfinished.ts";

/** What is remembered of the findings of a text, so that those of the next one can be compared with them. */
interface Snapshot {
  readonly length: number;
  /** Each with the words that it points to, and without its fixes. */
  readonly findings: readonly { readonly finding: Finding; readonly words: string }[];
}

/** What is remembered of a document from one look at it to the next. */
export interface QuietState {
  readonly begun: number | undefined;
  /** Everything that was found. */
  readonly found: Snapshot;
  /** What was shown, where a line was being typed. */
  readonly shown?: Snapshot;
}

/** What is shown now, whether that is less or other than what was found, and what the next look needs. */
export interface QuietFindings {
  readonly shown: readonly Finding[];
  readonly held: boolean;
  readonly state: QuietState;
}

/**
 * The findings without what the line that is being typed brings, so that nothing turns red under the fingers:
 *
 * - The line itself has none.
 * - On other lines nothing new comes, as it would be half a word there that brought it: a second `OnCalendar=` without a value
 *   yet clears the first. What is gone is gone at once.
 * - Hardening advice stays as it was: it follows the program, and each path that is half typed is another program.
 */
export function quietFindings(
  text: string,
  findings: readonly Finding[],
  writing: Writing,
  before: QuietState | undefined,
): QuietFindings {
  const { begun } = writing;
  const line = typedLine(text, writing);
  const found = snapshot(text, findings);
  if (!line) return { shown: findings, held: false, state: { begun, found } };
  const known = before && before.begun === begun ? before.shown : before?.found;
  const shown = known ? whileTyped(text, findings, line, known) : findings.filter((it) => !isOn(it, line));
  const held = shown.length !== findings.length || shown.some((it, i) => it !== findings[i]);
  return { shown, held, state: { begun, found, shown: held ? snapshot(text, shown) : found } };
}

const snapshot = (text: string, findings: readonly Finding[]): Snapshot => ({
  length: text.length,
  findings: findings.map((it) => ({ finding: { ...it, fixes: [] }, words: text.slice(it.start, it.end) })),
});

function whileTyped(text: string, findings: readonly Finding[], line: Span, known: Snapshot): readonly Finding[] {
  const added = text.length - known.length;
  const moved = known.findings.flatMap(({ finding, words }) => {
    const by = finding.start < line.start ? 0 : added;
    const [start, end] = [finding.start + by, finding.end + by];
    return text.slice(start, end) === words ? [{ ...finding, start, end }] : [];
  });
  const places = new Set(moved.map(place));
  const current = new Map(findings.map((it) => [`${place(it)} ${it.end} ${it.message}`, it]));
  const advice = moved.filter(isAdvice).map((it) => current.get(`${place(it)} ${it.end} ${it.message}`) ?? it);
  const alarms = findings.filter((it) => !isAdvice(it) && places.has(place(it)));
  return [...alarms, ...advice].filter((it) => !isOn(it, line)).toSorted((a, b) => a.start - b.start);
}

const place = ({ code, start }: Finding): string => `${code} ${start}`;

const isOn = ({ start, end }: Span, line: Span): boolean => start <= line.end && end >= line.start;
