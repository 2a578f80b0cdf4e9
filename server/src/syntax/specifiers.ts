/** A `%` and the letter or digit after it, or `%%`; offsets count in the text that was searched. */
export interface Specifier {
  readonly letter: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The specifiers of a value from the left. Follows specifier_printf(), systemd 262:
 * a `%` before anything but a letter, a digit or `%` stands for itself, and so does one at the end.
 */
export function specifiersOf(text: string): Specifier[] {
  const found: Specifier[] = [];
  for (let at = text.indexOf("%"); at >= 0 && at + 1 < text.length; at = text.indexOf("%", at)) {
    const letter = text.charAt(at + 1);
    const counts = /[A-Za-z0-9%]/.test(letter);
    if (counts) found.push({ letter, from: at, to: at + 2 });
    at += counts ? 2 : 1;
  }
  return found;
}
