/** Where the line begins that an offset is in or ends; a carriage return ends one, too, and is not looked for in all that stands before. */
export function lineStart(text: string, at: number): number {
  const before = text.lastIndexOf("\n", at - 1) + 1;
  return before + text.slice(before, Math.max(at, 1)).lastIndexOf("\r") + 1;
}
