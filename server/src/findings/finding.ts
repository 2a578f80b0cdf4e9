import type { Span, TextEdit } from "../text/span.ts";

/**
 * `error`: systemd refuses the unit or ignores the assignment; `warning`: it accepts with a complaint, or a setting of the
 * basic hardening tier is missing; `info` and `hint`: advice.
 */
export type Severity = "error" | "warning" | "info" | "hint";

/** A change that a reader can ask for. */
export interface Fix {
  readonly title: string;
  /** Whether the unit means the same afterwards, or the line had no meaning before. */
  readonly safe: boolean;
  /** It takes out what stands nowhere else, such as a password: applied by itself, where the reader sees it, and never with others. */
  readonly alone?: true;
  /** It serves many findings of the file at once. */
  readonly many?: true;
  /** Of hardening advice: it is another way for a service that does not bear the setting as it is. */
  readonly suits?: true;
  /** The assignments that it makes, such as `ProtectHome=tmpfs`, where it sets something in a service. */
  readonly sets?: readonly string[];
  /** Computed only when it is asked for; never overlapping. */
  readonly edits: () => readonly TextEdit[];
  /** The name that the file gets, where that is what puts it right; then there are no edits. */
  readonly rename?: string;
}

/**
 * From where it is known that a service bears a setting: `measured` in a run of this very service; `proven` by rights, owners or
 * the unit itself; `read` from its program, commands or configuration; `stated` by its owner; `usual`, as nearly all daemons that
 * were measured bear it and nothing speaks against it; or only `likely`, as nothing speaks against it.
 */
export type Grade = (typeof GRADES)[number];

/** All grades, the surest first; the last is the only one that one click does not add. */
export const GRADES = ["measured", "proven", "read", "stated", "usual", "likely"] as const;

/** What suppresses a finding, with the reason that stands there. */
export interface FindingSuppression {
  readonly by: "comment" | "configuration" | "baseline";
  /** Of a configuration: the code or family that it names. */
  readonly pattern?: string;
  readonly reason?: string;
  readonly until?: string;
}

/** Something to tell the reader about a place in the text. */
export interface Finding extends Span {
  /** `family/name`, stable forever. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is where an older systemd may read the unit, too, as nobody said which one does. */
  readonly severityIfOlder?: Severity;
  /** One sentence without a full stop. */
  readonly message: string;
  /** Of hardening advice: what may break when it is followed, and how that shows, in one line. */
  readonly caution?: string;
  /** Of a wrong value: what systemd does with it, and the end of the message that says what is allowed, each empty where nothing is said. */
  readonly ending?: { readonly consequence: string; readonly allowed: string };
  /** The directive that it is about, without `=`. */
  readonly directive?: string;
  /** Best first. */
  readonly fixes: readonly Fix[];
  /** The line after which systemd reads no more of the file; what follows it gets no findings. */
  readonly stopsReading?: true;
  /**
   * Of hardening advice: the service does not bear it, or the unit has all of the profile that is known to be safe for it, and
   * this lies beyond. It is a decision that stays open to the reader, offered where one asks for it and reported nowhere.
   */
  readonly beyond?: true;
  /** Of hardening advice about one setting: whether the unit does not set it, or sets a weaker value. */
  readonly advice?: "missing" | "weak";
  /** Of hardening advice for a template: it holds as far as that shows, as others may add more to it. */
  readonly ofTemplate?: true;
  /** Of hardening advice: why no profile adds it to this unit, the end of a sentence; missing where some value is known to be safe. */
  readonly withheld?: string;
  /**
   * Of hardening advice: how sure it is that the service bears the value that a profile would add; missing where none would be.
   * The reason is the end of a sentence, of a likely one what has to hold for it.
   */
  readonly confidence?: { readonly grade: Grade; readonly reason: string };
  /** Why it is not reported, where it is kept all the same for those who tell of suppressed findings. */
  readonly suppressed?: FindingSuppression;
  /** How an editor may paint the place: as without effect, or as outdated. */
  readonly tag?: "unnecessary" | "deprecated";
}
