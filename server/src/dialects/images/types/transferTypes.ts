import { holdsIn } from "../../../facts/version.ts";
import { splitWords } from "../../../syntax/words.ts";
import { grammar, readWords, single } from "../../../values/combine.ts";
import {
  expandMachine,
  isFileNamed,
  isWrong,
  machinePath,
  NAME_BYTES,
  notA,
  PATH_BYTES,
} from "../../../values/configs/general/expansion.ts";
import type { Grammar, Issue, Piece, Reader, ReportedIssue, Term } from "../../../values/grammar.ts";
import { integer } from "../../../values/grammars/numbers/integers.ts";
import { termOf } from "../../../values/grammars/numbers/quantity.ts";
import { ULONG_MAX } from "../../../values/number.ts";
import { issueAt, part, wordTopic } from "../../../values/piece.ts";
import type { ValueType } from "../../../values/valueType.ts";
import { about, unknown } from "../../../values/wording.ts";
import { isId128, PARTITION_TYPE } from "./partitionTypes.ts";

const PATTERN = "value/version-pattern";

/** What stands for a part of a name. Follows pattern_element_type_from_char(), systemd 257 and 262. */
const MARKERS: Readonly<Record<string, string>> = {
  v: "The version, which every pattern has.",
  u: "The UUID of the partition.",
  f: "The flags of the partition.",
  a: "The no-auto flag of the partition.",
  g: "Whether the file system of the partition is grown.",
  r: "The read-only flag of the partition.",
  t: "The time of last change.",
  m: "The mode of the file.",
  s: "The size of the file.",
  d: "How often starting this version failed.",
  l: "How many tries are left.",
  h: "The SHA256 sum of the file.",
};

/** Before systemd 262 such a pattern is taken, and no version is found with it. */
function reserved(piece: Piece, into: Reader): ReportedIssue {
  const early = !holdsIn(GLOB, into.where.version);
  const wording = about(piece, "is a character with which systemd-sysupdate finds no version");
  return { ...issueAt(piece, PATTERN, wording), effect: early ? "silent" : "refused" };
}

/** Follows pattern_split(), systemd 257 and 262. */
function patternIssue(piece: Piece, into: Reader): Issue | ReportedIssue | undefined {
  const { text } = piece;
  const seen = new Set<string>();
  let separated = true;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "@" && text.charAt(at + 1) !== "@") {
      const marker = text.charAt(at + 1);
      const place = part(piece, at, at + 2);
      const meaning = MARKERS[marker];
      if (meaning === undefined)
        return issueAt(place, PATTERN, marker === "" ? "ends in @" : unknown(`@${marker}`, "field"));
      if (seen.has(marker)) return issueAt(place, PATTERN, about(`@${marker}`, "stands here twice"));
      if (!separated) return issueAt(place, PATTERN, about(`@${marker}`, "needs text before it"));
      if (piece.exact) into.token(place.from, place.to, "variable", wordTopic(`@${marker}`, meaning));
      seen.add(marker);
      separated = false;
      at++;
      continue;
    }
    if (char === "@") at++;
    if (/[\x01-\x1f\x7f$*?[\]!\\|]/.test(char)) return reserved(part(piece, at, at + 1), into);
    separated = true;
  }
  return seen.has("v") ? undefined : issueAt(piece, PATTERN, about(piece, "has no field @v for the version"));
}

/** Since when a source may be looked for in all folders. */
const GLOB = { since: 262 };

function readPattern(word: Piece, source: boolean, into: Reader): ReportedIssue | undefined {
  const expanded = expandMachine(word, NAME_BYTES, into);
  if (isWrong(expanded)) return { ...expanded, effect: "rest" };
  const { piece } = expanded;
  const glob = piece.text.startsWith("**/") && holdsIn(GLOB, into.where.version);
  const body = glob ? part(piece, 3) : piece;
  const wrong =
    glob && !source
      ? issueAt(word, PATTERN, about("**/", "may only begin the pattern of a source"))
      : glob && !isFileNamed(body.text)
        ? issueAt(word, PATTERN, about(word, "has a slash after **/"))
        : patternIssue(body, into);
  return wrong && { effect: "refused", ...wrong };
}

const AFTER_PATTERN: Term = {
  form: "a pattern such as `image_@v.raw`",
  read(piece, into) {
    into.slot(piece.from, piece.to, () =>
      Object.entries(MARKERS).map(([letter, summary]) => ({ text: `@${letter}`, summary, role: "variable" })),
    );
    return undefined;
  },
};

/** Follows config_parse_resource_pattern(), systemd 257 and 262. */
const pattern = (which: string): Grammar =>
  grammar(
    "resource_pattern",
    "a list of patterns such as `image_@v.raw`, each with `@v` for the version",
    "reset",
    (value, into) =>
      readWords(value, patternWords, into, {
        item: (word, reader) => readPattern(word, which === "source", reader),
        effect: "refused",
        broken: "rest",
        gap: AFTER_PATTERN,
      }),
  );

const patternWords = (text: string) =>
  splitWords(text, { separators: " \t\n\r", coalesce: true, escapes: "c-relaxed" });

