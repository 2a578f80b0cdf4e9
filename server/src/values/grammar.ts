import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { NamedKind } from "../facts/quadletKinds.ts";
import type { UnitKind } from "../facts/unitKinds.ts";
import type { SystemdVersion } from "../facts/version.ts";
import type { ValueCode } from "./codes.ts";
import type { Member } from "./member.ts";
import type { UnitName } from "./unitName.ts";

/** Where a value stands, as far as its meaning depends on it. */
export interface Where {
  readonly version: SystemdVersion;
  readonly scope: "system" | "user";
  readonly kind: UnitKind;
  /** The unit that the file describes; of a template, its instance `test_instance`. */
  readonly unit: UnitName;
  /** The podman whose generator reads the file before systemd does. */
  readonly podman?: PodmanVersion;
  /** Whether the instance is known, or the name of a drop-in's unit: otherwise what `unit` says of them only stands for it. */
  readonly certain: boolean;
}

/** A stretch of a value: what its parser sees, and where that stands in the value. */
export interface Piece {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Whether each character of `text` stands in the value as it is; quotes, escapes and specifiers end that. */
  readonly exact: boolean;
  /** False where a specifier stands for what only the machine or the instance knows: then nothing can be called wrong. */
  readonly certain: boolean;
}

/** What a word is for, which decides its colour. */
export type TokenRole =
  | "word"
  | "number"
  /** What a number counts, such as `min` or `%`. */
  | "unit"
  /** The name of a unit of systemd. */
  | "unitName"
  | "operator"
  | "path"
  | "name"
  | "variable"
  | "program"
  | "text"
  | "specifier"
  | "escape";

/** What a word means, for a hover. */
export type HoverTopic =
  | { readonly kind: "member"; readonly member: Member }
  /** Both in Markdown with backquotes around what is literal; `text` is one paragraph or several. */
  | { readonly kind: "prose"; readonly title: string; readonly text: string }
  /** `counts` is what a number without a unit stands for. */
  | { readonly kind: "time"; readonly nanoseconds: number; readonly counts?: "s" | "us" | "ns" }
  | { readonly kind: "size"; readonly bytes: number }
  | { readonly kind: "mode"; readonly mode: number }
  | { readonly kind: "calendar"; readonly text: string }
  | { readonly kind: "units"; readonly name: string }
  | { readonly kind: "specifier"; readonly letter: string };

/** Something that may stand at the cursor. */
export interface Offer {
  readonly text: string;
  /** One sentence or phrase, in Markdown with backquotes; missing where the word says it all. */
  readonly summary?: string;
  readonly role: TokenRole;
}

/** What only the machine or the workspace knows and may stand at the cursor as well. */
export type Lookup =
  | { readonly kind: "units"; readonly kinds?: readonly NamedKind[] }
  | { readonly kind: "paths"; readonly only?: "directories" }
  | { readonly kind: "programs" }
  | { readonly kind: "users" }
  | { readonly kind: "groups" }
  | { readonly kind: "interfaces" }
  | { readonly kind: "variables" }
  | { readonly kind: "busNames" }
  /** Names of credentials, where the rest of the value is missing too with what they are loaded from. */
  | { readonly kind: "credentials"; readonly alone: boolean }
  | { readonly kind: "secrets" };

/** A change that may put something right. */
export interface Replacement {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether the unit means the same afterwards, or the text had no meaning before. */
  readonly safe?: true;
}

/** What a message says of a mistake, the wrong word first; `wording.ts` has the usual ones. */
export interface Wording {
  /** How the message begins: the wrong word in quotes, or what it is and the word. Where missing, it begins with the directive. */
  readonly word?: string;
  /** What is said of the word or the directive; where missing, that the word is not allowed. */
  readonly message?: string;
  /** What may stand in its place, with which the message ends: words, or a phrase. */
  readonly allowed?: readonly string[] | string;
  /** What follows, where the effect does not say it: the end of a sentence. */
  readonly consequence?: string;
}

/** What is wrong with a piece. */
export interface Issue extends Wording {
  readonly from: number;
  readonly to: number;
  /** The rule that explains it. */
  readonly code: ValueCode;
  readonly fixes?: readonly Replacement[];
}

/**
 * What systemd does then: it drops the `assignment`, this `word`, or the `rest` of the line from there on; it has the unit
 * `refused`; it `complains`, but takes it; or it is `silent`, although the value is not what its writer means.
 */
export type Effect = "assignment" | "word" | "rest" | "refused" | "complains" | "silent";

/** A mistake in a value with its consequence. */
export interface ReportedIssue extends Issue {
  readonly effect: Effect;
}

/** Takes down what a grammar finds while it reads a value. Offsets count in the value. */
export interface Reader {
  readonly where: Where;
  /** Whether only problems are wanted: tokens and slots go nowhere. */
  readonly quiet?: true;
  /** Where the cursor is, if someone asks what may stand there. */
  readonly cursor?: number;
  /** Whether fixes are not wanted, because many mistakes have come before. */
  readonly brief?: true;
  problem(issue: Issue, effect: Effect): void;
  /** A part of the value that has a meaning; `topic` is asked only for a hover. */
  token(from: number, to: number, role: TokenRole, topic?: () => HoverTopic): void;
  /** A part of the value in whose place any of the offers may stand; asked only for completion. */
  slot(from: number, to: number, offers: () => readonly Offer[], lookup?: Lookup): void;
}

/** The grammar of a piece. It never calls `problem`: the user of the term decides what follows from the trouble. */
export interface Term {
  /** What may stand here, for a reader: a noun phrase without a full stop, in Markdown with backquotes. */
  readonly form: string;
  read(piece: Piece, into: Reader): Issue | undefined;
}

/** The grammar of a whole value. */
export interface Grammar {
  readonly kind: "grammar";
  /** The C routine that this follows. */
  readonly routine: string;
  /** What may stand here, for a reader: a noun phrase without a full stop, in Markdown with backquotes. */
  readonly form: string;
  /** What an empty value does, `nothing` where systemd neither complains nor changes anything. */
  readonly empty: "invalid" | "unset" | "reset" | "nothing";
  /** The code of a missing value, and what follows from it; only where `empty` is `invalid`. */
  readonly missing?: { readonly code: Issue["code"]; readonly effect: Effect };
  /** Any text will do: nothing is checked but specifiers. */
  readonly plain?: true;
  /** Reads a value that is not empty, or an empty one for completion. */
  read(value: Piece, into: Reader): void;
}
