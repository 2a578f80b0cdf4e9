import { holdsIn, thoseIn } from "../../../facts/version.ts";
import { utf8Length } from "../../../text/utf8.ts";
import { grammar, readWords, single } from "../../../values/combine.ts";
import {
  expandMachine,
  isFileNamed,
  isWrong,
  MACHINE_PATH,
  machinePath,
  PATH_BYTES,
  withEffect,
} from "../../../values/configs/general/expansion.ts";
import type { Effect, Grammar, Issue, Piece, Reader, ReportedIssue } from "../../../values/grammar.ts";
import { partsOf } from "../../../values/grammars/paths/fields.ts";
import { ABSOLUTE } from "../../../values/grammars/paths/path.ts";
import type { FixedWord } from "../../../values/oneOf.ts";
import { issueAt, wordTopic } from "../../../values/piece.ts";
import { about, noValue, unknown } from "../../../values/wording.ts";

const CODE = "value/mount";

const absolute = (piece: Piece, into: Reader): Issue | undefined => machinePath(piece, "absolute", PATH_BYTES, into);

/** A path after its specifiers; an empty value stands for none. */
const pathOf = (routine: string, empty: Grammar["empty"] = "unset"): Grammar =>
  grammar(routine, MACHINE_PATH.form, empty, absolute);

/** A list of words in quotes, of which a wrong one has an effect. */
const words = (
  routine: string,
  form: string,
  effect: Effect,
  item: (word: Piece, into: Reader) => Issue | ReportedIssue | undefined,
): Grammar =>
  grammar(routine, form, "reset", (value, into) =>
    readWords(value, "quotes", into, { item, effect, broken: "rest", gap: MACHINE_PATH }),
  );

/** Two fields of a word. */
const FIELDS = { separators: ":", escapes: "next", quotes: true } as const;

function readSymlink(word: Piece, into: Reader): Issue | undefined {
  const { parts, broken } = partsOf(word, FIELDS, 2);
  const [place = word, target] = parts;
  if (broken) return broken;
  if (!target) return issueAt(word, CODE, noValue(word, 'a link and what it points to with ":" between them'));
  return absolute(place, into);
}

/** Flags of subvolumes. Follows subvolume_flags_from_string(), systemd 257, and repart.d(5) of 262. */
const FLAGS: readonly FixedWord[] = [{ text: "ro" }, { text: "nodatacow", since: 258 }];

function readSubvolume(word: Piece, into: Reader): Issue | undefined {
  const { parts, broken } = partsOf(word, FIELDS, 2);
  const [place = word, flags] = parts;
  const wrong = broken ?? absolute(place, into);
  if (wrong || !flags) return wrong;
  const names = flags.text.split(",");
  const known = thoseIn(FLAGS, into.where.version).map(({ text }) => text);
  if (names.every((it) => known.includes(it))) return undefined;
  return issueAt(flags, CODE, { ...unknown(flags, "flag"), allowed: known });
}

const COPY = { separators: ":", escapes: "c" } as const;
const OPTIONS = { separators: ",", escapes: "kept" } as const;

/** Since when options may follow the target. */
const WITH_OPTIONS = { since: 258 };

/** Follows config_parse_copy_files(), systemd 257 and 262. */
function readCopy(value: Piece, into: Reader): ReportedIssue | undefined {
  const most = holdsIn(WITH_OPTIONS, into.where.version) ? 3 : 2;
  const { parts, rest, broken } = partsOf(value, COPY, most);
  if (broken) return withEffect(broken, "refused");
  const [source = value, target, options] = parts;
  if (rest && rest.text !== "")
    return { ...issueAt(rest, CODE, about(rest, "follows the last field")), effect: "refused" };
  for (const it of options ? partsOf(options, OPTIONS).parts : [])
    if (it.text !== "" && it.text !== "fsverity=copy" && it.text !== "fsverity=off")
      into.problem(issueAt(it, CODE, unknown(it, "option")), "word");
  return withEffect(absolute(source, into) ?? (target && absolute(target, into)), "assignment");
}

/** One to four fields with C escapes and quotes. */
const VOLUME = { separators: ":", escapes: "c", quotes: true } as const;

