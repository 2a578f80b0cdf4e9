import { specifiersOf } from "../../../../syntax/specifiers.ts";
import { list } from "../../../../values/combine.ts";
import type { Grammar, Issue, Piece, Reader, Term } from "../../../../values/grammar.ts";
import { issueAt, part } from "../../../../values/piece.ts";
import { invalid, noValue, unknown } from "../../../../values/wording.ts";

/** The specifiers of .link files: those of the machine and of its folders for temporary files. */
const SPECIFIERS = "aAbBHlqmMovwWTV%";

/** Colours specifiers, or says which one is unknown. */
function specifierIssue(piece: Piece, into: Reader): Issue | undefined {
  if (!piece.text.includes("%")) return undefined;
  for (const { letter, from, to } of specifiersOf(piece.text)) {
    const at = part(piece, from, to);
    if (!SPECIFIERS.includes(letter)) return issueAt(at, "value/specifier", unknown(`%${letter}`, "specifier"));
    into.token(at.from, at.to, "specifier");
  }
  return undefined;
}

/** Follows env_name_is_valid(), systemd 257 to 262. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** A specifier stands for text that only the machine knows. */
const standIn = (text: string): string => text.replace(/%[a-zA-Z]/g, "a").replaceAll("%%", "%");

const PROPERTY_NAME: Term = {
  form: "the name of a property such as `ID_NET_NAME`",
  read(piece, into) {
    const issue = specifierIssue(piece, into);
    if (issue) return issue;
    if (!NAME.test(standIn(piece.text))) return issueAt(piece, "value/name", invalid(piece, "name of a property"));
    into.token(piece.from, piece.to, "variable");
    return undefined;
  },
};

const ASSIGNMENT: Term = {
  form: "a property with its value such as `ID_NET_MANAGED_BY=io.systemd.Network`",
  read(piece, into) {
    const issue = specifierIssue(piece, into);
    if (issue) return issue;
    const equals = piece.text.indexOf("=");
    const name = equals < 0 ? "" : standIn(piece.text.slice(0, equals));
    if (!NAME.test(name)) return issueAt(piece, "value/name", noValue(piece, "a property and its value"));
    const [variable, content] = [part(piece, 0, equals), part(piece, equals + 1)];
    into.token(variable.from, variable.to, "variable");
    into.token(content.from, content.to, "text");
    return undefined;
  },
};

const properties = (routine: string, form: string, item: Term): Grammar =>
  list(routine, item, { form, splitting: "escapes", empty: "reset", effect: "word" });

/** Properties that udev gives a device. */
export const PROPERTIES = {
  udevProperty: properties("udev_property", "a list of properties with their values", ASSIGNMENT),
  udevPropertyName: properties("udev_property_name", "a list of names of properties", PROPERTY_NAME),
} as const satisfies Record<string, Grammar>;
