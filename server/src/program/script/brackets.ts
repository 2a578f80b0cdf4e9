/** Where a sign stands that is not escaped; -1 for nowhere. */
export function signAt(text: string, from: number, close: string, limit: number): number {
  for (let at = from; at < Math.min(text.length, limit); at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === close) return at;
  }
  return -1;
}

/** Where the bracket at an offset is closed; -1 where it is not. */
export function bracketEnd(text: string, from: number, open: string, close: string, limit: number): number {
  let depth = 0;
  for (let at = from; at < Math.min(text.length, limit); at++) {
    const here = text[at];
    if (here === "\\") at++;
    else if (here === open) depth++;
    else if (here === close && --depth === 0) return at;
  }
  return -1;
}
