/** Which systemd the reader's units run on: a version that systemd has released, such as 257 or 262. */
export type SystemdVersion = number;

/** The newest version that the facts cover, assumed where the reader names none. */
export const NEWEST_VERSION: SystemdVersion = 262;

/** The oldest version that the facts were verified on; older targets are treated as this one. */
export const OLDEST_VERSION: SystemdVersion = 257;

/** A fact that holds from `since` to before `until`; where they are missing, in all versions covered. */
export interface Lifetime {
  readonly since?: SystemdVersion;
  readonly until?: SystemdVersion;
}

/** Whether a fact holds in a version. */
export function holdsIn(fact: Lifetime, version: SystemdVersion): boolean {
  return (fact.since ?? 0) <= version && version < (fact.until ?? Number.POSITIVE_INFINITY);
}

/** Text that may stand after a member and a colon, such as the path in `file:/var/log/x`. */
export interface Suffix extends Lifetime {
  /** What stands there, for a reader: a noun phrase without a full stop. */
  readonly form: string;
  /** Whether the parser takes the text; a specifier passes wherever some text for it would. */
  readonly accepts: (text: string) => boolean;
  /** Whether a service fails on the word alone, although the parser takes it. */
  readonly required?: true;
}

/** One value of an enumeration. */
export interface Member extends Lifetime {
  readonly value: string;
  /** What it does, one sentence in the third person. */
  readonly summary: string;
  /** Other spellings that the parser takes for it; never offered in completion. */
  readonly synonyms?: readonly string[];
  /** The number that the parser takes for it, where the enumeration allows numbers. */
  readonly number?: number;
  readonly suffix?: Suffix;
  /** Whether systemd takes it with a warning that it is on its way out; never offered in completion. */
  readonly deprecated?: true;
}

/** Whole numbers that the parser takes, both ends included. */
interface NumberRange extends Lifetime {
  readonly low: number;
  readonly high: number;
}

/** A value that is one word of a fixed set; booleans are the case with `boolean`. */
export interface Enumeration {
  readonly kind: "enumeration";
  /** The C routine that this follows. */
  readonly routine: string;
  /**
   * Whether parse_boolean() is asked too: 1 yes y true t on and 0 no n false f off, in any letter case.
   * They stand for the members named here.
   */
  readonly boolean?: { readonly yes: string; readonly no: string };
  /** All values, in the order in which completion offers them. */
  readonly members: readonly Member[];
  /** The numbers that the parser takes beside the words (safe_atou: decimal, 0x, 0o, 0b, leading 0 for octal). */
  readonly numbers?: readonly NumberRange[];
  /** Whether the letter case of the words does not count. */
  readonly anyCase?: true;
  /** What an empty value does. */
  readonly empty: "invalid" | "unset";
  /** What systemd does with a value that is none of these; most assignments are dropped, `refused` is the whole unit. */
  readonly invalid: "dropped" | "refused";
}

/** A value that is not checked yet. */
export interface Unchecked {
  readonly kind: "unchecked";
  readonly routine: string;
  /** What may stand here, for a reader: a noun phrase without a full stop. */
  readonly form: string;
}

/** The grammar of a directive's value. */
export type ValueType = Enumeration | Unchecked;
