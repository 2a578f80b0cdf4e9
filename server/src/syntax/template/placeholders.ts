import type { Span } from "../../text/span.ts";
import type { NamedTemplate, Placeholder, PlaceholderDialect } from "./templateDialect.ts";

/** A placeholder that is a word between signs. */
export interface NamedPlaceholder extends Placeholder {
  /** Whether it is rather a variable of a session or of systemd, as nobody can tell from it alone. */
  readonly isDoubtful: boolean;
}

const NAMED =
  /@@?[A-Za-z_][\w.-]{0,99}@@?|@\([^)\s]{1,99}\)|__[A-Z](?:_?[A-Z0-9]){0,99}__|%%?[A-Z][A-Z0-9_]{2,99}%%?|#[A-Z][A-Z0-9_]{2,99}#|\$\{[A-Za-z_][^}\s]{0,99}\}|\$[A-Za-z_]\w{0,99}/g;

/** What only the name of a file makes one: `%{NAME}`, `{NAME}`, and a word in capitals that a path begins with. */
const IN_TEMPLATES =
  /%\{[A-Za-z_?!][^{}\s]{0,99}\}|(?<![$%#@{\\])\{[A-Za-z_]\w{1,99}\}(?!\})|(?<==[ \t]{0,9}[-@+!|:]{0,9})[A-Z][A-Z0-9_]{2,99}(?=\/)/;
/** What only m4 replaces: words that are written as its macros usually are, with what is given to them; names of families and capabilities are no macros. */
const IN_M4 = /(?<![\w`])(?!(?:AF|CAP)_)[A-Z][A-Z0-9]{0,99}_[A-Z0-9_]{1,99}(?:\([^()\n]{0,200}\))?/;

const either = (...all: readonly RegExp[]): RegExp => new RegExp(all.map((it) => it.source).join("|"), "g");
const NAMED_IN_TEMPLATES = either(NAMED, IN_TEMPLATES);
const NAMED_IN_M4 = either(NAMED, IN_TEMPLATES, IN_M4);

const DIALECTS: Readonly<Record<string, PlaceholderDialect>> = {
  "@": "at",
  _: "underscores",
  "%": "percent",
  "#": "hash",
  $: "dollar",
  "{": "braces",
};

/** Those that each session has; that systemd replaces them in any value is a common belief. */
const USUAL = /^\$\{?(?:HOME|USER|LOGNAME|SHELL|PATH|PWD|LANG|TMPDIR|HOSTNAME|UID|EUID|DISPLAY|MAINPID|XDG_\w+)\b/;

/** A variable of those that fill in templates. */
const CAPITAL = /^\$(?:\{|[A-Z][A-Z0-9_]{1,99}$)/;

/** The words between signs in a stretch of a text, whichever of them count; more of them where the name of the file says what it is. */
export function namedPlaceholders(
  text: string,
  { start, end }: Span,
  named: NamedTemplate | undefined,
): readonly NamedPlaceholder[] {
  const found: NamedPlaceholder[] = [];
  const line = text.slice(start, end);
  const pattern = named === undefined ? NAMED : named === "m4" ? NAMED_IN_M4 : NAMED_IN_TEMPLATES;
  pattern.lastIndex = 0;
  for (let it = pattern.exec(line); it; it = pattern.exec(line)) {
    const { index } = it;
    // The last sign of two may begin the next one.
    const word = /^@\w.*@@$/.test(it[0]) ? it[0].slice(0, -1) : it[0];
    pattern.lastIndex = index + word.length;
    if (!isPlaceholder(word, line, index) && found.at(-1)?.end !== start + index) {
      // What ends one may begin another.
      pattern.lastIndex = index + 1;
      continue;
    }
    const dialect = word.startsWith("@(") ? "empy" : (DIALECTS[word[0] ?? ""] ?? (named === "m4" ? "m4" : "word"));
    found.push({
      start: start + index,
      end: start + index + word.length,
      dialect,
      isDoubtful: word.startsWith("$") && (USUAL.test(word) || !CAPITAL.test(word)),
    });
  }
  return found;
}

/** What stands before the value of a setting, such as the minus before a path that may be missing. */
const PREFIX = /(?:^|[\s=,"'])[-+!|:@]{1,9}$/;

/** Whether a word between signs is one, by what stands before it: `getty@a@b.service` and `%%X%` are none. */
function isPlaceholder(word: string, line: string, index: number): boolean {
  const before = line[index - 1] ?? "";
  switch (word[0]) {
    case "@":
      if (word[1] === "(") return !/\w/.test(before);
      return (
        word.startsWith("@@") === word.endsWith("@@") &&
        (!/[\w.@-]/.test(before) ||
          PREFIX.test(line.slice(Math.max(0, index - 12), index)) ||
          /^@+[A-Z][A-Z0-9_]*@+$/.test(word))
      );
    case "%":
      return word.startsWith("%%") === word.endsWith("%%") && before !== "%";
    case "$":
      return before !== "$" && before !== "\\";
    default:
      return true;
  }
}
