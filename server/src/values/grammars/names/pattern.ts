import type { Issue, Piece } from "../../grammar.ts";
import { issueAt, part } from "../../piece.ts";

/** How far the reading of a pattern has come. */
interface State {
  at: number;
  /** Where the groups that are open begin. */
  readonly open: number[];
  /** Whether something that can be repeated stands in front. */
  repeatable: boolean;
}

/**
 * What PCRE2 surely finds wrong with a regular expression: brackets, parentheses and quantifiers that fit nothing. Patterns
 * with comments or other modes are not looked at. Follows pattern_compile_and_log(), systemd 257 to 262.
 */
export function patternIssue(pattern: Piece): Issue | undefined {
  const { text } = pattern;
  if (/\(\?[#a-wyz^-]*x|\(\?#|\(\*/.test(text)) return undefined;
  const state: State = { at: 0, open: [], repeatable: false };
  while (state.at < text.length) {
    const from = state.at;
    const message = step(text, state);
    if (message) return issueAt(part(pattern, from, from + 1), "value/pattern", message);
  }
  const open = state.open.at(-1);
  if (open === undefined) return undefined;
  const at = part(pattern, open, open + 1);
  return issueAt(at, "value/pattern", "has a parenthesis that is not closed");
}

function step(text: string, state: State): string | undefined {
  const char = text.charAt(state.at++);
  switch (char) {
    case "\\":
      if (text.startsWith("Q", state.at)) {
        const end = text.indexOf("\\E", state.at);
        state.at = end < 0 ? text.length : end + 2;
        state.repeatable = true;
      } else state.repeatable = !ASSERTIONS.includes(text.charAt(state.at++));
      return undefined;
    case "[": {
      const end = classEnd(text, state.at);
      if (end === undefined) return "has a bracket that is not closed";
      state.at = end;
      state.repeatable = true;
      return undefined;
    }
    case "(":
      state.open.push(state.at - 1);
      // What follows `(?` is no quantifier.
      state.repeatable = text.startsWith("?", state.at);
      if (state.repeatable) state.at++;
      return undefined;
    case ")":
      state.repeatable = true;
      return state.open.pop() === undefined ? "has an unmatched closing parenthesis" : undefined;
    case "|":
    case "^":
    case "$":
      state.repeatable = false;
      return undefined;
    case "*":
    case "+":
    case "?":
      return repeat(char, text, state);
    case "{": {
      const [whole, low, high] = /^(\d+)(?:,(\d*))?\}/.exec(text.slice(state.at, state.at + LONGEST)) ?? [];
      if (whole === undefined) {
        state.repeatable = true;
        return undefined;
      }
      state.at += whole.length;
      if (high && Number(low) > Number(high)) return "has a repetition whose second number is smaller";
      return repeat(`{${whole}`, text, state);
    }
    default:
      state.repeatable = true;
      return undefined;
  }
}

function repeat(quantifier: string, text: string, state: State): string | undefined {
  if (!state.repeatable) return `has ${quantifier} with nothing to repeat before it`;
  // A second character makes it lazy or possessive.
  if (text.startsWith("?", state.at) || text.startsWith("+", state.at)) state.at++;
  state.repeatable = false;
  return undefined;
}

/** What matches a place between characters, after a backslash. */
const ASSERTIONS = "bBAzZG";

/** As long as the braces of a repetition get. */
const LONGEST = 16;

/** After the `]` of a class; a `]` at its start, an escaped one and that of `[:alpha:]` belong to it. */
function classEnd(text: string, from: number): number | undefined {
  let at = from;
  if (text.startsWith("^", at)) at++;
  if (text.startsWith("]", at)) at++;
  for (; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "]") return at + 1;
    if (char === "\\") {
      if (text.startsWith("Q", at + 1)) {
        const end = text.indexOf("\\E", at);
        at = end < 0 ? text.length : end + 1;
      } else at++;
    }
    const posix = char === "[" ? /\[([:.=])[a-z^-]*\1\]/y : undefined;
    if (posix) {
      posix.lastIndex = at;
      at += Math.max(0, (posix.exec(text)?.[0].length ?? 1) - 1);
    }
  }
  return undefined;
}
