const SIMPLE = new Map([
  ["a", "\u0007"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["v", "\v"],
  ["\\", "\\"],
  ['"', '"'],
  ["'", "'"],
  ["s", " "],
]);

const CODED = /(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-3][0-7]{2}))/y;

/** What one C escape stands for and how many characters follow its backslash. */
export interface CEscape {
  readonly value: string;
  readonly length: number;
}

/** The escape after a backslash, undefined where it is none. Follows cunescape_one(), systemd 262: NUL is refused. */
export function cEscapeAt(text: string, afterBackslash: number): CEscape | undefined {
  const simple = SIMPLE.get(text.charAt(afterBackslash));
  if (simple !== undefined) return { value: simple, length: 1 };
  CODED.lastIndex = afterBackslash;
  const match = CODED.exec(text);
  if (!match) return undefined;
  const hex = match[1] ?? match[2] ?? match[3];
  const code = hex === undefined ? Number.parseInt(match[4] ?? "", 8) : Number.parseInt(hex, 16);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { value: String.fromCodePoint(code), length: match[0].length };
}
