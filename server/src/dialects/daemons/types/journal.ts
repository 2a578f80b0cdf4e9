import { parseBoolean } from "../../../values/boolean.ts";
import { grammar, list, single } from "../../../values/combine.ts";
import type { Grammar, Issue, Piece, Reader, ReportedIssue, Term } from "../../../values/grammar.ts";
import { escapeIssue, readEscapes } from "../../../values/grammars/names/escapes.ts";
import { isAmount } from "../../../values/grammars/numbers/quantity.ts";
import { size } from "../../../values/grammars/numbers/sizes.ts";
import { ABSOLUTE } from "../../../values/grammars/paths/path.ts";
import { socketAddress } from "../../../values/grammars/unit/sockets.ts";
import { parseInteger } from "../../../values/number.ts";
import { oneOf } from "../../../values/oneOf.ts";
import { issueAt, part, wordTopic } from "../../../values/piece.ts";
import { about, noValue } from "../../../values/wording.ts";

const LIMIT = size({ form: "a boolean, or the size in bytes above which data are compressed, such as `512` or `1K`" });

/** Follows config_parse_compress(), systemd 257 and 262: 0 and 1 are booleans, with a warning. */
function readCompress(value: Piece, into: Reader): Issue | ReportedIssue | undefined {
  const { from, to, text } = value;
  into.slot(from, to, () => [
    { text: "yes", summary: "Compresses data of more than 512 bytes.", role: "word" },
    { text: "no", summary: "Compresses nothing.", role: "word" },
  ]);
  const truth = parseBoolean(text);
  if (truth === undefined) {
    const amount = LIMIT.measure(value, into);
    return isAmount(amount) ? undefined : amount;
  }
  into.token(from, to, "word");
  if (text !== "0" && text !== "1") return undefined;
  const word = truth ? "yes" : "no";
  return {
    ...issueAt(value, "value/boolean", about(text, `is read as ${word} and not as a size`), [
      { title: `Change to ${word}`, from, to, text: word, safe: true },
      { title: `Change to ${text}B`, from, to, text: `${text}B` },
    ]),
    effect: "complains",
  };
}

const LINE = size({ form: "a size of at least 79 bytes, such as `48K`" });
const SHORTEST_LINE = 79n;
const LONGEST_LINE = 2n ** 63n - 2n;

/** Follows config_parse_line_max(), systemd 257 and 262. */
function readLineMax(value: Piece, into: Reader): Issue | ReportedIssue | undefined {
  const amount = LINE.measure(value, into);
  if (!isAmount(amount)) return amount;
  if (amount === "infinity" || (amount >= SHORTEST_LINE && amount <= LONGEST_LINE)) return undefined;
  const bound = amount < SHORTEST_LINE ? `at least ${SHORTEST_LINE}` : `at most ${LONGEST_LINE}`;
  return {
    ...issueAt(value, "value/size", {
      ...about(value, "is out of range"),
      consequence: `systemd takes ${bound} bytes instead`,
    }),
    effect: "complains",
  };
}

const ALGORITHM = oneOf(
  [
    { text: "zstd", summary: "Compresses well and fast." },
    { text: "lz4", summary: "Compresses fastest." },
    { text: "xz", summary: "Compresses best, and slowly." },
  ],
  {
    code: "value/enumeration",
    what: "compression",
    form: "an algorithm such as `zstd`",
    canonical: (text) => text.toLowerCase(),
  },
);

/** An algorithm, with a colon and a level where the routine is asked for them. */
const compressed = (levels: boolean): Term => ({
  form: levels ? "algorithms such as `zstd` or `zstd:3`, or `no`" : "algorithms such as `zstd`, or `no`",
  read(piece, into) {
    const colon = levels ? piece.text.indexOf(":") : -1;
    if (colon < 0) return ALGORITHM.read(piece, into);
    const level = part(piece, colon + 1);
    if (parseInteger(level.text) === undefined) return issueAt(level, "value/number", noValue(level, "a level"));
    into.token(level.from, level.to, "number");
    return ALGORITHM.read(part(piece, 0, colon), into);
  },
});

const HEADER_NAME = /^[A-Za-z0-9_-]{1,40}$/;
const HEADER_VALUE = /^[A-Za-z0-9_ :;.,\\/'"?!(){}[\]@<>=\-+*#$&`|~^%]{0,8000}$/;

/** Follows config_parse_header(), systemd 262. */
function readHeader(value: Piece, into: Reader): Issue | undefined {
  readEscapes(value, into);
  const broken = escapeIssue(value);
  if (broken) return broken;
  const colon = value.text.indexOf(":");
  if (colon < 0) return issueAt(value, "value/name", noValue(value, "a name, a colon and a value"));
  const [name, text] = [part(value, 0, colon), part(value, colon + 1)];
  into.token(name.from, name.to, "name");
  into.token(text.from, text.to, "text");
  if (!HEADER_NAME.test(name.text.trim()))
    return issueAt(name, "value/name", noValue(name, "a header of letters, digits, _ and -"));
  if (!text.text.includes("\\") && !HEADER_VALUE.test(text.text.trimStart()))
    return issueAt(text, "value/name", about(text, "has characters that no header may have"));
  return undefined;
}

const IGNORED = wordTopic("-", "Does without it.");

/** A path, or a dash for none. Follows config_parse_path_or_ignore(), systemd 257 and 262. */
const PATH_OR_IGNORE: Term = {
  form: "an absolute path, or `-` for none",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [{ text: "-", summary: "Does without it.", role: "word" }]);
    if (piece.text !== "-") return ABSOLUTE.read(piece, into);
    into.token(piece.from, piece.to, "operator", IGNORED);
    return undefined;
  },
};

/** Value types of journald.conf, journal-remote.conf and journal-upload.conf. */
export const JOURNAL_TYPES = {
  compress: grammar("compress", LIMIT.form, "unset", readCompress),
  lineMax: grammar("line_max", LINE.form, "unset", readLineMax),
  forwardToSocket: single("forward_to_socket", socketAddress(true), { empty: "unset" }),
  header: grammar("header", "the name of a header, a colon and its value", "reset", readHeader),
  pathOrIgnore: single("path_or_ignore", PATH_OR_IGNORE, { empty: "unset" }),
} as const satisfies Record<string, Grammar>;

const WITHOUT: Term = {
  form: "`no`",
  read(piece, into) {
    into.slot(piece.from, piece.to, () => [{ text: "no", summary: "Does not compress.", role: "word" }]);
    if (parseBoolean(piece.text) !== false)
      return issueAt(piece, "value/boolean", about(piece, "is no boolean but no"));
    into.token(piece.from, piece.to, "word", wordTopic("no", "Does not compress."));
    return undefined;
  },
};

/** The algorithms that data travel with, the first is used where the other side knows it. Follows config_parse_compression(), systemd 262. */
export function compression(levels: string): Grammar {
  const item = compressed(levels === "true");
  return list("compression", item, {
    form: item.form,
    splitting: "plain",
    empty: "reset",
    effect: "word",
    broken: "assignment",
    alone: WITHOUT,
  });
}
