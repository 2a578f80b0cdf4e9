import type { Member } from "../member.ts";
import type { Enumeration } from "../valueType.ts";

/** A set of words as the data has it. */
export interface WordSet {
  /** All of them, parted by blanks, in the order of systemd's table. */
  readonly words: string;
  /** Those that are new in a version. */
  readonly new?: Readonly<Record<string, string>>;
  /** Whether parse_boolean() is asked too. */
  readonly boolean?: boolean;
  /** Whether an empty value stands for the default instead of being wrong. */
  readonly resets?: boolean;
}

/** The value type of a set of words. Follows DEFINE_CONFIG_PARSE_ENUM and its kin, systemd 257 and 262. */
export function configWords(routine: string, { words, new: later = {}, boolean, resets }: WordSet): Enumeration {
  const since = new Map(
    Object.entries(later).flatMap(([version, its]) => its.split(" ").map((it) => [it, Number(version)])),
  );
  const members = words.split(" ").map((value): Member => {
    const version = since.get(value);
    return { value, summary: "", ...(version !== undefined && { since: version }) };
  });
  const has = (word: string, other: string): string => (members.some((it) => it.value === word) ? word : other);
  return {
    kind: "enumeration",
    routine: `config_parse_${routine.replace(/[A-Z]/g, (it) => `_${it.toLowerCase()}`)}`,
    members,
    ...(boolean && { boolean: { yes: has("yes", "on"), no: has("no", "off") } }),
    empty: resets ? "unset" : "invalid",
    invalid: "dropped",
  };
}
