import { specifiersOf } from "../../../syntax/specifiers.ts";
import { utf8Length } from "../../../text/utf8.ts";
import type { Effect, Issue, Piece, Reader, ReportedIssue, Term } from "../../grammar.ts";
import { path } from "../../grammars/paths/path.ts";
import { LONGEST_NAME, LONGEST_PATH } from "../../path.ts";
import { issueAt, part } from "../../piece.ts";
import { about, noValue, unknown } from "../../wording.ts";

/** What stands for a word of the machine. */
const OF_MACHINE = "x";

/** What a specifier gives: a path that every machine has, a word of the machine, or one that may be missing there. */
const GIVES: Readonly<Record<string, { readonly text: string; readonly mayBeEmpty?: true }>> = {
  ...Object.fromEntries([..."abHlmov"].map((letter) => [letter, { text: OF_MACHINE }])),
  ...Object.fromEntries([..."ABMqwW"].map((letter) => [letter, { text: OF_MACHINE, mayBeEmpty: true as const }])),
  T: { text: "/tmp" },
  V: { text: "/var/tmp" },
};

/** A piece after its specifiers. */
export interface Expanded {
  readonly piece: Piece;
  /** Whether the first character is that of every machine. */
  readonly begins: boolean;
}

/**
 * Replaces the specifiers that stand for facts of a machine, by words of the same form. Follows specifier_printf() with
 * system_and_tmp_specifier_table, systemd 257 and 262, which stops at so many bytes.
 */
export function expandMachine(piece: Piece, longest: number, into: Reader): Expanded | Issue {
  let text = "";
  let at = 0;
  let begins = true;
  let certain = piece.certain;
  for (const { letter, from, to } of specifiersOf(piece.text)) {
    const place = part(piece, from, to);
    const gives = letter === "%" ? { text: "%" } : GIVES[letter];
    if (!gives) return issueAt(place, "value/specifier", unknown(`%${letter}`, "specifier"), percent(place, letter));
    into.token(place.from, place.to, "specifier", () => ({ kind: "specifier", letter }));
    if (from === 0 && "mayBeEmpty" in gives) begins = false;
    certain &&= gives.text !== OF_MACHINE;
    text += piece.text.slice(at, from) + gives.text;
    at = to;
  }
  if (at === 0) text = piece.text;
  else text += piece.text.slice(at);
  if (certain && utf8Length(text) > longest)
    return issueAt(piece, "value/name", about(piece, `has more than the ${longest} bytes that are allowed here`));
  return { piece: at === 0 ? piece : { ...piece, text, exact: false, certain }, begins };
}

const percent = (place: Piece, letter: string) =>
  place.exact ? [{ title: `Write %%${letter}`, from: place.from, to: place.from, text: "%", safe: true as const }] : [];

/** The longest texts that are expanded. */
export const NAME_BYTES = LONGEST_NAME;
export const PATH_BYTES = LONGEST_PATH;

/** Whether something was wrong with the specifiers. */
export const isWrong = (it: Expanded | Issue): it is Issue => "code" in it;

const ABSOLUTE_HERE = path({ form: "an absolute path", plain: true });
const ANY_HERE = path({ form: "a path", must: "any", plain: true });

/** A path with specifiers of the machine. Follows path_simplify_and_warn() after specifier_printf(), systemd 257 and 262. */
export function machinePath(piece: Piece, must: "absolute" | "any", longest: number, into: Reader): Issue | undefined {
  const expanded = expandMachine(piece, longest, into);
  if (isWrong(expanded)) return expanded;
  const issue = (must === "absolute" ? ABSOLUTE_HERE : ANY_HERE).read(expanded.piece, into);
  return issue && expanded.begins ? { ...issue, from: piece.from, to: piece.to } : undefined;
}

/** An absolute path with specifiers of the machine. */
export const MACHINE_PATH: Term = {
  form: ABSOLUTE_HERE.form,
  read: (piece, into) => machinePath(piece, "absolute", PATH_BYTES, into),
};

/** Whether a name can be that of a file. Follows filename_is_valid(), systemd 257 and 262. */
export const isFileNamed = (text: string): boolean =>
  text !== "" && text !== "." && text !== ".." && !text.includes("/") && utf8Length(text) <= LONGEST_NAME;

/** What is wrong with effect. */
export const withEffect = (issue: Issue | undefined, effect: Effect): ReportedIssue | undefined =>
  issue && { ...issue, effect };

/** A message about a piece that is no such thing. */
export const notA = (piece: Piece, code: Issue["code"], takes: string): Issue =>
  issueAt(piece, code, noValue(piece, takes));

/** Whether a path begins at the root and has no part that stands for another one. Follows path_is_normalized(), systemd 257 and 262. */
export const isNormalAbsolute = (path: string): boolean =>
  path.startsWith("/") && !/(?:^|\/)\.{1,2}(?:\/|$)|\/\//.test(path);
