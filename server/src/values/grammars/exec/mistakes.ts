import type { Command } from "../../../syntax/commandLine.ts";
import type { Word } from "../../../syntax/words.ts";
import type { Issue, Piece, Replacement } from "../../grammar.ts";
import { extentOf, issueAt, part } from "../../piece.ts";
import { about } from "../../wording.ts";
import { formatMistake } from "./dateFormat.ts";
import { cutScript, earlyVariable, patternEscape } from "./scripts.ts";

/** A command with what its rules ask again and again. */
interface Line {
  readonly value: Piece;
  readonly command: Command;
  /** The name of the program without its directory. */
  readonly program: string;
  /** Whether `$` counts. */
  readonly replaces: boolean;
  /** Which arguments are scripts for another program: those after an option as in `sh -c` and `perl -e`. */
  readonly scriptsFrom: number;
}

const SHELLS = new Set(["sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish", "csh", "tcsh", "busybox"]);

/** For these a lone `<`, `>` or `|` is an ordinary argument. */
const COMPARERS = new Set(["test", "[", "expr", "awk", "gawk", "mawk", "jq"]);

/** Programs that take the names of files and never look for patterns in them. */
const FILE_TOOLS = new Set(
  "cat chattr chgrp chmod chown cp install ln ls mkdir mv rm rmdir setfacl shred touch truncate".split(" "),
);

/**
 * What systemd silently accepts although its writer meant something else: a shell's syntax, variables in the wrong
 * place, comments. Of a shell's syntax only the first word.
 */
