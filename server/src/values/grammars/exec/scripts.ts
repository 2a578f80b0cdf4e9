import type { Word } from "../../../syntax/words.ts";
import type { Issue, Piece } from "../../grammar.ts";
import { extentOf, issueAt, part } from "../../piece.ts";
import { about } from "../../wording.ts";

/** Longer scripts stand in files. */
const MAX_SCRIPT = 4096;

/** A script without quotes: the shell takes the first word alone, and the rest as its parameters, which nothing reads. */
export function cutScript(value: Piece, script: Word, rest: readonly Word[]): Issue | undefined {
  const raw = part(value, script.from, script.to);
  const last = rest.at(-1);
  if (!last || raw.text !== script.value || !/^[\w./-]+$/.test(raw.text)) return undefined;
  // A word that only names the shell, as $0, is left out by nobody's mistake.
  if (rest.length === 1 && /(?:^|\/)-?\w*sh$/.test(last.value)) return undefined;
  const whole = part(value, script.from, last.to);
  const wording = about(raw, "is the only word that the shell runs as its script");
  const consequence = "the words after it are its parameters; put the whole script in quotes";
  const fixes = /['\\]/.test(whole.text)
    ? []
    : [{ title: "Put the script in quotes", ...extentOf(whole), text: `'${whole.text}'` }];
  return issueAt(raw, "value/script", { ...wording, consequence }, fixes);
}

const ASSIGNED = /\bfor\s{1,9}(\w+)\s{1,9}in\b|\bread\s{1,9}(?:-r\s{1,9})?(\w+)|(?<![^\s;&|(])([A-Za-z_]\w*)=/g;
const BRACED = /(?<!\$)\$\{([A-Za-z_]\w*)\}/g;

/** `${n}` of a variable that the script sets itself: systemd puts in what the unit says, which is mostly nothing. */
export function earlyVariable(value: Piece, script: Word): Issue | undefined {
  const raw = part(value, script.from, script.to);
  const { text } = raw;
  if (text.length > MAX_SCRIPT || !text.includes("${")) return undefined;
  const found = [...text.matchAll(BRACED)].find(({ 1: name = "", index }) => isSetBefore(text, name, index));
  if (!found) return undefined;
  const [written, name = ""] = found;
  const at = part(raw, found.index, found.index + written.length);
  const wording = about(at, "is replaced by systemd before the shell sets it");
  const consequence = `it is empty unless the unit sets ${name}; write $${written}`;
  const replaced = text.replace(new RegExp(`(?<!\\$)\\$\\{${name}\\}`, "g"), `$$$${written}`);
  const fixes = [{ title: `Write $${written}`, ...extentOf(raw), text: replaced }];
  return issueAt(at, "value/script-variable", { ...wording, consequence }, fixes);
}

/** Not what the same assignment adds to, as in `PATH=${PATH}:/opt/bin`. */
const isSetBefore = (text: string, name: string, at: number): boolean =>
  [...text.slice(0, at).matchAll(ASSIGNED)].some(
    ({ 1: loop, 2: read, 3: set, index }) =>
      [loop, read, set].includes(name) && (set !== name || /[\s;&|]/.test(text.slice(index, at).trim())),
  );

/** A backspace, which nobody means, or a blank where a pattern has any whitespace. */
const PATTERN_ESCAPE = /(?<!\\)(?:\\\\)*(\\(?:b(?=\w|\()|s(?=\\?[+*?{])|(?<=\^\\)s))/;

/** An escape that a regular expression needs and systemd replaces first. */
export function patternEscape(raw: Piece): Issue | undefined {
  if (raw.text.length > MAX_SCRIPT || !raw.text.includes("\\")) return undefined;
  const found = PATTERN_ESCAPE.exec(raw.text);
  const sign = found?.[1];
  if (!found || sign === undefined) return undefined;
  const start = found.index + found[0].length - sign.length;
  const at = part(raw, start, start + sign.length);
  const wording = about(at, `is ${sign === "\\s" ? "a blank" : "a backspace"} for systemd, which replaces it`);
  const consequence = `the program gets another expression; write \\${sign}`;
  const text = raw.text.replace(/(?<!\\)((?:\\\\)*)\\(?=[bs])/g, "$1\\\\");
  const fixes = [{ title: "Double the backslashes", ...extentOf(raw), text }];
  return issueAt(at, "value/escape", { ...wording, consequence }, fixes);
}
