import { OS_RELEASE_FIELDS } from "../../../facts/conditions.ts";
import { splitWords } from "../../../syntax/words.ts";
import { wordPiece } from "../../combine.ts";
import type { Piece, Reader } from "../../grammar.ts";
import { part } from "../../piece.ts";
import { about, noValue, unknown } from "../../wording.ts";
import { comparison, trimmed } from "./comparison.ts";
import { type ConditionCheck, gapAtCursor, renamed, type Verdict, verdict, word } from "./conditionCheck.ts";

/** More words than this in a condition are no longer looked at. */
const MAX_VERSIONS = 1000;

const FORM = "a list of versions, each optionally prefixed with an operator such as `>=`";

/** Follows condition_test_version_cmp(), systemd 257 to 262: only the first operator may stand apart from its version. */
function versions(piece: Piece, into: Reader): Verdict | undefined {
  const { words, error } = splitWords(piece.text, "quotes");
  const gap = gapAtCursor(piece, words, into);
  if (gap) comparison(gap, into, true);
  let apart = false;
  for (const [i, it] of words.slice(0, MAX_VERSIONS).entries()) {
    const one = trimmed(wordPiece(piece, it));
    if (apart) {
      into.token(one.from, one.to, "number");
      apart = false;
      continue;
    }
    const { operator, behind } = comparison(one, into, true);
    const version = trimmed(behind);
    if (version.text !== "") into.token(version.from, version.to, "number");
    else if (i === 0 && words.length > 1) apart = true;
    else return verdict(one, about(operator, "needs a version directly after it"), i === 0 ? "fails" : undefined);
  }
  if (!error) return undefined;
  const rest = part(piece, error.from, error.to);
  return verdict(rest, about(rest, "is not closed"), "fails");
}

/** ConditionKernelVersion=. */
export const KERNEL_VERSION: ConditionCheck = { form: FORM, read: versions };

const SOFTWARE = [
  { text: "kernel", summary: "The version of the kernel; this is the default." },
  { text: "systemd", summary: "The version of systemd." },
  { text: "glibc", summary: "The version of the C library." },
];

/** ConditionVersion=. Follows condition_test_version(), systemd 258 to 262. */
export const VERSION: ConditionCheck = {
  form: `\`kernel\`, \`systemd\` or \`glibc\`, and ${FORM}`,
  read(piece, into) {
    const [name = ""] = /^[^!<=>$\s]*/.exec(piece.text) ?? [];
    const named = word(part(piece, 0, name.length), into, SOFTWARE);
    return versions(named ? trimmed(part(piece, name.length)) : piece, into);
  },
};

/** Follows condition_test_osrelease(), systemd 257 to 262. */
export const OS_RELEASE: ConditionCheck = {
  form: "a list of fields of os-release, each with an operator and a value and without spaces, such as `ID=debian`",
  read(piece, into) {
    const { words, error } = splitWords(piece.text, "quotes");
    const gap = gapAtCursor(piece, words, into);
    if (gap) word(gap, into, OS_RELEASE_FIELDS, "variable");
    for (const [i, it] of words.slice(0, MAX_VERSIONS).entries()) {
      const wrong = field(wordPiece(piece, it), into);
      if (wrong) return i === 0 ? wrong : { ...wrong, result: undefined };
    }
    if (!error) return undefined;
    const rest = part(piece, error.from, error.to);
    return verdict(rest, about(rest, "is not closed"), "fails");
  },
};

function field(piece: Piece, into: Reader): Verdict | undefined {
  const [name = ""] = /^[^!<=>$]*/.exec(piece.text) ?? [];
  const key = part(piece, 0, name.length);
  const known = word(key, into, OS_RELEASE_FIELDS, "variable");
  const { operator, behind } = comparison(part(piece, name.length), into, true);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || operator === "" || behind.text === "" || /^\s/.test(behind.text))
    return verdict(piece, noValue(piece, "a field, an operator and a value without spaces"), "fails");
  if (!known && piece.exact) into.token(key.from, key.to, "variable");
  if (piece.exact) into.token(behind.from, behind.to, "text");
  return lowerCase(key);
}

/** Fields are written in capitals: another spelling is a field that there is not, which counts as empty. */
function lowerCase(key: Piece): Verdict | undefined {
  const upper = key.text.toUpperCase();
  if (upper === key.text || !OS_RELEASE_FIELDS.some(({ text }) => text === upper)) return undefined;
  return verdict(key, unknown(key, "os-release field"), undefined, renamed(key, OS_RELEASE_FIELDS));
}
