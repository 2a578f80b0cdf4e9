import { holdsIn, type SystemdVersion } from "../facts/version.ts";
import { nearest } from "../text/nearest.ts";
import { accepts, formOf, isDeprecated, memberOf, membersIn } from "./enumeration.ts";
import { expand, isIssue } from "./expand.ts";
import type { Issue, Piece, Reader } from "./grammar.ts";
import { part, quoted } from "./piece.ts";
import type { Enumeration } from "./valueType.ts";

/** More values than this are counted in a message, not listed. */
const MAX_LISTED = 10;

/** Whether a type has no other values than yes and no. */
export const isPlainBoolean = (type: Enumeration): boolean => type.boolean !== undefined && type.members.length === 2;

/** Reads the value of an enumeration as a grammar does. */
export function readEnumeration(type: Enumeration, value: Piece, into: Reader): void {
  const { version } = into.where;
  const { from, to, text } = value;
  into.slot(from, to, () =>
    membersIn(type, version)
      .filter((it) => !isDeprecated(it, version))
      .map((it) => ({ text: it.value, summary: it.summary, role: "word" })),
  );
  const member = memberOf(type, text, version);
  if (member) into.token(from, to, "word", () => ({ kind: "member", member }));
  if (member && isDeprecated(member, version)) {
    const message = `has the obsolete value ${member.value}`;
    into.problem({ from, to, code: "value/deprecated", message }, "complains");
  }
  const suffix = suffixOf(type, value, version);
  const unresolved = member && suffix ? expand(suffix, "full", into) : undefined;
  const wrong = accepts(type, text, version) ? undefined : troubleOf(type, value, version);
  const issue = wrong ?? (unresolved && isIssue(unresolved) ? unresolved : undefined);
  if (issue) into.problem(issue, suffix ? effectOfSuffix(type, version) : effectOfInvalid(type));
  else if (!member && text !== "") into.token(from, to, "number");
}

/** What follows from a value that an enumeration does not know. */
export const effectOfInvalid = (type: Enumeration): "refused" | "assignment" =>
  type.invalid === "refused" ? "refused" : "assignment";

/** What stands after the colon of a word that takes such a text. */
function suffixOf(type: Enumeration, value: Piece, version: SystemdVersion): Piece | undefined {
  const colon = value.text.indexOf(":");
  const word = membersIn(type, version).find((it) => it.value === value.text.slice(0, Math.max(colon, 0)));
  return word?.suffix && holdsIn(word.suffix, version) ? part(value, colon + 1) : undefined;
}

const effectOfSuffix = (type: Enumeration, version: SystemdVersion): "refused" | "assignment" =>
  type.refusesSuffix && holdsIn(type.refusesSuffix, version) ? "refused" : effectOfInvalid(type);

function troubleOf(type: Enumeration, value: Piece, version: SystemdVersion): Issue {
  const members = membersIn(type, version).map((it) => it.value);
  const form =
    members.length > MAX_LISTED ? `one of ${members.length} words` : formOf(type, version).replaceAll("`", "");
  const { from, to, text } = value;
  return {
    from,
    to,
    code: isPlainBoolean(type) ? "value/boolean" : "value/enumeration",
    message: text === "" ? "needs a value" : `takes ${form}, not ${quoted(value)}`,
    fixes: nearest(text, members).map((it) => ({ title: `Change to ${it}`, from, to, text: it })),
  };
}
