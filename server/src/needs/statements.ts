import type { UnitFile } from "../syntax/tree.ts";
import type { Span } from "../text/span.ts";
import { memo } from "../units/memo.ts";
import { type OwnComment, ownComments } from "../units/ownComments.ts";

/** What the owner of a service says of a need: that there is one, or that there is none. */
export const STATEMENT_VERBS = ["needs", "no"] as const;

type StatementVerb = (typeof STATEMENT_VERBS)[number];

/** Whether a comment for Unit Warden that begins with a word states what a service needs. */
export const isStatementVerb = (word: string): word is StatementVerb => STATEMENT_VERBS.some((it) => it === word);

/** A word of a statement with its place. */
export interface StatedWord extends Span {
  readonly text: string;
}

/** What one word of a statement says, as `hardware=/dev/ttyUSB0` in `# unit-warden: needs hardware=/dev/ttyUSB0`. */
export interface StatedNeed extends Span {
  readonly says: StatementVerb;
  /** The name of the need, which nobody may know. */
  readonly name: StatedWord;
  /** What stands after the `=`, between commas; undefined without a `=`. */
  readonly details: readonly StatedWord[] | undefined;
}

/** A comment that states what a service needs. */
export interface Statement extends Span {
  readonly line: number;
  readonly says: StatementVerb;
  readonly verbSpan: Span;
  readonly needs: readonly StatedNeed[];
}

/** The statements of a file, in their order. */
export const statementsIn = memo((file: UnitFile): readonly Statement[] =>
  ownComments(file).flatMap((it) => readStatement(it) ?? []),
);

/** What a comment states; undefined where it asks for something else. */
export function readStatement({ start, end, line, verb, verbSpan, named }: OwnComment): Statement | undefined {
  if (!isStatementVerb(verb)) return undefined;
  return { start, end, line, says: verb, verbSpan, needs: statedNeeds(named.text, named.start, verb) };
}

/** The needs that the words of a statement name; blanks part them, and commas where no details are listed. */
export function statedNeeds(text: string, at: number, says: StatementVerb): readonly StatedNeed[] {
  return [...text.matchAll(/[^\s,][^\s]*/g)].flatMap(({ 0: word, index }) => {
    const equals = word.indexOf("=");
    const names = wordsIn(equals < 0 ? word : word.slice(0, equals), at + index);
    const details = equals < 0 ? undefined : wordsIn(word.slice(equals + 1), at + index + equals + 1);
    return names.map((name, i): StatedNeed => {
      const isLast = i === names.length - 1;
      const end = (isLast && details?.at(-1)?.end) || (isLast && details ? name.end + 1 : name.end);
      return { start: name.start, end, says, name, details: isLast ? details : undefined };
    });
  });
}

const wordsIn = (text: string, at: number): readonly StatedWord[] =>
  [...text.matchAll(/[^,]+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: at + index,
    end: at + index + word.length,
  }));
