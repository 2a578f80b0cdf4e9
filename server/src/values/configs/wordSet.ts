import type { Member } from "../member.ts";
import type { Enumeration } from "../valueType.ts";

/** A set of words as the data has it. */
export interface WordSet {
  /** All of them, parted by blanks, in the order of systemd's table. */
  readonly words: string;
  /** Those that are new in a version. */
  readonly new?: Readonly<Record<string, string>>;
  /** Those that a version no longer knows. */
  readonly gone?: Readonly<Record<string, string>>;
  /** Whether parse_boolean() is asked too. */
  readonly boolean?: boolean;
  /** Whether an empty value stands for the default instead of being wrong. */
  readonly resets?: boolean;
}

/** The value type of a set of words. Follows DEFINE_CONFIG_PARSE_ENUM and similar macros, systemd 257 and 262. */
export function configWords(routine: string, set: WordSet): Enumeration {
  const { words, boolean, resets } = set;
  const [since, until] = [versionsOf(set.new), versionsOf(set.gone)];
  const members = words.split(" ").map((value): Member => {
    const [first, end] = [since.get(value), until.get(value)];
    return {
      value,
      summary: "",
      ...(first !== undefined && { since: first }),
      ...(end !== undefined && { until: end }),
    };
  });
  const has = (word: string, other: string): string => (members.some((it) => it.value === word) ? word : other);
  return {
    kind: "enumeration",
    routine: `config_parse_${routineName(routine)}`,
    members,
    ...(boolean && { boolean: { yes: has("yes", "on"), no: has("no", "off") } }),
    empty: resets ? "unset" : "invalid",
    invalid: "dropped",
  };
}

/** The name of a routine in C without `config_parse_`, which the tables have in camel case. */
export const routineName = (routine: string): string => routine.replace(/[A-Z]/g, (it) => `_${it.toLowerCase()}`);

const versionsOf = (words: Readonly<Record<string, string>> = {}): ReadonlyMap<string, number> =>
  new Map(Object.entries(words).flatMap(([version, list]) => list.split(" ").map((it) => [it, Number(version)])));
