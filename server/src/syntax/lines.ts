const LF = 10;
const CR = 13;
const BACKSLASH = 92;

/** Where the physical line ends that a text has at an offset: before its LF, CR or NUL. */
export function lineEnd(text: string, start: number): number {
  let end = start;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === LF || code === CR || code === 0) break;
  }
  return end;
}

/** Follows read_line_full(): each kind of line end counts once, and a NUL is always the last. */
export function skipLineEnd(text: string, end: number): number {
  let seen = 0;
  let next = end;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    const kind = code === LF ? 1 : code === CR ? 2 : code === 0 ? 4 : 0;
    if (kind === 0 || (seen & kind) !== 0) break;
    seen |= kind;
    next++;
    if (kind === 4) break;
  }
  return next;
}

/** Whether systemd accepts a character for a blank (WHITESPACE). */
export const isBlank = (code: number): boolean => code === 32 || code === 9 || code === LF || code === CR;

/** Whether the first character of a physical line that is no blank is `#` or `;`. */
export function isComment(text: string, start: number, end: number): boolean {
  let i = start;
  while (i < end && isBlank(text.charCodeAt(i))) i++;
  const code = i < end ? text.charCodeAt(i) : 0;
  return code === 35 || code === 59;
}

/** An odd number of backslashes at the very end; each one escapes the next from the left. */
export function endsInBackslash(text: string, from: number, end: number): boolean {
  let count = 0;
  for (let i = end - 1; i >= from && text.charCodeAt(i) === BACKSLASH; i--) count++;
  return count % 2 === 1;
}
