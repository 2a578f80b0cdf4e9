/** Where the shell puts in something else, or takes something for another character. */
export interface Expansion {
  readonly start: number;
  readonly end: number;
  /** The character that it stands for; undefined where only the shell knows what comes there. */
  readonly character: string | undefined;
}

/** What is known by its first characters: one that is escaped, a continued line, a variable. */
const SIMPLE = /\\(?:[$`\\]|\r?\n)|\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])/y;
/** The same between double quotes, where one of them may be escaped, too. */
const SIMPLE_QUOTED = new RegExp(`\\\\"|${SIMPLE.source}`, "y");
/** Where one may begin. */
const SIGNS = /[\\$`]/g;
/** Longer than this nobody writes one in the text of a unit. */
const LONGEST = 2000;

/** The expansions of a text, in their order; undefined where one does not end, as nobody knows then what is text. */
export function expansionsIn(text: string, quoted = false): readonly Expansion[] | undefined {
  const pattern = quoted ? SIMPLE_QUOTED : SIMPLE;
  const found: Expansion[] = [];
  SIGNS.lastIndex = 0;
  for (let sign = SIGNS.exec(text); sign; sign = SIGNS.exec(text)) {
    const at = sign.index;
    pattern.lastIndex = at;
    const simple = pattern.exec(text)?.[0];
    const isOpened = text[at] === "`" || /^\$[({]$/.test(text.slice(at, at + 2));
    if (simple === undefined && !isOpened) continue;
    const close = simple === undefined ? closeOf(text, at, Math.min(text.length, at + LONGEST)) : at + simple.length;
    if (close === undefined) return undefined;
    const character = simple?.startsWith("\\") ? simple.slice(1).replace(/^\r?\n$/, "") : undefined;
    found.push({ start: at, end: close, character });
    SIGNS.lastIndex = close;
  }
  return found;
}

/** A longer text between quotes is not that of a unit. */
const LONGEST_QUOTED = 100_000;

/** Where a text between double quotes ends, which begins after the first of them; undefined where it does not. */
export function quotedEnd(text: string, start: number): number | undefined {
  for (let at = start; at < Math.min(text.length, start + LONGEST_QUOTED); at++) {
    const here = text[at];
    if (here === '"') return at;
    if (here === "\\") at++;
    else if (here === "`" || (here === "$" && /[({]/.test(text[at + 1] ?? ""))) {
      const close = closeOf(text, at, Math.min(text.length, at + LONGEST));
      if (close === undefined) return undefined;
      at = close - 1;
    }
  }
  return undefined;
}

/** Where what begins with `${`, `$(` or a backtick ends, others inside of it included. */
function closeOf(text: string, start: number, limit: number): number | undefined {
  const open: string[] = [];
  for (let at = start; at < limit; at++) {
    const [top, here, next] = [open.at(-1), text[at] ?? "", text[at + 1] ?? ""];
    if (here === "\\") at++;
    else if (here === top) open.pop();
    else if (here === "`") open.push("`");
    else if (here === "$" && (next === "(" || next === "{")) {
      open.push(next === "(" ? ")" : "}");
      at++;
    } else if (top === ")" && here === "'") {
      at = text.indexOf("'", at + 1);
      if (at < 0 || at >= limit) return undefined;
    } else if (top === ")" && (here === "(" || here === '"')) open.push(here === "(" ? ")" : '"');
    if (open.length === 0) return at + 1;
  }
  return undefined;
}
