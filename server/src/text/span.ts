/** A stretch of a text in UTF-16 offsets, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span of something that is more than that, which is not kept alive by it. */
export const plainSpan = ({ start, end }: Span): Span => ({ start, end });

/** Replaces a span of the text by `newText`; an empty span inserts. */
export interface TextEdit extends Span {
  readonly newText: string;
}

/** The text after all edits, which must not overlap; edits at one offset apply in the order given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}