export function unseenMistakes(value: Piece, command: Command): Issue[] {
  const { prefixes, path, args } = command;
  if (prefixes.includes("|")) return [];
  const program = path.value.slice(path.value.lastIndexOf("/") + 1);
  const option = args.findIndex((word) => /^-[A-Za-z]*[ce]$/.test(word.value));
  const scriptsFrom = option < 0 ? args.length : option + 1;
  const line: Line = { value, command, program, replaces: !prefixes.includes(":"), scriptsFrom };
  const found = [programMistake(line) ?? shellWord(line)];
  const last = args.at(-1);
  const isPlain = !SHELLS.has(program) && !SUSPICIOUS.test(value.text.slice(path.to, last?.to));
  if (!last || isPlain) return found.filter((it) => it !== undefined);
  const comment = args.findIndex((word) => /^#+$/.test(written(line, word).text));
  const read = comment < 0 ? args : args.slice(0, comment);
  const shells = SHELLS.has(program) && comment < 0 ? read.findIndex(({ value: it }) => /^-[a-z]*c$/.test(it)) + 1 : 0;
  const script = shells > 0 ? read[shells] : undefined;
  found.push(
    (script && cutScript(value, script, read.slice(shells + 1))) ??
      first(read, (word, i) => shellMistake(line, word, i)),
    script && line.replaces ? earlyVariable(value, script) : undefined,
  );
  for (const [i, word] of read.entries()) {
    const raw = written(line, word);
    found.push(variableMistake(line, word, i) ?? formatMistake(raw, program) ?? patternEscape(raw));
    if (found.length > MAX_MISTAKES) break;
  }
  const sign = args[comment];
  if (sign) {
    const { from, to } = part(value, sign.from, last.to);
    found.push({
      from,
      to,
      code: "value/trailing-comment",
      ...about(part(value, sign.from, last.to), "is a comment after the command"),
      consequence: "its words become arguments",
    });
  }
  return found.filter((it) => it !== undefined);
}

/** Without one of these characters in the arguments there is nothing to look for. */
const SUSPICIOUS = /[|&<>$`*?[~#%\\]/;

/** After so many words nobody reads on. */
const MAX_MISTAKES = 1000;

function first(words: readonly Word[], look: (word: Word, i: number) => Issue | undefined): Issue | undefined {
  for (const [i, word] of words.entries()) {
    const issue = look(word, i);
    if (issue) return issue;
  }
  return undefined;
}

const written = ({ value }: Line, word: Word): Piece => part(value, word.from, word.to);

/** What POSIX has a shell do by itself (XCU 2.4, 2.9.1.1, 2.14), and for some of it the setting that does the same. */
const SHELL_WORDS: ReadonlyMap<string, string> = new Map([
  ..."alias bg break case command continue do done elif else esac eval exec exit fc fg fi for getopts hash if jobs"
    .concat(" read readonly return set shift then times trap type unalias unset until wait while")
    .split(" ")
    .map((it): [string, string] => [it, ""]),
  ["cd", "WorkingDirectory="],
  ["export", "Environment="],
  ["source", "EnvironmentFile="],
  ["ulimit", "settings such as LimitNOFILE="],
  ["umask", "UMask="],
]);

/** The setting that does what a word of a shell does; undefined where there is none. */
export const settingInstead = (word: string): string | undefined => SHELL_WORDS.get(word) || undefined;

/** A program that only a shell has: systemd looks for a file of that name. */
function shellWord({ value, command: { path } }: Line): Issue | undefined {
  const at = part(value, path.from, path.to);
  const isAssignment = /^[A-Za-z_][A-Za-z0-9_]*=/.test(at.text);
  const instead = isAssignment ? "Environment=" : SHELL_WORDS.get(at.text);
  if (instead === undefined) return undefined;
  const what = isAssignment ? "sets a variable only in a shell" : "is a command of the shell";
  const wording = about(at, `${what}, but systemd runs no shell`);
  const consequence = `it looks for a program of that name${instead === "" ? "" : `; use ${instead} instead`}`;
  return issueAt(at, "value/shell-syntax", { ...wording, consequence });
}

function programMistake({ value, command: { path } }: Line): Issue | undefined {
  if (!/\$(?:[A-Za-z_{])/.test(path.value)) return undefined;
  const at = part(value, path.from, path.to);
  const wording = about(at, "has a variable in the program name, where systemd expands none");
  return issueAt(at, "value/variable-program", wording);
}

/** Whether a word stands for itself: without quotes and escapes. */
const isBare = (line: Line, word: Word): boolean => written(line, word).text === word.value;

const OPERATOR = /^(?:\|\|?|\|&|&&)$/;
const REDIRECTION = /^(?:[0-9]?>>?|&>>?|[0-9]?<)(?:&[0-9-]|[/$%]\S*)?$/;

function shellMistake(line: Line, word: Word, i: number): Issue | undefined {
  const { program, command } = line;
  const raw = written(line, word);
  const { text } = raw;
  const bare = isBare(line, word);
  const ends = i === command.args.length - 1;
  const operates =
    bare &&
    !COMPARERS.has(program) &&
    (OPERATOR.test(text) || REDIRECTION.test(text) || (ends && i > 0 && text === "&"));
  const substitutes =
    !SHELLS.has(program) &&
    i < line.scriptsFrom &&
    (bare ? /\$\(|^`|=`/.test(text) : /^"(?:\$\([^"]*\)|`[^"]*`)"$/.test(text));
  const globs = bare && FILE_TOOLS.has(program) && /^\/.*[*?]|^\/[^[\n]*\[.+\]/.test(text);
  const home = bare && !SHELLS.has(program) && /^~\//.test(text);
  if (!operates && !substitutes && !globs && !home) return undefined;
  const wording = about(raw, "is shell syntax, but systemd runs no shell");
  return issueAt(raw, "value/shell-syntax", wording, byShell(line));
}

/** The same command as the argument of a shell, where nothing in it needs other quotes then. */
function byShell(line: Line): Replacement[] {
  const { value, program, command } = line;
  const last = command.args.at(-1);
  if (!last || command.prefixes.includes("@") || SHELLS.has(program)) return [];
  const whole = part(value, command.path.from, last.to);
  if (/['\\]|\$\$|^"/.test(whole.text)) return [];
  return [{ title: "Run the line with a shell", ...extentOf(whole), text: `/bin/sh -c '${whole.text}'` }];
}

/** A variable that is not replaced, or by nothing, because it does not stand alone. */
function variableMistake(line: Line, word: Word, i: number): Issue | undefined {
  if (!line.replaces || !word.value.includes("$")) return undefined;
  const raw = written(line, word);
  const bare = isBare(line, word);
  if (/^\\\$\w+$/.test(word.value) && i < line.scriptsFrom && word.unknownEscapes.length === 0) {
    const consequence = "systemd hands it on with the backslash, and puts no variable in";
    const fixes = bare || raw.text !== `\\${word.value}` ? [] : withoutBackslashes(raw);
    return issueAt(raw, "value/variable", { ...about(raw, "begins with a backslash"), consequence }, fixes);
  }
  const leading = /^\$(?![{$])(.+)$/s.exec(word.value)?.[1];
  if (leading !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(leading) && !leading.startsWith("(")) {
    const consequence = "systemd reads all of it as the name of a variable";
    const fixes = bare ? braced(raw, /^\$([A-Za-z_][A-Za-z0-9_]*)/) : [];
    return issueAt(raw, "value/variable", { ...about(raw, "expands to nothing"), consequence }, fixes);
  }
  if (!bare || SHELLS.has(line.program) || i >= line.scriptsFrom) return undefined;
  const inside = /[^$]\$([A-Z_][A-Z0-9_]*)(?![A-Za-z0-9_])/.exec(raw.text);
  if (!inside || !/^[-/]/.test(raw.text)) return undefined;
  const at = part(raw, inside.index + 1, inside.index + inside[0].length);
  const wording = about(at, `stands inside a word, where systemd expands only \${${inside[1]}}`);
  return issueAt(at, "value/variable", wording, braced(at, /^\$([A-Za-z_][A-Za-z0-9_]*)/));
}

const withoutBackslashes = (raw: Piece): Replacement[] => {
  const text = raw.text.replace(/^\\+/, "");
  return [{ title: `Write ${text}`, ...extentOf(raw), text }];
};

function braced(raw: Piece, pattern: RegExp): Replacement[] {
  const found = pattern.exec(raw.text);
  if (!found) return [];
  const at = part(raw, 0, found[0].length);
  return [{ title: `Write \${${found[1]}}`, ...extentOf(at), text: `\${${found[1]}}` }];
}
