import type { CheckedPath } from "../families/checkedPath.ts";
import type { Span } from "../text/span.ts";

/** A stretch of a value. */
export interface HostedPart {
  /** What systemd reads; of what is uncertain, something of the same form. */
  readonly text: string;
  /** Where it stands in the host. */
  readonly source: Span;
  /** Whether each of its characters stands there as it is. */
  readonly exact: boolean;
  readonly certain: boolean;
}

/** How a setting stands in its host, for those who change it. */
export interface HostedPlace {
  /** The whole binding, with the sign that ends it. */
  readonly binding: Span;
  /** The text, number or word that is the value, or one of a list. */
  readonly literal: Span | undefined;
  /** The list that it is one of, without which it is the whole value of the binding. */
  readonly list: Span | undefined;
  /** The value as a whole, with whatever stands around it. */
  readonly value: Span;
}

/** One assignment of a unit that stands in a file of another language. */
export interface HostedSetting {
  readonly section: string;
  readonly key: string;
  /** What names it in the host, which may be called otherwise there. */
  readonly keySpan: Span;
  /** Whether the host names it as systemd does. */
  readonly own: boolean;
  /** Undefined where nothing is known of the value. */
  readonly parts: readonly HostedPart[] | undefined;
  /** Whether it only counts under a condition. */
  readonly conditional: boolean;
  /** Where it may be changed; missing where no reader has written it as it is. */
  readonly place?: HostedPlace;
  /** Whether the host gives it by itself, so that nothing is said about it. */
  readonly given?: true;
}

/** A name in a set with its value, either of which may still be missing. */
export interface HostedEntry extends Span {
  /** All names that lead to it from the set. */
  readonly names: readonly (Span & { readonly name: string | undefined })[];
  readonly value: Span | undefined;
}

/** A set of assignments that more can be put into. */
export interface HostedSet extends Span {
  readonly entries: readonly HostedEntry[];
  readonly closed: boolean;
  /** Whether it only counts under a condition. */
  readonly conditional: boolean;
}

/** A unit in a file of another language. */
export interface HostedUnit {
  readonly path: CheckedPath;
  /** What names it there, where what is said of it as a whole stands. */
  readonly name: Span;
  /** All that the host says of it. */
  readonly extent: Span;
  readonly settings: readonly HostedSetting[];
  /** Whether something of it stands where nobody sees it, so that nothing can be called missing. */
  readonly open: boolean;
  /** The sets of its sections, by the name of the section, in the order of the host; those of the unit itself have no name. */
  readonly sets: ReadonlyMap<string, readonly HostedSet[]>;
  /** Whether its sections are called as systemd calls them, and not by options. */
  readonly sectionNames: boolean;
  /** Its text, where it stands in the host as systemd reads it; then there are no settings. */
  readonly raw?: readonly HostedPart[];
  /** The texts of drop-ins of the unit that the file has, too. */
  readonly dropIns?: readonly string[];
}

/** A text that becomes a unit and that was not read: `why` is the end of a sentence. */
export interface UnreadText extends Span {
  readonly why: string;
}

/** The units of a file. */
export interface HostedFile {
  readonly text: string;
  readonly units: readonly HostedUnit[];
  readonly comments: readonly Span[];
  /** The comments that are for us, by the offset of what stands below them. */
  readonly marks: ReadonlyMap<number, readonly Span[]>;
  /** In the order of the file; missing where all are read, or nobody looks for others. */
  readonly unread?: readonly UnreadText[];
  /** The extents of units that are not among the others because these are many. */
  readonly beyond?: readonly Span[];
}
