import { COMMAND_PREFIXES, knowsPrefix } from "../../facts/commandPrefixes.ts";
import { thoseIn } from "../../facts/version.ts";
import { type Command, parseExec } from "../../syntax/commandLine.ts";
import { specifiersOf } from "../../syntax/specifiers.ts";
import type { Word } from "../../syntax/words.ts";
import { grammar } from "../combine.ts";
import { commandIn, commandProblem } from "../command.ts";
import { expand, isIssue } from "../expand.ts";
import type { Effect, Grammar, Issue, Lookup, Offer, Piece, Reader } from "../grammar.ts";
import { colourless, extentOf, issueAt, part, wordTopic } from "../piece.ts";
import { about, unknown } from "../wording.ts";
import { readArgument } from "./exec/argument.ts";
import { unseenMistakes } from "./exec/mistakes.ts";

/** Command lines. */
export const EXEC_LINES = {
  /** A mistake costs the unit, after `-` the rest of the line. */
  exec: grammar(
    "exec",
    "a command line, optionally prefixed with `-`, `@`, `:`, `+` or `!`",
    "reset",
    (value, into) => {
      const { commands, error, broken } = parseExec(value.text);
      const all = (broken ? [...commands, broken] : commands).map((it) => commandIn(it, into.where.version));
      offerCommand(value, all, into);
      let sound = true;
      for (const command of all) {
        colour(value, command, into);
        if (sound) sound = judgeCommand(value, command, into);
      }
      separators(value, all, into);
      if (!error || !sound) return;
      const message = "has a quote that is not closed";
      const issue: Issue = issueAt(part(value, error.from, error.to), "value/command", message);
      into.problem(issue, broken ? effectOf(broken) : "rest");
    },
  ),
} as const satisfies Record<string, Grammar>;

const effectOf = ({ prefixes }: Command): Effect => (prefixes.includes("-") ? "rest" : "refused");

/** Says what is wrong with a command; false where systemd reads no further than it. */
function judgeCommand(value: Piece, command: Command, into: Reader): boolean {
  const { version } = into.where;
  const issue = fatal(value, command, into);
  if (issue) {
    into.problem(issue, effectOf(command));
    return false;
  }
  const { from, prefixes, path, args } = command;
  if (!knowsPrefix("|", version) && path.value.startsWith("|")) {
    const wording = about("|", "is a prefix that requires systemd 258");
    into.problem(issueAt(part(value, path.from, path.to), "value/command", wording), "silent");
  }
  if (!knowsPrefix("!!", version) && prefixes.split("!").length > 2) {
    const plain = value.text.startsWith(prefixes, from);
    const at = part(value, from, plain ? path.from : path.to);
    const fixes = [{ title: "Remove !!", ...extentOf(at), text: prefixes.replaceAll("!", ""), safe: true as const }];
    const wording = about("!!", "is a prefix without effect since systemd 258");
    into.problem({ ...extentOf(at), code: "value/command", ...wording, ...(plain ? { fixes } : {}) }, "complains");
  }
  for (const word of [path, ...args]) {
    for (const at of word.unknownEscapes) into.problem(unknownEscape(value, at), "complains");
  }
  for (const it of unseenMistakes(value, command)) into.problem(it, "silent");
  return true;
}

function unknownEscape(value: Piece, at: number): Issue {
  const written = [...value.text.slice(at, at + 3)].slice(0, 2).join("");
  const { from, to } = part(value, at, at + written.length);
  // Whoever escapes a dollar sign means a variable, or the sign alone: neither is what systemd makes of it now.
  const fixes =
    written === "\\$"
      ? [{ title: "Remove the backslash", from, to: from + 1, text: "" }]
      : [{ title: `Write \\${written}`, from, to: from, text: "\\", safe: true as const }];
  return { from, to, code: "value/command", ...unknown(written, "escape sequence"), fixes };
}

