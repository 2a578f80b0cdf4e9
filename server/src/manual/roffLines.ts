/** Reads a text line by line from an offset, without cutting it up. */
export interface Lines {
  /** The line that comes next; undefined at the end. */
  peek(): string | undefined;
  /** The line after `peek()`'s by a number of lines. */
  ahead(count: number): string | undefined;
  /** Where the line that comes next begins. */
  at(): number;
  skip(): void;
}

/** The lines of a text from an offset on, the byte LF ending each. */
export function roffLines(text: string, start = 0): Lines {
  let offset = start;
  let end = -1;
  const endOf = (from: number): number => {
    const found = text.indexOf("\n", from);
    return found < 0 ? text.length : found;
  };
  return {
    peek() {
      if (offset >= text.length) return undefined;
      if (end < 0) end = endOf(offset);
      return text.slice(offset, end);
    },
    ahead(count) {
      let from = offset;
      for (let i = 0; i < count; i++) from = endOf(from) + 1;
      return from >= text.length ? undefined : text.slice(from, endOf(from));
    },
    at: () => offset,
    skip() {
      offset = (end < 0 ? endOf(offset) : end) + 1;
      end = -1;
    },
  };
}
