import { TMPFS_OPTIONS } from "../../../facts/mountOptions.ts";
import { holdsIn } from "../../../facts/version.ts";
import { extractField, type Field, splitFields } from "../../../syntax/fields.ts";
import { brokenAt } from "../../broken.ts";
import { readWords, wordPiece } from "../../combine.ts";
import {
  type Grammar,
  type Piece,
  type Problem,
  part,
  quoted,
  type Reader,
  type Term,
  type Trouble,
} from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { partsOf, SEPARATE } from "./fields.ts";
import { readMountOptions } from "./mountOptions.ts";
import { path, readOptionalPath, readPath } from "./path.ts";

const CODE = "value/mount";

const ABSOLUTE = path({ form: "an absolute path" });
const FOLDER = path({ form: "an absolute path", only: "directories" });

const SOURCE: Term = {
  form: ABSOLUTE.form,
  read: (piece, into) => readOptionalPath(piece, ABSOLUTE, into),
};

const RECURSION = [
  { text: "rbind", summary: "With everything that is mounted below the source; what holds without an option." },
  { text: "norbind", summary: "The source alone, without what is mounted below it." },
];

function readRecursion(piece: Piece, into: Reader): Trouble | undefined {
  const { from, to } = piece;
  into.slot(from, to, () => RECURSION.map((it) => ({ ...it, role: "word" })));
  const known = RECURSION.find(({ text }) => text === piece.text);
  if (known) into.token(from, to, "word", () => ({ kind: "prose", title: `\`${known.text}\``, text: known.summary }));
  if (known || piece.text === "") return undefined;
  const fixes = into.brief ? [] : meant(piece, ["rbind", "norbind"]);
  return { from, to, code: CODE, says: `takes rbind or norbind here, not ${quoted(piece)}`, fixes };
}

/** Follows config_parse_bind_paths(), systemd 262, which splits words first and then at colons. */
function readBind(word: Piece, into: Reader): Trouble | Problem | undefined {
  const { parts, rest, broken } = partsOf(word, SEPARATE, 3);
  const [source = word, target, options] = parts;
  if (broken) return broken;
  if (rest && rest.text !== "") {
    const { from, to } = rest;
    return { from, to, code: CODE, says: `has ${quoted(rest)} behind the options of a path` };
  }
  const wrong = SOURCE.read(source, into);
  if (wrong || !target) return wrong;
  if (target.text === "" && into.cursor === undefined) {
    const from = target.from - 1;
    return { from, to: target.to, code: CODE, says: "has a colon without a target behind it", effect: "silent" };
  }
  return readPath(target, ABSOLUTE, "full", into) ?? (options && readRecursion(options, into));
}

const BLANKS_TOO = { separators: ": \t\n\r", escapes: "next", quotes: true } as const;

/** Follows config_parse_bind_paths(), systemd 257, for which each of two blanks ends a path, and what stands behind a bad one is the next. */
function readBindBefore258(value: Piece, into: Reader): void {
  const { text } = value;
  let at: number | undefined = text === "" ? undefined : 0;
  let gap = false;
  const take = (): Piece | undefined => {
    const found = at === undefined ? undefined : extractField(text, at, BLANKS_TOO);
    if (!found || "kind" in found) {
      if (found) into.problem(brokenAt(value, found), "rest");
      at = undefined;
      return undefined;
    }
    at = found.next;
    return wordPiece(value, found.field);
  };
  const colon = (): boolean => at !== undefined && text.charAt(at - 1) === ":";
  while (at !== undefined) {
    const source = take();
    if (!source) return;
    const isBlank = source.text === "" && source.from === source.to && /^[ \t\n\r]*$/.test(text.slice(source.from, at));
    if (isBlank && !colon()) {
      if (!gap) into.problem(gapTrouble(source, text), "complains");
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
  const found = extractField(value.text, from, {
    separators: " \t\n\r",
    escapes: "next",
    quotes: true,
    coalesce: true,
  });
  if (!found) {
    readRecursion(part(value, from), into);
    return undefined;
  }
  if ("kind" in found) {
    into.problem(brokenAt(value, found), "rest");
    return undefined;
  }
  const wrong = readRecursion(wordPiece(value, found.field), into);
  if (wrong) into.problem(wrong, "word");
  return found.next;
}

function gapTrouble({ from }: Piece, text: string): Trouble {
  const blanks = /^[ \t\n\r]*/.exec(text.slice(from))?.[0].length ?? 0;
  return {
    from,
    to: from + blanks,
    code: CODE,
    says: "has several blanks in a row, between which systemd before 258 looks for a path",
    fixes: [{ title: "Leave one blank", from, to: from + blanks, text: "", safe: true }],
  };
}

/** Since when several blanks in a row are one gap. */
const SKIPS_BLANKS = { since: 258 };

const bindPaths: Grammar = {
  kind: "grammar",
  routine: "config_parse_bind_paths",
  form: "a list of absolute paths, each perhaps with `:` and a target, and `:norbind`",
  empty: "reset",
  read(value, into) {
    const options = { item: readBind, effect: "word", broken: "rest", gap: SOURCE } as const;
    if (holdsIn(SKIPS_BLANKS, into.where.version) || into.cursor !== undefined)
      readWords(value, "retain", into, options);
    else readBindBefore258(value, into);
  },
};

/** Follows config_parse_temporary_filesystems(), systemd 257 to 262; the options are kept as they are. */
function readTemporary(word: Piece, into: Reader): Trouble | undefined {
  const { fields, rest, error } = splitFields(word.text, { separators: ":", escapes: "next" }, 1);
  if (error) return brokenAt(word, error);
  const [field] = fields;
  const place = field ? wordPiece(word, field satisfies Field) : word;
  const wrong = readPath(place, FOLDER, "full", into);
  if (wrong || rest === undefined) return wrong;
  readMountOptions(part(word, rest), TMPFS_OPTIONS, into);
  return undefined;
}

const temporaryFilesystems: Grammar = {
  kind: "grammar",
  routine: "config_parse_temporary_filesystems",
  form: "a list of absolute paths, each perhaps with `:` and options",
  empty: "reset",
  read: (value, into) =>
    readWords(value, "quotes", into, { item: readTemporary, effect: "word", broken: "rest", gap: FOLDER }),
};

/** What is mounted for a service. */
export const MOUNTS = { bindPaths, temporaryFilesystems } as const satisfies Record<string, Grammar>;
