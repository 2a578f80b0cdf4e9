import type { Lifetime } from "../facts/version.ts";

/** Text that may stand after a member and a colon, such as the path in `file:/var/log/x`. */
export interface Suffix extends Lifetime {
  /** What stands there, for a reader: a noun phrase without a full stop. */
  readonly form: string;
  /** Whether the parser takes the text; a specifier passes wherever some text for it would. */
  readonly accepts: (text: string) => boolean;
  /** Whether a service fails on the word alone, although the parser takes it. */
  readonly required?: true;
  /** Whether it is a path, of which the machine knows which there are. */
  readonly isPath?: true;
}

/** One value of an enumeration. */
export interface Member extends Lifetime {
  readonly value: string;
  /** What it does, one sentence in the third person. */
  readonly summary: string;
  /** Other spellings that the parser takes for it; never offered in completion. */
  readonly synonyms?: readonly string[];
  /** One more that not all versions take. */
  readonly newSynonym?: Lifetime & { readonly text: string };
  /** The number that the parser takes for it, where the enumeration allows numbers. */
  readonly number?: number;
  readonly suffix?: Suffix;
  /** When systemd accepts it, but warns that it is deprecated; not offered in completion then. */
  readonly deprecated?: Lifetime & { readonly effect?: string };
}
