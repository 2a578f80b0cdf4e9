import { MAX_WORDS_JUDGED, type Splitting, splitWords, type Word, type Words } from "../syntax/words.ts";
import { brokenAt } from "./broken.ts";
import { expand, isIssue, type Specifiers } from "./expand.ts";
import type { Effect, Grammar, Issue, Offer, Piece, Reader, ReportedIssue, Term, Where } from "./grammar.ts";
import { issueAt, part, wordTopic } from "./piece.ts";
import { trialOf } from "./trial.ts";
import { about } from "./wording.ts";

/**
 * Reads a piece by a term after its specifiers; what is uncertain is no trouble, unless a quote stands before it: that no
 * specifier makes a path.
 */
export function readResolved(piece: Piece, term: Term, table: Specifiers, into: Reader): Issue | undefined {
  const resolved = expand(piece, table, into);
  if (isIssue(resolved)) return resolved;
  const issue = term.read(resolved, into);
  if (issue?.code === "value/path" && piece.exact && QUOTED.test(piece.text)) return term.read(piece, into);
  return resolved.certain ? issue : undefined;
}

/** How a path begins whose quotes belong to it. */
export const QUOTED = /^["']/;

/**
 * The grammar of a value that a function of its own reads; `routine` without `config_parse_`. What it returns drops the
 * assignment where it does not say another effect.
 */
export const grammar = (
  routine: string,
  form: string,
  empty: Grammar["empty"],
  read: (value: Piece, into: Reader) => Issue | ReportedIssue | undefined,
): Grammar => ({
  kind: "grammar",
  routine: `config_parse_${routine}`,
  form,
  empty,
  read(value, into) {
    const issue = read(value, into);
    if (issue) into.problem(issue, "effect" in issue ? issue.effect : "assignment");
  },
});

interface SingleOptions {
  readonly empty: Grammar["empty"];
  /** What follows from a wrong value, and from an empty one where that is invalid. */
  readonly effect?: Effect;
  readonly specifiers?: Specifiers | ((where: Where) => Specifiers);
  /** The code of a missing value, where `empty` is `invalid`. */
  readonly code?: Issue["code"];
  readonly form?: string;
}

/** The grammar of a value that is one term; `routine` without `config_parse_`. */
export function single(routine: string, term: Term, options: SingleOptions): Grammar {
  const { empty, effect = "assignment", specifiers = "none", code, form = term.form } = options;
  return {
    kind: "grammar",
    routine: `config_parse_${routine}`,
    form,
    empty,
    ...(code ? { missing: { code, effect } } : {}),
    read(value, into) {
      const table = typeof specifiers === "function" ? specifiers(into.where) : specifiers;
      const issue = readResolved(value, term, table, into);
      if (issue) into.problem(issue, effect);
    },
  };
}

/** Splits a text into words in a way of its own. */
type Splitter = (text: string) => Words;

/** Splits at commas and takes nothing else out of the text. */
export const splitAtCommas: Splitter = (text) => ({
  words: [...text.matchAll(/[^,]+/g)].map(({ 0: value, index }) => ({
    from: index,
    to: index + value.length,
    value,
    unknownEscapes: [],
  })),
});

const split = (text: string, splitting: Splitting | Splitter, limit?: number): Words =>
  typeof splitting === "function" ? splitting(text) : splitWords(text, splitting, limit);

interface ListOptions {
  readonly empty: Grammar["empty"];
  readonly form: string;
  readonly splitting: Splitting | Splitter;
  /** What follows from a bad word. */
  readonly effect: Effect | ((where: Where) => Effect);
  /** What follows from a quote that is not closed or a broken escape; `rest` where missing. */
  readonly broken?: Effect;
  readonly specifiers?: Specifiers;
  /** Whether `~` as the very first character turns the list round. */
  readonly inverts?: true;
  /** What an offer and a word that says the same have in common, as a list offers none that it has; the word itself where missing. */
  readonly same?: (word: string) => string;
  /** Words that stand alone, such as `none` or a boolean. */
  readonly alone?: Term;
  readonly code?: Issue["code"];
}

const itself = (word: string): string => word;

/** The grammar of a list of words; `routine` without `config_parse_`. */
export function list(routine: string, item: Term, options: ListOptions): Grammar {
  const {
    empty,
    form,
    splitting,
    effect,
    broken = "rest",
    specifiers = "none",
    inverts,
    alone,
    code,
    same = itself,
  } = options;
  return {
    kind: "grammar",
    routine: `config_parse_${routine}`,
    form,
    empty,
    ...(code && typeof effect !== "function" ? { missing: { code, effect } } : {}),
    read(value, into) {
      let rest = value;
      if (alone) {
        const trial = trialOf(into);
        const issue = alone.read(value, trial.reader);
        if (!issue) trial.keep("all");
        else if (into.cursor !== undefined && isSole(value, splitting, into.cursor)) trial.keep("slots");
        if (!issue && into.cursor === undefined) return;
      }
      if (inverts && value.text.startsWith("~")) {
        into.token(value.from, value.from + 1, "operator", INVERSION);
        rest = part(value, 1);
      }
      readWords(rest, splitting, into, {
        item: (word, reader) => {
          const issue = readListed(word, item, specifiers, reader);
          return issue && inverts && word.text.startsWith("~") ? lateInversion(word, issue) : issue;
        },
        effect: typeof effect === "function" ? effect(into.where) : effect,
        broken,
        gap: item,
        same,
      });
    },
  };
}

/** Reads a word; where it is several with commas between them, blanks help. */
function readListed(word: Piece, item: Term, table: Specifiers, into: Reader): Issue | undefined {
  const issue = readResolved(word, item, table, into);
  if (!issue || into.brief || !word.exact || !word.text.includes(",")) return issue;
  const words = word.text.split(",").filter((it) => it !== "");
  const silent = { ...into, token: () => undefined, slot: () => undefined };
  if (words.length === 0 || words.some((text) => readResolved({ ...word, text }, item, table, silent))) return issue;
  const { from, to } = word;
  return { ...issue, fixes: [{ title: "Use spaces instead of commas", from, to, text: words.join(" ") }] };
}

/** A word that would be right without its `~` would mean something else, so that there is no fix. */
const lateInversion = (word: Piece, { code, consequence }: Issue): Issue =>
  issueAt(word, code, {
    ...about(word, "begins with ~, which may stand only before the first word"),
    ...(consequence !== undefined && { consequence }),
  });

const INVERSION = wordTopic(
  "~",
  "Inverts the list: everything except what follows. In later lines it removes from what was set before.",
);

interface WordsOptions {
  /** A problem brings an effect of its own, a trouble has the one below. */
  readonly item: (word: Piece, into: Reader) => Issue | ReportedIssue | undefined;
  readonly effect: Effect;
  readonly broken: Effect;
  /** What may stand between the words. */
  readonly gap: Term;
  /** As for `list`. */
  readonly same?: (word: string) => string;
}

/** After as many bad words nobody needs fixes for the others, and after so many no more of them. */
const MAX_FIXED = 100;
const MAX_BAD = 1000;

/** Splits a piece into words and reads each; bad ones are told with their effect, after `rest` none is read. */
export function readWords(
  piece: Piece,
  splitting: Splitting | Splitter,
  into: Reader,
  options: WordsOptions,
): undefined {
  const { words, error } = split(piece.text, splitting, into.cursor === undefined ? MAX_WORDS_JUDGED : undefined);
  let reader = options.same ? withoutListed(piece, words, options.same, into) : into;
  let bad = 0;
  for (const word of words.length > MAX_WORDS_JUDGED ? words.slice(0, MAX_WORDS_JUDGED) : words) {
    const issue = options.item(wordPiece(piece, word), reader);
    if (!issue) continue;
    if (++bad === MAX_FIXED) reader = { ...reader, brief: true };
    if (bad > MAX_BAD) break;
    const effect = "effect" in issue ? issue.effect : options.effect;
    into.problem(issue, effect);
    if (effect === "rest" || effect === "refused") return;
  }
  const { cursor } = into;
  if (cursor !== undefined && !words.some((word) => touches(piece, word, cursor)))
    options.gap.read(
      { ...piece, text: "", from: cursor, to: cursor },
      { ...reader, problem: () => undefined, token: () => undefined },
    );
  if (error) into.problem(brokenAt(piece, error), options.broken);
}

const touches = ({ from }: Piece, word: Word, cursor: number): boolean =>
  from + word.from <= cursor && cursor <= from + word.to;

/** Whether the cursor is in the only word of a value, or the value has none. */
const isSole = (value: Piece, splitting: Splitting | Splitter, cursor: number): boolean =>
  split(value.text, splitting).words.every((word) => touches(value, word, cursor));

/** A reader that passes on no offers that say the same as a word next to the cursor. */
function withoutListed(piece: Piece, words: readonly Word[], same: (word: string) => string, into: Reader): Reader {
  const { cursor } = into;
  if (cursor === undefined) return into;
  return {
    ...into,
    slot: (from, to, offers, lookup) => {
      const fresh = (): readonly Offer[] => {
        const listed = new Set(words.flatMap((it) => (touches(piece, it, cursor) ? [] : same(it.value))));
        return offers().filter(({ text }) => !listed.has(same(text)));
      };
      into.slot(from, to, fresh, lookup);
    },
  };
}

/** A word as a piece of its own: quotes around the whole of it fall away, other quotes and escapes make it inexact. */
export function wordPiece(piece: Piece, word: Pick<Word, "from" | "to" | "value">): Piece {
  const raw = part(piece, word.from, word.to);
  if (raw.text === word.value) return raw;
  const inner = raw.text.slice(1, -1);
  if (inner === word.value && raw.exact) return part(raw, 1, raw.text.length - 1);
  return { text: word.value, from: raw.from, to: raw.to, exact: false, certain: raw.certain };
}
