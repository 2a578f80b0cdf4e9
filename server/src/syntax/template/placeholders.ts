import type { Dialect, Placeholder } from "./dialect.ts";

/** A placeholder that is a word between signs. */
export interface NamedPlaceholder extends Placeholder {
  /** Whether it is rather a variable of a session or of systemd, as nobody can tell from it alone. */
  readonly isDoubtful: boolean;
}

const NAMED =
  /@@?[A-Za-z_][\w.-]{0,99}@@?|@\([^)\s]{1,99}\)|__[A-Z](?:_?[A-Z0-9]){0,99}__|%%?[A-Z][A-Z0-9_]{2,99}%%?|#[A-Z][A-Z0-9_]{2,99}#|\$\{[A-Za-z_][^}\s]{0,99}\}|\$[A-Za-z_]\w{0,99}/g;

const DIALECTS: Readonly<Record<string, Dialect>> = {
  "@": "at",
  _: "underscores",
  "%": "percent",
  "#": "hash",
  $: "dollar",
};

/** Those that each session has; that systemd replaces them in any value is a common belief. */
const USUAL = /^\$\{?(?:HOME|USER|LOGNAME|SHELL|PATH|PWD|LANG|TMPDIR|HOSTNAME|UID|EUID|DISPLAY|MAINPID|XDG_\w+)\b/;

/** A variable of those that fill in templates. */
const CAPITAL = /^\$(?:\{|[A-Z][A-Z0-9_]{1,99}$)/;

/** The words between signs in a stretch of a text, whichever of them count. */
export function namedPlaceholders(text: string, start: number, end: number): readonly NamedPlaceholder[] {
  const found: NamedPlaceholder[] = [];
  const line = text.slice(start, end);
  NAMED.lastIndex = 0;
  for (let it = NAMED.exec(line); it; it = NAMED.exec(line)) {
    const [word] = it;
    const { index } = it;
    if (!isPlaceholder(word, line[index - 1] ?? "")) {
      // What ends one may begin another.
      NAMED.lastIndex = index + 1;
      continue;
    }
    const dialect = word.startsWith("@(") ? "empy" : (DIALECTS[word[0] ?? ""] ?? "at");
    found.push({
      start: start + index,
      end: start + index + word.length,
      dialect,
      isDoubtful: word.startsWith("$") && (USUAL.test(word) || !CAPITAL.test(word)),
    });
  }
  return found;
}

/** Whether a word between signs is one, by the character before it: `getty@a@b.service` and `%%X%` are none. */
function isPlaceholder(word: string, before: string): boolean {
  switch (word[0]) {
    case "@":
      if (word[1] === "(") return !/\w/.test(before);
      return (
        word.startsWith("@@") === word.endsWith("@@") && (!/[\w.@-]/.test(before) || /^@+[A-Z][A-Z0-9_]*@+$/.test(word))
      );
    case "%":
      return word.startsWith("%%") === word.endsWith("%%") && before !== "%";
    case "$":
      return before !== "$" && before !== "\\";
    default:
      return true;
  }
}
