import type { Lifetime } from "../facts/version.ts";
import type { Grammar } from "./grammar.ts";
import type { Member } from "./member.ts";

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
  /** The numbers that the parser accepts besides the words (safe_atou: decimal, 0x, 0o, 0b, leading 0 for octal). */
  readonly numbers?: readonly NumberRange[];
  /** Whether the letter case of the words does not count. */
  readonly anyCase?: true;
  /** What an empty value does. */
  readonly empty: "invalid" | "unset";
  /** What systemd does with a value that is not one of these; most assignments are dropped, `refused` is the whole unit. */
  readonly invalid: "dropped" | "refused";
  /** When systemd refuses the unit for a wrong text after the colon of a known word. */
  readonly refusesSuffix?: Lifetime;
}

/** The grammar of a directive's value. */
export type ValueType = Enumeration | Grammar;

/** Finds the value types of a dialect by the names that its tables give them. */
export type TypeLookup = (name: string) => ValueType | undefined;