/** Follows config_parse_mountpoint(), systemd 257 and 262, which expands nothing. */
function readMountPoint(value: Piece, into: Reader): Issue | undefined {
  const { parts, rest, broken } = partsOf(value, VOLUME, 2);
  if (broken) return broken;
  if (rest && rest.text !== "") return issueAt(rest, CODE, about(rest, "follows a path and its options"));
  return ABSOLUTE.read(parts[0] ?? value, into);
}

const EXTRA = { since: 258 };

/** Follows config_parse_encrypted_volume(), systemd 257 and 262. */
function readVolume(value: Piece, into: Reader): Issue | undefined {
  const most = holdsIn(EXTRA, into.where.version) ? 4 : 3;
  const { parts, rest, broken } = partsOf(value, VOLUME, most);
  const [name = value, , , extra] = parts;
  if (broken) return broken;
  if (rest && rest.text !== "")
    return issueAt(rest, CODE, about(rest, `is one field too many; at most ${most} are allowed`));
  into.token(name.from, name.to, "name");
  if (!isFileNamed(name.text)) return issueAt(name, "value/name", about(name, "is no name of a volume"));
  for (const it of extra ? partsOf(extra, OPTIONS).parts : [])
    if (it.text !== "fixate-volume-key") into.problem(issueAt(it, CODE, unknown(it, "option")), "word");
  return undefined;
}

/** How many bytes a label has at most. Follows GPT_LABEL_MAX, systemd 257 and 262. */
const LABEL_BYTES = 36;

function readLabel(value: Piece, into: Reader): Issue | undefined {
  into.token(value.from, value.to, "text");
  const it = expandMachine(value, Number.POSITIVE_INFINITY, into);
  if (isWrong(it)) return it;
  const bytes = utf8Length(it.piece.text);
  if (it.piece.certain && bytes > LABEL_BYTES)
    return issueAt(
      value,
      "value/name",
      about(value, `has ${bytes} bytes, but a label of a partition has at most ${LABEL_BYTES}`),
    );
  return undefined;
}

const AUTO = { text: "auto", summary: "The partition that the running system has for this.", role: "word" } as const;

/** Paths and names of partitions. */
export const REPART_PATHS = {
  label: grammar("label", "a label of up to 36 bytes", "unset", readLabel),
  copyBlocks: grammar("copy_blocks", "the path of an image or a device, or `auto`", "unset", (value, into) => {
    into.slot(value.from, value.to, () => [AUTO]);
    if (value.text !== AUTO.text) return absolute(value, into);
    into.token(value.from, value.to, "word", wordTopic(AUTO.text, AUTO.summary));
    return undefined;
  }),
  copyFiles: {
    ...grammar("copy_files", "a path, optionally with `:` and where it goes in the partition", "invalid", readCopy),
    missing: { code: "value/path", effect: "assignment" },
  },
  excludeFiles: words("exclude_files", "a list of absolute paths", "rest", absolute),
  makeDirs: words("make_dirs", "a list of absolute paths", "word", absolute),
  makeSymlinks: words("make_symlinks", "a list of links, each with `:` and what it points to", "word", readSymlink),
  subvolumes: words(
    "subvolumes",
    "a list of absolute paths, each optionally with `:` and flags",
    "word",
    readSubvolume,
  ),
  defaultSubvolume: pathOf("default_subvolume"),
  mountpoint: grammar("mountpoint", "an absolute path, optionally with `:` and mount options", "reset", readMountPoint),
  encryptedVolume: grammar(
    "encrypted_volume",
    "the name of the volume, optionally with `:` and a key file, and `:` and options",
    "reset",
    readVolume,
  ),
  fstype: single(
    "fstype",
    {
      form: "a type of file system such as `ext4`",
      read(piece, into) {
        into.token(piece.from, piece.to, "name");
        return isFileNamed(piece.text)
          ? undefined
          : issueAt(piece, "value/file-system", about(piece, "is no type of file system"));
      },
    },
    { empty: "invalid", code: "value/file-system" },
  ),
} as const satisfies Record<string, Grammar>;
