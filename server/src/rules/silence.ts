import { removeLines } from "../findings/edits.ts";
import type { Finding, Fix } from "../findings/finding.ts";
import { matchesCode } from "../findings/pattern.ts";
import { type NamedCode, type Suppression, silencers, suppressions } from "../findings/suppress.ts";
import { nearest } from "../text/nearest.ts";
import type { Span } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";

/** What has to be known to say that a comment silences nothing. */
interface Known {
  /** All codes that there are. */
  readonly codes: () => readonly string[];
  /** Whether a pattern means one of them. */
  readonly meansAny: (pattern: string) => boolean;
  /** Advice of all profiles: a comment may serve readers who ask for more than this one. */
  readonly advice: () => readonly Finding[];
  /** Whether what is silenced is kept, marked as suppressed. */
  readonly keeps: boolean;
  /** Where systemd stops reading: after it nothing is known. */
  readonly stop: number | undefined;
}

/**
 * Codes of which nobody can say that they silence nothing: those about the assumed version of systemd, as the comment may
 * serve readers with another one, those about other units, which are not always seen, and those that are judged last.
 */
const BEYOND_DOUBT = [
  "directive/too-new",
  "directive/retiring",
  "directive/ignored",
  "reference/missing-unit",
  "reference/misspelled-unit",
  "reference/nothing-to-start",
  "reference/ordering-cycle",
  "reference/alias-taken",
  "reference/alias-twice",
  "reference/also-static",
  "reference/user-manager",
  "hardening/summary",
  "style/unused-suppression",
  "style/unknown-suppression",
];

/** Findings without those that comments of the file silence, and with what is to say about these comments. */
export function withoutSilenced(unit: Unit, found: readonly Finding[], known: Known): readonly Finding[] {
  const comments = suppressions(unit.file);
  if (!comments) return found;
  const used = new Set<NamedCode>();
  const isLoud = ({ code, start }: Finding): boolean => {
    const silencing = silencers(unit.file, code, start);
    // All words of one pattern are used together: to note them once is enough.
    for (const it of silencing) {
      if (it.words[0] && !used.has(it.words[0])) for (const word of it.words) used.add(word);
    }
    return silencing.length === 0;
  };
  const loud = found.filter(isLoud);
  const mayBeAdvice = ({ pattern }: NamedCode): boolean => /^hardening(?:\/|$)/.test(pattern);
  if (comments.all.some((it) => it.codes.some((word) => mayBeAdvice(word) && !used.has(word)))) {
    for (const it of known.advice()) isLoud(it);
  }
  const about = comments.all
    .filter((it) => known.stop === undefined || it.end < known.stop)
    .flatMap((it) => [...judge(unit, it, used, known)]);
  const kept = known.keeps ? found.filter((it) => silencers(unit.file, it.code, it.start).length > 0) : [];
  return [...loud, ...about.filter(isLoud), ...kept.map((it) => asSuppressed(unit, it, comments.all))];
}

/** A finding that a comment silences, with the reason that it gives. */
function asSuppressed(unit: Unit, found: Finding, comments: readonly Suppression[]): Finding {
  const words = silencers(unit.file, found.code, found.start).flatMap((it) => it.words);
  const comment = comments.find(({ codes }) => codes.some((it) => words.includes(it)));
  const [, reason] = /\s--\s+(.*\S)/.exec(comment ? unit.file.text.slice(comment.start, comment.end) : "") ?? [];
  return { ...found, fixes: [], suppressed: { by: "comment", ...(reason !== undefined && { reason }) } };
}

function* judge(unit: Unit, comment: Suppression, used: ReadonlySet<NamedCode>, known: Known): Iterable<Finding> {
  const { verb, verbSpan, codes } = comment;
  if (verb === "unknown") {
    yield* unknownVerb(unit, comment);
    return;
  }
  if (codes.length === 0) {
    yield unknown(verbSpan, `Suppression comment without a code: ${verb} takes codes such as value/path`, []);
    return;
  }
  if (verb === "ignore-file" && !comment.onTop) {
    const message = "Unused suppression comment: ignore-file only works at the top of a file, before any other line";
    yield unused(verbSpan, message, [removal(unit, comment)]);
    return;
  }
  for (const word of codes) {
    const { pattern } = word;
    if (!known.meansAny(pattern)) yield unknownCode(word, known.codes());
    else if (!used.has(word) && known.stop === undefined && !isBeyondDoubt(pattern))
      yield unused(word, idle(comment, pattern), [removal(unit, comment, word)]);
  }
}

const isBeyondDoubt = (pattern: string): boolean => BEYOND_DOUBT.some((it) => matchesCode(it, pattern));

function idle({ verb, target }: Suppression, pattern: string): string {
  if (verb === "ignore-file") return `Unused suppression comment: this file has no ${pattern} finding`;
  const place = target ? "the next line has" : "no line follows, so there is";
  return `Unused suppression comment: ${place} no ${pattern} finding`;
}

function unknownCode(word: NamedCode, codes: readonly string[]): Finding {
  const families = [...new Set(codes.map((it) => it.replace(/\/.*/, "")))];
  const near = nearest(word.pattern, [...codes, ...families]);
  const meant =
    near.length > 0
      ? `; did you mean ${near.join(", ")}?`
      : word.pattern.includes("/")
        ? ""
        : "; write a reason after --";
  const fixes = near.map((it) => replacement(word, it));
  return unknown(word, `Unknown code ${word.pattern} in a suppression comment${meant}`, fixes);
}

/** A comment for us that asks for something else; where no word is near to what we know, it is prose. */
function* unknownVerb({ file }: Unit, { verbSpan }: Suppression): Iterable<Finding> {
  const verb = file.text.slice(verbSpan.start, verbSpan.end);
  const near = nearest(verb, ["ignore", "ignore-file"]);
  const meant = near.length > 0 ? near : /^(?:disable|suppress|silence|skip|off|noqa)\b/.test(verb) ? ["ignore"] : [];
  if (meant.length === 0) return;
  const message = `Unknown command ${verb} in a Unit Warden comment; did you mean ${meant.join(", ")}?`;
  yield unknown(
    verbSpan,
    message,
    meant.map((it) => replacement(verbSpan, it)),
  );
}

const unknown = ({ start, end }: Span, message: string, fixes: readonly Fix[]): Finding => ({
  start,
  end,
  code: "style/unknown-suppression",
  severity: "info",
  message,
  fixes,
});

const unused = ({ start, end }: Span, message: string, fixes: readonly Fix[]): Finding => ({
  start,
  end,
  code: "style/unused-suppression",
  severity: "hint",
  message,
  fixes,
  tag: "unnecessary",
});

/** Changes no more than a comment, but perhaps not to what was meant. */
const replacement = ({ start, end }: Span, newText: string): Fix => ({
  title: `Change to ${newText}`,
  safe: false,
  edits: () => [{ start, end, newText }],
});

/** Not safe, although the unit means the same: a comment may hold a reason that somebody wants to keep. */
function removal({ file }: Unit, comment: Suppression, word?: NamedCode): Fix {
  const at = word ? comment.codes.indexOf(word) : -1;
  if (!word || comment.codes.length === 1)
    return { title: "Remove the comment", safe: false, edits: () => [removeLines(file, comment)] };
  const [before, after] = [comment.codes[at - 1], comment.codes[at + 1]];
  const span = after ? { start: word.start, end: after.start } : { start: before?.end ?? word.start, end: word.end };
  return { title: `Remove ${word.pattern} from the comment`, safe: false, edits: () => [{ ...span, newText: "" }] };
}
