/**
 * A copy of a text with memory of its own. A slice keeps the whole text that it was cut from, and tables compare it
 * several times as slowly.
 */
export function ownText(text: string): string {
  const half = text.length >> 1;
  return text.slice(0, half) + text.slice(half);
}
