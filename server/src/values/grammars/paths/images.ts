import { partitionsIn } from "../../../facts/images.ts";
import { IMAGE_OPTIONS } from "../../../facts/mountOptions.ts";
import { byVersion } from "../../../facts/version.ts";
import { MAX_WORDS_JUDGED, splitWords } from "../../../syntax/words.ts";
import { brokenAt } from "../../broken.ts";
import { grammar, readWords, wordPiece } from "../../combine.ts";
import { expand, isIssue } from "../../expand.ts";
import type { Grammar, Issue, Offer, Piece, Reader, ReportedIssue, Term } from "../../grammar.ts";
import { meant } from "../../oneOf.ts";
import { colourless, issueAt, wordTopic } from "../../piece.ts";
import { about, unknown } from "../../wording.ts";
import { JOINED, partsOf } from "./fields.ts";
import { readMountOptions } from "./mountOptions.ts";
import { behindSign, OPTIONAL, path, readPath } from "./path.ts";

const CODE = "value/mount";

const partitionOffers = byVersion((version): readonly Offer[] =>
  partitionsIn(version).map((it) => ({ ...it, role: "name" })),
);

const OPTION_OFFERS: readonly Offer[] = IMAGE_OPTIONS.map((it) => ({ ...it, role: "word" }));

const pairOffers = byVersion((version): readonly Offer[] => [...partitionOffers(version), ...OPTION_OFFERS]);

/** Reads the partition that options are for; false where it is none. */
function readPartition(piece: Piece, into: Reader): boolean {
  into.slot(piece.from, piece.to, () => partitionOffers(into.where.version));
  const known = partitionsIn(into.where.version).find(({ text }) => text === piece.text);
  if (known) {
    into.token(piece.from, piece.to, "name", wordTopic(known.text, known.summary));
    return true;
  }
  const fixes = into.brief ? [] : meant(piece, partitionsIn(into.where.version));
  const { from, to } = piece;
  into.problem({ from, to, code: CODE, ...unknown(piece, "partition"), fixes }, "word");
  return false;
}

function readOptions(piece: Piece, into: Reader): void {
  const resolved = expand(piece, "full", into);
  if (isIssue(resolved)) into.problem(resolved, "word");
  else readMountOptions(resolved, IMAGE_OPTIONS, into);
}

/** Pairs of a partition and its options, at the end perhaps options alone, which are for the root partition. */
function readPairs(parts: readonly Piece[], into: Reader): void {
  for (let i = 0; i < parts.length; i += 2) {
    const [first, second] = [parts[i], parts[i + 1]];
    if (!first) return;
    if (!second) {
      into.slot(first.from, first.to, () => partitionOffers(into.where.version));
      readOptions(first, into);
    } else if (readPartition(first, into)) readOptions(second, into);
  }
}

interface ImageOptions {
  readonly routine: string;
  readonly form: string;
  readonly source: Term;
  /** Where the image is mounted, if the value says so. */
  readonly target?: Term;
}

/** Follows config_parse_mount_images() and config_parse_extension_images(), systemd 257 to 262. */
function images({ routine, form, source, target }: ImageOptions): Grammar {
  const first: Term = {
    form: source.form,
    read: (piece, into) => readPath(behindSign(piece, OPTIONAL, into), source, "full", into),
  };
  const item = (word: Piece, into: Reader): Issue | ReportedIssue | undefined => {
    const { parts, broken } = partsOf(word, JOINED);
    if (broken && parts.length < (target ? 2 : 1)) return { ...broken, effect: "rest" };
    const [from, ...behind] = parts;
    const to = target && behind.shift();
    const wrong = from && (first.read(from, into) ?? (target && readTarget(word, to, target, into)));
    if (wrong) return wrong;
    readPairs(behind, into);
    openEnd(word, behind, into);
    return broken && { ...broken, effect: "rest" };
  };
  return grammar(routine, form, "reset", (value, into) =>
    readWords(value, "retain", into, { item, effect: "word", broken: "rest", gap: first }),
  );
}

function readTarget(word: Piece, place: Piece | undefined, target: Term, into: Reader): Issue | undefined {
  if (place) return readPath(place, target, "full", into);
  const { from, to } = word;
  if (isOpen(word, into)) target.read({ ...word, text: "", from: to }, colourless(into));
  return { from, to, code: CODE, message: "needs a colon and a mount point after the path of the image" };
}

/** Whether the cursor stands after a colon that nothing follows yet. */
const isOpen = ({ text, to }: Piece, { cursor }: Reader): boolean => cursor === to && text.endsWith(":");

/** What may stand after the last colon of options. */
function openEnd(word: Piece, options: readonly Piece[], into: Reader): void {
  if (isOpen(word, into))
    into.slot(word.to, word.to, () => (options.length % 2 === 1 ? OPTION_OFFERS : pairOffers(into.where.version)));
}

/** Follows config_parse_root_image_options() and strv_split_colon_pairs(), systemd 257 to 262: what is no pair drops the line. */
function readRootImageOptions(value: Piece, into: Reader): Issue | undefined {
  const { words, error } = splitWords(value.text, "retain", MAX_WORDS_JUDGED);
  for (const word of words) {
    const { rest, broken } = partsOf(wordPiece(value, word), JOINED, 2);
    if (broken) return broken;
    if (rest && rest.text !== "") return issueAt(rest, CODE, about(rest, "follows the options of a partition"));
  }
  if (error) return brokenAt(value, error);
  for (const word of words) {
    const piece = wordPiece(value, word);
    const { parts } = partsOf(piece, JOINED, 2);
    readPairs(parts, into);
    openEnd(piece, parts, into);
  }
  const { cursor } = into;
  if (cursor !== undefined && !words.some(({ from, to }) => value.from + from <= cursor && cursor <= value.from + to))
    into.slot(cursor, cursor, () => pairOffers(into.where.version));
  return undefined;
}

const IMAGE = path({ form: "an absolute path", outside: "kernel-but-dev" });

/** Disk images and how they are mounted. */
export const IMAGES = {
  mountImages: images({
    routine: "mount_images",
    form: "a list of images, each with `:` and a target, and optional options",
    source: IMAGE,
    target: path({ form: "an absolute path", outside: "kernel-but-dev", only: "directories" }),
  }),
  extensionImages: images({
    routine: "extension_images",
    form: "a list of images, each optionally with `:` and options",
    source: path({ form: "an absolute path", outside: "kernel" }),
  }),
  rootImageOptions: grammar(
    "root_image_options",
    "a list of mount options, each optionally after a partition and `:`",
    "reset",
    readRootImageOptions,
  ),
} as const satisfies Record<string, Grammar>;
