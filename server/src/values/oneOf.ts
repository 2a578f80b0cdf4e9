import { byVersion, thoseIn } from "../facts/version.ts";
import type { DescribedWord } from "../facts/word.ts";
import { nearest } from "../text/nearest.ts";
import type { Issue, Offer, Piece, Reader, Replacement, Term, Wording } from "./grammar.ts";
import { issueAt, wordTopic } from "./piece.ts";
import { unknown } from "./wording.ts";

/** A word of a fixed set, which may say for itself what it means. */
export type FixedWord = Omit<DescribedWord, "summary"> & Partial<Pick<DescribedWord, "summary">>;

interface OneOfOptions {
  readonly code: Issue["code"];
  /** What each word is, without an article: `capability`. */
  readonly what: string;
  readonly role?: Offer["role"];
  readonly form: string;
  /** How a word is spelt in the set, for those that a parser takes in other spellings too; undefined where it takes none. */
  readonly canonical?: (text: string) => string | undefined;
  /** The word that someone who writes this other one has in mind, if there is one. */
  readonly instead?: (text: string) => string | undefined;
  /** What follows from another word, where its effect does not say it: the end of a sentence. */
  readonly consequence?: string;
}

/** One word of those in a set that the version knows. */
export function oneOf(words: readonly FixedWord[], options: OneOfOptions): Term {
  const { code, what, role = "word", form, canonical, instead, consequence } = options;
  const index = byVersion((version) => new Map(thoseIn(words, version).map((word) => [word.text, word])));
  return {
    form,
    read(piece, into) {
      const known = index(into.where.version);
      into.slot(piece.from, piece.to, () => [...known.values()].map((word) => ({ ...word, role })));
      const found = known.get(piece.text) ?? known.get(canonical?.(piece.text) ?? "");
      if (!found) {
        const wording = {
          ...unknown(piece, what, [...known.keys()]),
          ...(consequence !== undefined && { consequence }),
        };
        const other = known.get(instead?.(piece.text) ?? "");
        return other && !into.brief
          ? issueAt(piece, code, wording, [spellAs(piece, other.text)])
          : unknownWord(piece, code, wording, known.keys(), into);
      }
      into.token(piece.from, piece.to, role, wordTopic(found.text, found.summary ?? ""));
      return undefined;
    },
  };
}

/** A word that is not one of those which may stand there, with fixes where not many mistakes came before. */
export const unknownWord = (
  piece: Piece,
  code: Issue["code"],
  wording: Wording,
  candidates: Iterable<string | { readonly text: string }>,
  into: Reader,
): Issue => issueAt(piece, code, wording, into.brief ? [] : meant(piece, candidates));

/** Fixes that replace a piece by a similar word. */
export function meant(piece: Piece, candidates: Iterable<string | { readonly text: string }>): Replacement[] {
  const texts = [...candidates].map((it) => (typeof it === "string" ? it : it.text));
  return nearest(piece.text, texts).map((text) => spellAs(piece, text));
}

/** The fix that replaces a piece by a text. */
export const spellAs = ({ from, to }: Piece, text: string): Replacement => ({
  title: `Change to ${text}`,
  from,
  to,
  text,
});
