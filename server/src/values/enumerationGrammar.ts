import { holdsIn, type SystemdVersion } from "../facts/version.ts";
import { nearest } from "../text/nearest.ts";
import { accepts, enumerationForms, isDeprecated, memberOf, membersIn } from "./enumeration.ts";
import { expand, isIssue } from "./expand.ts";
import type { Issue, Piece, Reader } from "./grammar.ts";
import type { Member, Suffix } from "./member.ts";
import { extentOf, part } from "./piece.ts";
import type { Enumeration } from "./valueType.ts";
import { about, noValue } from "./wording.ts";

/** Whether a type has no other values than yes and no. */
export const isPlainBoolean = (type: Enumeration): boolean => type.boolean !== undefined && type.members.length === 2;

/** Reads the value of an enumeration as a grammar does. */
export function readEnumeration(type: Enumeration, value: Piece, into: Reader): void {
  const { version } = into.where;
  const { from, to, text } = value;
  const suffix = suffixOf(type, value, version);
  const isInPath = suffix?.isPath && into.cursor !== undefined && into.cursor >= suffix.text.from;
  if (isInPath) into.slot(suffix.text.from, suffix.text.to, () => [], { kind: "paths" });
  else
    into.slot(from, to, () =>
      membersIn(type, version)
        .filter((it) => !isDeprecated(it, version))
        .map((it) => ({
          text: isIncomplete(it, version) ? `${it.value}:` : it.value,
          summary: it.summary,
          role: "word",
        })),
    );
  const member = memberOf(type, text, version);
  if (member) into.token(from, to, "word", () => ({ kind: "member", member }));
  if (member && isDeprecated(member, version)) {
    const { effect } = member.deprecated ?? {};
    const wording = about(member.value, `is an obsolete value${effect === undefined ? "" : ` that ${effect}`}`);
    into.problem({ from, to, code: "value/deprecated", ...wording }, "complains");
  }
  if (member && isIncomplete(member, version) && !text.includes(":")) {
    const wording = about(text, `needs a colon and ${member.suffix.form} after it`);
    const consequence = "the program cannot be started";
    into.problem({ from, to, code: "value/enumeration", ...wording, consequence }, "silent");
  }
  const unresolved = member && suffix ? expand(suffix.text, "full", into) : undefined;
  const wrong = accepts(type, text, version) ? undefined : troubleOf(type, value, version);
  const issue = wrong ?? (unresolved && isIssue(unresolved) ? unresolved : undefined);
  if (issue) into.problem(issue, suffix ? effectOfSuffix(type, version) : effectOfInvalid(type));
  else if (!member && text !== "") into.token(from, to, "number");
}

/** What follows from a value that an enumeration does not know. */
export const effectOfInvalid = (type: Enumeration): "refused" | "assignment" =>
  type.invalid === "refused" ? "refused" : "assignment";

/** Whether the word alone is of no use. */
const isIncomplete = (member: Member, version: SystemdVersion): member is Member & { suffix: Suffix } =>
  member.suffix?.required === true && holdsIn(member.suffix, version);

/** What stands after the colon of a word that takes such a text, and what has to. */
function suffixOf(
  type: Enumeration,
  value: Piece,
  version: SystemdVersion,
): { readonly word: string; readonly text: Piece; readonly form: string; readonly isPath?: true } | undefined {
  const colon = value.text.indexOf(":");
  const word = value.text.slice(0, Math.max(colon, 0));
  const suffix = membersIn(type, version).find((it) => it.value === word)?.suffix;
  return suffix && holdsIn(suffix, version) ? { ...suffix, word, text: part(value, colon + 1) } : undefined;
}

const effectOfSuffix = (type: Enumeration, version: SystemdVersion): "refused" | "assignment" =>
  type.refusesSuffix && holdsIn(type.refusesSuffix, version) ? "refused" : effectOfInvalid(type);

function troubleOf(type: Enumeration, value: Piece, version: SystemdVersion): Issue {
  const members = membersIn(type, version).map((it) => it.value);
  const after = suffixOf(type, value, version);
  if (after) {
    const isEmpty = after.text.text === "";
    const wording = isEmpty
      ? { message: `needs ${after.form} after "${after.word}:"` }
      : noValue(after.text, after.form);
    return { ...extentOf(isEmpty ? value : after.text), code: "value/enumeration", ...wording };
  }
  const { from, to, text } = value;
  return {
    from,
    to,
    code: isPlainBoolean(type) ? "value/boolean" : "value/enumeration",
    ...noValue(value, enumerationForms(type, version)),
    fixes: nearest(text, members).map((it) => ({ title: `Change to ${it}`, from, to, text: it })),
  };
}
