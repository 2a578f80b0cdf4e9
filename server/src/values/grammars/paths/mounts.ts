import { TMPFS_OPTIONS } from "../../../facts/mountOptions.ts";
import { holdsIn } from "../../../facts/version.ts";
import { firstWord, splitWords } from "../../../syntax/words.ts";
import { brokenAt } from "../../broken.ts";
import { grammar, readWords, wordPiece } from "../../combine.ts";
import type { Grammar, Issue, Piece, Reader, ReportedIssue, Term } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { part, wordTopic } from "../../piece.ts";
import { about, noValue } from "../../wording.ts";
import { partsOf, SEPARATE } from "./fields.ts";
import { readMountOptions } from "./mountOptions.ts";
import { ABSOLUTE, FOLDER, readOptionalPath, readPath } from "./path.ts";

const CODE = "value/mount";

const SOURCE: Term = {
  form: ABSOLUTE.form,
  read: (piece, into) => readOptionalPath(piece, ABSOLUTE, into),
};

const RECURSION = [
  { text: "rbind", summary: "Includes everything that is mounted below the source; this is the default." },
  { text: "norbind", summary: "Only the source, without what is mounted below it." },
];

function readRecursion(piece: Piece, into: Reader): Issue | undefined {
  const { from, to } = piece;
  into.slot(from, to, () => RECURSION.map((it) => ({ ...it, role: "word" })));
  const known = RECURSION.find(({ text }) => text === piece.text);
  if (known) into.token(from, to, "word", wordTopic(known.text, known.summary));
  if (known || piece.text === "") return undefined;
  const fixes = into.brief ? [] : meant(piece, ["rbind", "norbind"]);
  const instead = piece.text === "ro" ? "; BindReadOnlyPaths= mounts read-only" : "";
  return { from, to, code: CODE, ...noValue(piece, `rbind or norbind${instead}`), fixes };
}

/** Follows config_parse_bind_paths(), systemd 262, which splits words first and then at colons. */
function readBind(word: Piece, into: Reader): Issue | ReportedIssue | undefined {
  const { parts, rest, broken } = partsOf(word, SEPARATE, 3);
  const [source = word, target, options] = parts;
  if (broken) return broken;
  if (rest && rest.text !== "") {
    const { from, to } = rest;
    return { from, to, code: CODE, ...about(rest, "follows the options of a path") };
  }
  const wrong = SOURCE.read(source, into);
  if (wrong || !target) return wrong;
  if (target.text === "" && into.cursor === undefined) {
    const from = target.from - 1;
    return { from, to: target.to, code: CODE, message: "has a colon without a target after it", effect: "silent" };
  }
  return readPath(target, ABSOLUTE, "full", into) ?? (options && readRecursion(options, into));
}

const BLANKS_TOO = { separators: ": \t\n\r", escapes: "next", quotes: true } as const;

/** Follows config_parse_bind_paths(), systemd 257, for which each of two blanks ends a path, and what stands after a bad one is the next. */
function readBindBefore258(value: Piece, into: Reader): void {
  const { text } = value;
  let at: number | undefined = text === "" ? undefined : 0;
  let gap = false;
  const take = (): Piece | undefined => {
    const found = at === undefined ? undefined : firstWord(text, at, BLANKS_TOO);
    if (!found || "kind" in found) {
      if (found) into.problem(brokenAt(value, found), "rest");
      at = undefined;
      return undefined;
    }
    at = found.next;
    return wordPiece(value, found.word);
  };
  const colon = (): boolean => at !== undefined && text.charAt(at - 1) === ":";
  while (at !== undefined) {
    const source = take();
    if (!source) return;
    const isBlank = source.text === "" && source.from === source.to && /^[ \t\n\r]*$/.test(text.slice(source.from, at));
    if (isBlank && !colon()) {
      if (!gap) into.problem(gapIssue(source, text), "complains");
      gap = true;
      continue;
    }
    gap = false;
    const wrong = SOURCE.read(source, into);
    if (wrong) {
      into.problem(wrong, "word");
      continue;
    }
    if (!colon()) continue;
    const target = take();
    if (!target) return;
    const wrongTarget = readPath(target, ABSOLUTE, "full", into);
    if (wrongTarget) into.problem(wrongTarget, "word");
    if (wrongTarget || !colon()) continue;
    at = readOptionBefore258(value, at ?? text.length, into);
  }
}

/** What is split at blanks alone, whatever it is; gives where the next word begins. */
function readOptionBefore258(value: Piece, from: number, into: Reader): number | undefined {
  const found = firstWord(value.text, from, "quotes");
  if (!found) {
    readRecursion(part(value, from), into);
    return undefined;
  }
  if ("kind" in found) {
    into.problem(brokenAt(value, found), "rest");
    return undefined;
  }
  const wrong = readRecursion(wordPiece(value, found.word), into);
  if (wrong) into.problem(wrong, "word");
  return found.next;
}

function gapIssue({ from }: Piece, text: string): Issue {
  const blanks = /^[ \t\n\r]*/.exec(text.slice(from))?.[0].length ?? 0;
  return {
    from,
    to: from + blanks,
    code: CODE,
    message: "has several spaces in a row, which systemd before 258 reads as an empty path",
    fixes: [{ title: "Keep one space", from, to: from + blanks, text: "", safe: true }],
  };
}

/** Since when several blanks in a row are one gap. */
const SKIPS_BLANKS = { since: 258 };

const bindPaths: Grammar = grammar(
  "bind_paths",
  "a list of absolute paths, each optionally with `:` and a target, and `:norbind`",
  "reset",
  (value, into) => {
    const options = { item: readBind, effect: "word", broken: "rest", gap: SOURCE } as const;
    if (holdsIn(SKIPS_BLANKS, into.where.version) || into.cursor !== undefined)
      readWords(value, "retain", into, options);
    else readBindBefore258(value, into);
  },
);

/** Follows config_parse_temporary_filesystems(), systemd 257 to 262; the options are kept as they are. */
function readTemporary(word: Piece, into: Reader): Issue | undefined {
  const { words, rest, error } = splitWords(word.text, { separators: ":", escapes: "next" }, 1);
  if (error) return brokenAt(word, error);
  const [first] = words;
  const place = first ? wordPiece(word, first) : word;
  const wrong = readPath(place, FOLDER, "full", into);
  if (wrong || rest === undefined) return wrong;
  readMountOptions(part(word, rest), TMPFS_OPTIONS, into);
  return undefined;
}

const temporaryFilesystems: Grammar = grammar(
  "temporary_filesystems",
  "a list of absolute paths, each optionally with `:` and options",
  "reset",
  (value, into) =>
    readWords(value, "quotes", into, { item: readTemporary, effect: "word", broken: "rest", gap: FOLDER }),
);

/** What is mounted for a service. */
export const MOUNTS = { bindPaths, temporaryFilesystems } as const satisfies Record<string, Grammar>;
