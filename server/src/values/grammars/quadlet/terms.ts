import { expand, isIssue } from "../../expand.ts";
import type { Grammar, HoverTopic, Issue, Lookup, Offer, Piece, Reader, TokenRole, Wording } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { part, wordTopic } from "../../piece.ts";
import { unknown } from "../../wording.ts";

/** The code of values that podman refuses although its generator takes them. */
export const QUADLET_VALUE = "quadlet/value";

/** What a message says of a value that the generator hands on as it is. */
export const atStart = (wording: Wording): Wording => ({
  ...wording,
  consequence: "podman refuses it when the service starts",
});

/** Reads a part of a value after its specifiers, and says what is wrong with it. */
export type PartReader = (piece: Piece, into: Reader) => Issue | undefined;

/**
 * The grammar of a value that becomes an option of podman. The generator takes one pair of double quotes off and checks
 * next to nothing, so that all its mistakes are warnings.
 */
export function option(form: string, read: PartReader, { quotes = true } = {}): Grammar {
  return {
    kind: "grammar",
    routine: "podman",
    form,
    empty: "reset",
    read(value, into) {
      const issue = resolvedBy(quotes ? withoutQuotes(value) : value, into, read);
      if (issue) into.problem(issue, "silent");
    },
  };
}

/** Reads a piece after its specifiers, which systemd resolves in the command line that is made of it. */
export function resolvedBy(piece: Piece, into: Reader, read: PartReader): Issue | undefined {
  const resolved = expand(piece, "full", into);
  if (isIssue(resolved)) return resolved;
  const issue = read(resolved, into);
  // systemd puts variables of the service in as well.
  return resolved.certain && !piece.text.includes("$") ? issue : undefined;
}

/** A value without the one pair of double quotes that the generator takes off. */
export const withoutQuotes = (value: Piece): Piece =>
  value.text.length > 1 && value.text.startsWith('"') && value.text.endsWith('"')
    ? part(value, 1, value.text.length - 1)
    : value;

/** WordSummaries with what each does. */
export type WordSummaries = Readonly<Record<string, string>>;

interface WordsOptions {
  /** What other text may stand there; without it any other word is a mistake. */
  readonly others?: (text: string) => boolean;
  readonly lookup?: Lookup;
  readonly role?: TokenRole;
  /** What podman does with a mistake, where it does not refuse to start the service. */
  readonly consequence?: string;
}

/** One of some words, or what `others` takes. */
export function wordAmong(
  words: WordSummaries,
  what: string,
  { others, lookup, role = "word", consequence }: WordsOptions = {},
): PartReader {
  return (piece, into) => {
    const { from, to, text } = piece;
    into.slot(
      from,
      to,
      () => Object.entries(words).map(([it, summary]) => ({ text: it, summary, role: "word" })),
      lookup,
    );
    const summary = Object.hasOwn(words, text) ? words[text] : undefined;
    into.token(
      from,
      to,
      summary === undefined ? role : "word",
      summary === undefined ? undefined : wordTopic(text, summary),
    );
    if (summary !== undefined || text === "" || others?.(text)) return undefined;
    return {
      from,
      to,
      code: QUADLET_VALUE,
      ...atStart(unknown(piece, what, Object.keys(words))),
      ...(consequence !== undefined && { consequence }),
      fixes: meant(piece, Object.keys(words)),
    };
  };
}

/** Any text of one colour, with what may be offered for it. */
export const anyPart =
  (role: TokenRole, offers: readonly Offer[] = [], lookup?: Lookup, topic?: () => HoverTopic): PartReader =>
  ({ from, to }, into) => {
    into.slot(from, to, () => offers, lookup);
    into.token(from, to, role, topic);
    return undefined;
  };
