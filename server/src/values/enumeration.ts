import { holdsIn, type SystemdVersion, thoseIn } from "../facts/version.ts";
import { parseBoolean } from "./boolean.ts";
import type { Member } from "./member.ts";
import { parseUnsigned } from "./number.ts";
import type { Enumeration, ValueType } from "./valueType.ts";

/** What systemd accepts a value for; undefined where it is empty, a number without a name, or nothing that it knows. */
export function memberOf(type: Enumeration, value: string, version: SystemdVersion): Member | undefined {
  const whole = wordOf(type, value, version);
  if (whole !== undefined) return whole;
  const colon = value.indexOf(":");
  if (colon >= 0) {
    const member = wordOf(type, value.slice(0, colon), version);
    const suffix = member?.suffix;
    if (suffix === undefined || !holdsIn(suffix, version)) return undefined;
    return suffix.accepts(value.slice(colon + 1)) ? member : undefined;
  }
  const number = numberOf(type, value, version);
  return number === undefined ? undefined : membersIn(type, version).find((member) => member.number === number);
}

/** Whether systemd accepts a value without dropping it or refusing the unit; an additional warning does not count. */
export function accepts(type: Enumeration, value: string, version: SystemdVersion): boolean {
  if (value === "") return type.empty === "unset";
  return memberOf(type, value, version) !== undefined || numberOf(type, value, version) !== undefined;
}

/** The members that a version knows, deprecated ones too, in the order in which completion offers them. */
export function membersIn(type: Enumeration, version: SystemdVersion): readonly Member[] {
  return thoseIn(type.members, version);
}

/** Whether a version accepts a member, but warns of it. */
export const isDeprecated = ({ deprecated }: Member, version: SystemdVersion): boolean =>
  deprecated !== undefined && holdsIn(deprecated, version);

/** What may stand as the value, for a reader: a phrase in Markdown, without a full stop. */
export function formOf(type: ValueType, version: SystemdVersion): string {
  switch (type.kind) {
    case "grammar":
      return type.form;
    case "enumeration":
      return inWords(enumerationForms(type, version));
  }
}

/** The same one by one, in the order in which completion offers them. */
export function enumerationForms(type: Enumeration, version: SystemdVersion): readonly string[] {
  const words = membersIn(type, version).filter((member) => !isDeprecated(member, version));
  const numbers = (type.numbers ?? []).filter((range) => holdsIn(range, version));
  return [
    ...words.map((member) => memberForm(member, version)),
    ...numbers.filter(({ low, high }) => low < high).map(({ low, high }) => `a number from ${low} to ${high}`),
  ];
}

function memberForm({ value, suffix }: Member, version: SystemdVersion): string {
  if (suffix === undefined || !holdsIn(suffix, version)) return `\`${value}\``;
  const long = `\`${value}:\` with ${suffix.form}`;
  return suffix.required ? long : `\`${value}\` (or ${long})`;
}

function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} or ${last}`;
}

/** The member of a word without a suffix. */
function wordOf(type: Enumeration, word: string, version: SystemdVersion): Member | undefined {
  const truth = type.boolean && parseBoolean(word);
  const wanted = type.boolean && truth !== undefined ? (truth ? type.boolean.yes : type.boolean.no) : word;
  const same = type.anyCase
    ? (spelling: string) => spelling.toLowerCase() === wanted.toLowerCase()
    : (spelling: string) => spelling === wanted;
  return membersIn(type, version).find(
    ({ value, synonyms, newSynonym }) =>
      same(value) || synonyms?.some(same) || (newSynonym && holdsIn(newSynonym, version) && same(newSynonym.text)),
  );
}

/** The number that a value stands for, if the enumeration takes it in this version. */
function numberOf(type: Enumeration, value: string, version: SystemdVersion): number | undefined {
  const number = type.numbers && parseUnsigned(value);
  const fits = type.numbers?.some(
    (range) => holdsIn(range, version) && number !== undefined && range.low <= number && number <= range.high,
  );
  return fits ? number : undefined;
}