/** Follows version_is_valid(), systemd 257; later versions take no commas, but the signs of a version's order. */
const isVersionText = (text: string, into: Reader): boolean =>
  (holdsIn({ since: 258 }, into.where.version) ? /^[A-Za-z0-9._~^+-]+$/ : /^[A-Za-z0-9.,_+-]+$/).test(text) &&
  text.length <= NAME_BYTES;

/** A version; before 258 the specifiers of the lowest one are looked up, but not put in. */
const version = (routine: string, early: boolean, raw: boolean): Grammar => ({
  ...grammar(routine, "a version such as `1.2.3`", early ? "invalid" : "unset", (value, into) => {
    const it = expandMachine(value, NAME_BYTES, into);
    if (isWrong(it)) return it;
    into.token(value.from, value.to, "text");
    const text = raw ? value : it.piece;
    return !isVersionText(text.text, into) && (raw || text.certain || /[^\w.%+-]/.test(value.text))
      ? notA(value, "value/name", "a version of letters, digits and dots")
      : undefined;
  }),
  ...(early ? { missing: { code: "value/name", effect: "assignment" } as const } : {}),
});

/** Follows http_url_is_valid() after specifier_printf(), systemd 257 and 262. */
const url = (routine: string, early: boolean): Grammar =>
  grammar(routine, "a web address that begins with `https://` or `http://`", "reset", (value, into) => {
    into.slot(value.from, value.to, () => SCHEMES);
    into.token(value.from, value.to, "text");
    const it = expandMachine(value, early ? NAME_BYTES : PATH_BYTES, into);
    if (isWrong(it)) return it;
    return /^https?:\/\/[\x01-\x7f]+$/.test(it.piece.text)
      ? undefined
      : notA(value, "value/uri", "a web address that begins with http:// or https://");
  });

const SCHEMES = [
  { text: "https://", summary: "A web address.", role: "text" },
  { text: "http://", summary: "A web address, not encrypted.", role: "text" },
] as const;

const ID: Term = {
  form: "a UUID",
  read: (piece) => (isId128(piece.text) ? undefined : notA(piece, "value/partition", "a UUID")),
};

/** Hexadecimal digits with or without 0x. Follows safe_atoux64(), systemd 262. */
const HEXADECIMAL: Term = {
  form: "flags in hexadecimal digits",
  read: (piece) =>
    /^[ \t\n\r]*\+?(?:0x)?0*[0-9a-f]{1,16}$/i.test(piece.text)
      ? undefined
      : notA(piece, "value/number", "flags in up to 16 hexadecimal digits"),
};

const NUMBER = integer({ low: 0n, high: ULONG_MAX, form: "a whole number of 0 or more" });

/** One term, for which an empty value is a mistake before systemd 258. */
const early = (routine: string, term: Term, argument: string, code: Issue["code"]): Grammar =>
  single(routine, term, argument === "" ? { empty: "unset" } : { empty: "invalid", code });

/** What systemd-sysupdate reads. */
export const TRANSFER_TYPES = {
  minVersion: (argument: string) => version("min_version", argument !== "", argument !== ""),
  protectVersion: (argument: string) => version("protect_version", argument !== "", false),
  urlSpecifiers: (argument: string) => url("url_specifiers", argument !== ""),
  urlSpecifiersMany: url("url_specifiers_many", false),
  transferUrlSpecifiersMany: url("transfer_url_specifiers_many", false),
  resourcePath: grammar("resource_path", "an absolute path, a web address, or `auto`", "nothing", (value, into) => {
    const it = expandMachine(value, PATH_BYTES, into);
    into.token(value.from, value.to, "path");
    return isWrong(it) ? it : undefined;
  }),
  resourcePattern: pattern,
  resourcePtype: (argument: string) => early("resource_ptype", PARTITION_TYPE, argument, "value/partition"),
  partitionUuid: (argument: string) => early("partition_uuid", ID, argument, "value/partition"),
  partitionFlags: (argument: string) =>
    early("partition_flags", argument === "" ? HEXADECIMAL : termOf(NUMBER), argument, "value/number"),
  instancesMax: grammar("instances_max", "a whole number of 2 or more", "unset", (value, into) => {
    const number = NUMBER.measure(value, into);
    if (typeof number === "object") return number;
    if (number === "infinity" || number >= 2n) return undefined;
    const wording = {
      ...about(`${number}`, "is too few, as two versions are the least"),
      consequence: "systemd takes 2",
    };
    return { ...issueAt(value, "value/number", wording), effect: "complains" };
  }),
  currentSymlink: (argument: string) => ({
    ...grammar("current_symlink", "the path of a link", argument === "" ? "unset" : "invalid", (value, into) =>
      machinePath(value, "any", argument === "" ? PATH_BYTES : NAME_BYTES, into),
    ),
    ...(argument === "" ? {} : { missing: { code: "value/path", effect: "assignment" } as const }),
  }),
  /** Only the specifiers are read with the file. */
  condition: () =>
    grammar("condition", "a condition, with `!` before it where it may not hold", "reset", (value, into) => {
      into.token(value.from, value.to, "text");
      const it = expandMachine(value, Number.POSITIVE_INFINITY, into);
      return isWrong(it) ? it : undefined;
    }),
} as const satisfies Record<string, ValueType | ((argument: string) => ValueType)>;
