import { grammar, readWords } from "../../combine.ts";
import type { Effect, Grammar, Issue, Offer, Piece, Reader, ReportedIssue, Term } from "../../grammar.ts";
import { about } from "../../wording.ts";
import { partsOf } from "./fields.ts";
import { ABSOLUTE, behindSign, FOLDER, OPTIONAL, readPath } from "./path.ts";

const LIST = "a list of absolute paths";
const UNDER_ROOT: Offer = {
  text: "+",
  summary: "The path is relative to `RootDirectory=` or `RootImage=`, not to the host.",
  role: "operator",
};

/** The grammar of paths between blanks, each perhaps after signs. */
function paths(routine: string, effect: Effect, empty: Grammar["empty"], signs: readonly Offer[] = []): Grammar {
  const signed = signs.map(({ text }) => `\`${text}\``).join(" and ");
  const item: Term = {
    form: ABSOLUTE.form,
    read(piece, into) {
      const place = signs.reduce((rest, sign) => behindSign(rest, sign, into), piece);
      return readPath(place, ABSOLUTE, "full", into);
    },
  };
  return grammar(routine, signed ? `${LIST}, each optionally prefixed with ${signed}` : LIST, empty, (value, into) => {
    const read = (word: Piece, reader: Reader): Issue | ReportedIssue | undefined =>
      item.read(word, reader) ?? joined(word);
    readWords(value, "quotes", into, { item: read, effect, broken: "rest", gap: item });
  });
}

/** Two paths that a sign joins are one path, which systemd accepts. */
function joined(word: Piece): ReportedIssue | undefined {
  const [sign, ...more] = word.exact ? [...word.text.matchAll(/[,;:](?=\/)/g)] : [];
  if (!sign) return undefined;
  const from = word.from + sign.index;
  const to = word.from + (more.at(-1) ?? sign).index + 1;
  const text = word.text.slice(sign.index, to - word.from).replace(/[,;:](?=\/|$)/g, " ");
  return {
    from,
    to: from + 1,
    code: "value/path",
    ...about(sign[0], "stands where a space must part two paths"),
    fixes: [{ title: "Use a space instead", from, to, text }],
    effect: "silent",
  };
}

/** Follows config_parse_colon_separated_paths(), systemd 257 to 262. */
function readSearchPath(value: Piece, into: Reader): Issue | undefined {
  const { parts, broken } = partsOf(value, { separators: ":", escapes: "next" });
  for (const it of parts.length > 0 ? parts : [value]) {
    const issue = readPath(it, FOLDER, "full", into);
    if (issue) return issue;
  }
  return broken;
}

/** Values that are several paths. */
export const PATH_LISTS = {
  unitPathStrvPrintf: paths("unit_path_strv_printf", "rest", "reset"),
  unitMountsFor: paths("unit_mounts_for", "word", "nothing"),
  namespacePathStrv: paths("namespace_path_strv", "word", "reset", [OPTIONAL, UNDER_ROOT]),
  colonSeparatedPaths: grammar(
    "colon_separated_paths",
    "absolute paths separated by colons",
    "reset",
    (value, into) => {
      const issue = readSearchPath(value, into);
      return issue && { ...issue, effect: "rest" };
    },
  ),
} as const satisfies Record<string, Grammar>;
