import { nearest } from "../text/nearest.ts";
import type { Offer, Piece, Reader, Replacement, Term, Trouble } from "./grammar.ts";
import { quoted, troubleAt, wordTopic } from "./piece.ts";

/** A word of a fixed set. */
export interface FixedWord {
  readonly text: string;
  readonly summary?: string;
}

interface OneOfOptions {
  readonly code: Trouble["code"];
  /** What each word is, with its article: `a capability`. */
  readonly what: string;
  readonly role?: Offer["role"];
  readonly form: string;
  /** How a word is spelt in the set, for those that a parser takes in other spellings too; undefined where it takes none. */
  readonly canonical?: (text: string) => string | undefined;
  /** The word that someone who writes this other one has in mind, if there is one. */
  readonly instead?: (text: string) => string | undefined;
  /** What follows from another word in the message, where its effect does not say it. */
  readonly consequence?: string;
}

/** One word of a set, which may depend on the version. */
export function oneOf(
  words: readonly FixedWord[] | ((into: Reader) => readonly FixedWord[]),
  options: OneOfOptions,
): Term {
  const { code, what, role = "word", form, canonical, instead, consequence = "" } = options;
  const fixed = typeof words === "function" ? undefined : indexed(words);
  return {
    form,
    read(piece, into) {
      const known = fixed ?? indexed(typeof words === "function" ? words(into) : words);
      into.slot(piece.from, piece.to, () => known.offers(role));
      const found = known.byText.get(piece.text) ?? known.byText.get(canonical?.(piece.text) ?? "");
      if (!found) {
        const says = `has unknown ${what} ${quoted(piece)}${consequence}`;
        const { from, to } = piece;
        if (into.brief) return { from, to, code, says };
        const other = known.byText.get(instead?.(piece.text) ?? "")?.text;
        const fixes = other === undefined ? meant(piece, known.byText.keys()) : [changeWord(piece, other)];
        return { from, to, code, says, fixes };
      }
      into.token(piece.from, piece.to, role, wordTopic(found.text, found.summary ?? ""));
      return undefined;
    },
  };
}

const indexes = new WeakMap<readonly FixedWord[], ReturnType<typeof makeIndex>>();

function indexed(words: readonly FixedWord[]): ReturnType<typeof makeIndex> {
  const known = indexes.get(words) ?? makeIndex(words);
  indexes.set(words, known);
  return known;
}

const makeIndex = (words: readonly FixedWord[]) => ({
  byText: new Map(words.map((word) => [word.text, word])),
  offers: (role: Offer["role"]): Offer[] => words.map((word) => ({ ...word, role })),
});

/** A word that is none of those which may stand there, with fixes where not many mistakes came before. */
export const unknownWord = (
  piece: Piece,
  code: Trouble["code"],
  says: string,
  candidates: Iterable<string | { readonly text: string }>,
  into: Reader,
): Trouble => troubleAt(piece, code, says, into.brief ? [] : meant(piece, candidates));

/** Fixes that put a near word in the place of a piece. */
export function meant(piece: Piece, candidates: Iterable<string | { readonly text: string }>): Replacement[] {
  const texts = [...candidates].map((it) => (typeof it === "string" ? it : it.text));
  return nearest(piece.text, texts).map((text) => changeWord(piece, text));
}

/** The fix that puts a text in the place of a piece. */
export const changeWord = ({ from, to }: Piece, text: string): Replacement => ({
  title: `Change to ${text}`,
  from,
  to,
  text,
});