/** What systemd gives up a command for; the specifiers of the program are replaced before it is judged. */
function fatal(value: Piece, command: Command, into: Reader): Issue | undefined {
  const { path } = command;
  const at = part(value, path.from, path.to);
  let judged: Command | undefined = command;
  if (path.value.includes("%")) {
    const resolved = expand({ ...at, text: path.value, exact: at.text === path.value }, "full", colourless(into));
    if (isIssue(resolved)) return resolved;
    // A percent sign that is left is an ordinary character of the name.
    const program = resolved.certain ? resolved.text.replaceAll("%", "_") : "unknown";
    judged = { ...command, path: { ...path, value: program } };
  }
  const problem = commandProblem(judged, into.where.version);
  if (!problem) return undefined;
  const { word, wording, specifier } = problem;
  const raw = part(value, word.from, word.to);
  if (specifier === undefined) return issueAt(raw, "value/command", wording);
  const wrong = specifiersOf(raw.text).find((it) => it.letter === specifier);
  const it = expand(wrong ? part(raw, wrong.from, wrong.to) : raw, "full", colourless(into));
  return isIssue(it) ? it : issueAt(raw, "value/specifier", wording);
}

function colour(value: Piece, { from, prefixes, path, args }: Command, into: Reader): void {
  const { version } = into.where;
  const start = value.from + from;
  if (value.text.startsWith(prefixes, from)) {
    for (let at = 0; at < prefixes.length; ) {
      const text = knowsPrefix("!!", version) && prefixes.startsWith("!!", at) ? "!!" : prefixes.charAt(at);
      const summary = COMMAND_PREFIXES.find((it) => it.text === text)?.summary;
      into.token(start + at, start + at + text.length, "operator", wordTopic(text, `${summary}.`));
      at += text.length;
    }
  }
  into.token(value.from + path.from, value.from + path.to, "program");
  for (const { from: at, to } of value.text.slice(path.from, path.to).includes("%")
    ? specifiersOf(value.text.slice(path.from, path.to))
    : []) {
    expand(part(value, path.from + at, path.from + to), "full", into);
  }
  const replaces = !prefixes.includes(":");
  for (const word of args) readArgument(part(value, word.from, word.to), into, replaces);
}

/** Colours the semicolons between the commands. */
function separators(value: Piece, commands: readonly Command[], into: Reader): void {
  let end = 0;
  for (const { from, path, args } of [...commands, undefined].map((it) => it ?? END)) {
    const to = Math.min(from, value.text.length);
    for (let at = value.text.indexOf(";", end); at >= 0 && at < to; at = value.text.indexOf(";", at + 1))
      into.token(value.from + at, value.from + at + 1, "operator", wordTopic(";", SEPARATOR));
    end = (args.at(-1) ?? path).to;
  }
}

const NOWHERE: Word = { from: 0, to: 0, value: "", unknownEscapes: [] };
const END: Command = { from: Number.POSITIVE_INFINITY, prefixes: "", path: NOWHERE, args: [] };

/** What a `;` between two commands does. */
const SEPARATOR =
  "Ends a command; the next command follows and runs after it. `\\;` passes a semicolon to the program.";

const PROGRAMS: Lookup = { kind: "programs" };

/** Offers programs and prefixes where a command begins or may begin. */
function offerCommand(value: Piece, commands: readonly Command[], into: Reader): void {
  const { cursor, where } = into;
  if (cursor === undefined) return;
  const offers = (prefixes: string) => (): readonly Offer[] =>
    thoseIn(COMMAND_PREFIXES, where.version)
      .filter((it) => !prefixes.includes(it.text.charAt(0)))
      .map(({ text, summary }) => ({ text, summary, role: "operator" }));
  const at = cursor - value.from;
  for (const { prefixes, path } of commands) {
    into.slot(value.from + path.from, value.from + path.from, offers(prefixes));
    into.slot(value.from + path.from, value.from + path.to, () => [], PROGRAMS);
  }
  const before = commands.filter(({ from }) => from <= at).at(-1);
  const words = before ? [before.path, ...before.args] : [];
  const end = words.at(-1)?.to ?? 0;
  const begins = !before || (at > end && /(?:^|\s)["']?;["']?\s+$/.test(value.text.slice(end, at)));
  if (begins) into.slot(cursor, cursor, offers(""), PROGRAMS);
}
