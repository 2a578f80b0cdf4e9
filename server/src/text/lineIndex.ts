/** A place as LSP counts it: line and UTF-16 character, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets into LSP positions and back. */
export interface LineIndex {
  /** The position of an offset; offsets outside the text are moved to its ends. */
  positionAt(offset: number): Position;
  /** The offset of a position; positions outside the text or the line are moved to their ends. */
  offsetAt(position: Position): number;
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The same of a text without CR, which is most of them, several times as fast. */
function plainStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * Builds the index of a text whose lines end at LF, CR LF or CR, as LSP says (systemd counts others: syntax/lines.ts).
 * `known` are the starts of the lines of a text in which each ends at one LF; an empty last line may be missing.
 */
export function lineIndex(text: string, known?: readonly number[]): LineIndex {
  const starts = known ?? (text.includes("\r") ? startsOf(text) : plainStartsOf(text));
  const count = starts.length + (known && (text === "" || text.endsWith("\n")) ? 1 : 0);
  const startOf = (line: number): number | undefined => starts[line] ?? (line < count ? text.length : undefined);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((startOf(middle) ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    positionAt(offset) {
      const inside = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(inside);
      return { line, character: inside - (startOf(line) ?? 0) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      const start = startOf(line);
      if (start === undefined) return text.length;
      let end = startOf(line + 1) ?? text.length;
      if (end > start && text.charCodeAt(end - 1) === 10) end--;
      if (end > start && text.charCodeAt(end - 1) === 13) end--;
      return Math.min(start + Math.max(0, character), end);
    },
  };
}
