/** A place as LSP counts it: line and UTF-16 character, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets into LSP positions and back. */
export interface LineIndex {
  /** The position of an offset; offsets outside of the text are moved to its ends. */
  positionAt(offset: number): Position;
  /** The offset of a position; positions outside of the text or the line are moved to their ends. */
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

/** Builds the index of a text whose lines end at LF, CR LF or CR, as LSP says (systemd counts others: syntax/lines.ts). */
export function lineIndex(text: string): LineIndex {
  const starts = text.includes("\r") ? startsOf(text) : plainStartsOf(text);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    positionAt(offset) {
      const inside = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(inside);
      return { line, character: inside - (starts[line] ?? 0) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      const start = starts[line];
      if (start === undefined) return text.length;
      let end = starts[line + 1] ?? text.length;
      if (end > start && text.charCodeAt(end - 1) === 10) end--;
      if (end > start && text.charCodeAt(end - 1) === 13) end--;
      return Math.min(start + Math.max(0, character), end);
    },
  };
}
