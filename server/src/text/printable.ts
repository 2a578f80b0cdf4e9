/** What acts on a terminal, turns the order of text round, or ends a line without being asked; but for LF and tab. */
const ACTS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/gu;

/** The text with an escape for each character that acts on a terminal or has no form of its own: of `\x1b` and `\u202e`, or another. */
export function printable(text: string, shown: (character: string) => string = asEscape): string {
  return text.replace(ACTS, shown);
}

/** The text without line ends, which are shown as `\n`: what is part of a line begins no other one. */
export function onOneLine(text: string): string {
  return text.replaceAll("\n", "\\n");
}

/** A byte that is not UTF-8 is a lone surrogate in our texts, and is shown as the byte. */
function asEscape(character: string): string {
  const code = character.charCodeAt(0);
  const byte = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
  return byte <= 0xff ? `\\x${hex(byte, 2)}` : `\\u${hex(byte, 4)}`;
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");
