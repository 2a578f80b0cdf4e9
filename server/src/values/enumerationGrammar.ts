import type { SystemdVersion } from "../facts/version.ts";
import { nearest } from "../text/nearest.ts";
import { accepts, formOf, isDeprecated, memberOf, membersIn } from "./enumeration.ts";
import type { Issue, Piece, Reader } from "./grammar.ts";
import { quoted } from "./piece.ts";
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
  if (!accepts(type, text, version)) into.problem(troubleOf(type, value, version), effectOfInvalid(type));
  else if (!member && text !== "") into.token(from, to, "number");
}

/** What follows from a value that an enumeration does not know. */
export const effectOfInvalid = (type: Enumeration): "refused" | "assignment" =>
  type.invalid === "refused" ? "refused" : "assignment";

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
