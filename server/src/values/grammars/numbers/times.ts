import { holdsIn } from "../../../facts/version.ts";
import { nearest } from "../../../text/nearest.ts";
import { single } from "../../combine.ts";
import type { Grammar, HoverTopic, Issue, Offer, Piece, Replacement } from "../../grammar.ts";
import type { NumberAndUnit } from "../../numberAndUnit.ts";
import { part } from "../../piece.ts";
import { type BareUnit, parseTimeSpan, type TimeSpanError, timeUnits } from "../../timeSpan.ts";
import { about, invalid, noValue, unknown } from "../../wording.ts";
import { doubted } from "./doubt.ts";
import {
  type Amount,
  type AmountWord,
  INFINITY,
  markParts,
  missingNumber,
  orWord,
  type Quantity,
  termOf,
  unitSlots,
  within,
} from "./quantity.ts";

const CODE = "value/time-span";

const unit = (text: string, summary: string): Offer => ({ text, summary, role: "unit" });
/** One spelling of each unit, the way systemd itself writes it. */
const UNITS: readonly Offer[] = [
  unit("ms", "Milliseconds."),
  unit("s", "Seconds."),
  unit("min", "Minutes."),
  unit("h", "Hours."),
  unit("d", "Days of 24 hours."),
  unit("w", "Weeks."),
  unit("month", "Months of 30.44 days."),
  unit("y", "Years of 365.25 days."),
  unit("us", "Microseconds."),
];
const FINE_UNITS: readonly Offer[] = [unit("ns", "Nanoseconds."), ...UNITS];

/** What people write for a unit. */
const MEANT: Readonly<Record<string, string>> = {
  millis: "ms",
  milliseconds: "ms",
  millisecond: "ms",
  microseconds: "us",
  microsecond: "us",
  mn: "min",
  mins: "min",
  hrs: "h",
  yrs: "y",
  yr: "y",
  wk: "w",
  wks: "w",
  mo: "month",
  mon: "month",
  secs: "s",
};

/** Only the micro sign stands for micro at first, not the letter that looks like it; the last version seen so is 249. */
const ONE_MU = { until: 250 };

const isGreek = (text: string, { from, to }: NumberAndUnit["unit"]): boolean => text.slice(from, to) === "\u03bcs";

/** A time span; `zero` says what 0 means where that is not simply none. Follows parse_time(), systemd 257 and 262. */
export function timeSpan(form: string, bare: BareUnit = "s", zero?: string): Quantity {
  return {
    form,
    measure(piece, into) {
      const span = parseTimeSpan(piece.text, bare);
      const offers = () => (bare === "ns" ? FINE_UNITS : UNITS);
      if ("error" in span) {
        markParts(piece, span.parts, into);
        unitSlots(piece, span.parts, into, offers, span.error === "unit" ? span : undefined);
        return troubleOf(span, piece, form, bare);
      }
      const { nanoseconds, parts } = span;
      const mu = holdsIn(ONE_MU, into.where.version) ? parts.find(({ unit }) => isGreek(piece.text, unit)) : undefined;
      if (mu) return troubleOf({ error: "unit", ...mu.unit, parts }, piece, form, bare);
      if (nanoseconds === "infinity") into.token(piece.from, piece.to, "word", () => topicOf(nanoseconds, zero));
      markParts(piece, parts, into, () => topicOf(nanoseconds, zero, bare));
      unitSlots(piece, parts, into, offers);
      return nanoseconds;
    },
  };
}

function topicOf(amount: Amount, zero: string | undefined, counts?: BareUnit): HoverTopic {
  if (amount === 0n && zero !== undefined) return { kind: "prose", title: "`0`", text: zero };
  const nanoseconds = amount === "infinity" ? Number.POSITIVE_INFINITY : Number(amount);
  return { kind: "time", nanoseconds, ...(counts ? { counts } : {}) };
}

function troubleOf(span: TimeSpanError, piece: Piece, form: string, bare: BareUnit): Issue {
  const at = part(piece, span.from, span.to);
  const { from, to } = at;
  const issue = { from, to, code: CODE } as const;
  switch (span.error) {
    case "unit":
      return { ...issue, ...unknown(at, "time unit"), fixes: unitFixes(at, bare) };
    case "number":
      return { ...issue, ...missingNumber(at) };
    case "negative":
      return { ...issue, ...about(piece, "is negative") };
    case "fraction":
      return { ...issue, ...invalid(at, "number") };
    case "range":
      return { ...issue, ...about(at, "is too large for systemd") };
    case "value":
      return { ...issue, from: piece.from, to: piece.to, ...noValue(piece, form) };
  }
}

function unitFixes(at: Piece, bare: BareUnit): Replacement[] {
  if (!at.exact) return [];
  const known = MEANT[at.text.toLowerCase()];
  const words = known === undefined ? nearest(at.text, usual(at.text, bare)) : [known];
  return words.map((text) => ({ title: `Change to ${text}`, from: at.from, to: at.to, text }));
}

/** The units that may be meant; the single letters only where a letter's case is the one difference. */
const usual = (text: string, bare: BareUnit): string[] =>
  [...timeUnits(bare).keys()].filter((it) => (text.length > 1 ? it.length > 1 : it === text.toLowerCase()));

/** Months, where only minutes can be meant. */
function monthsForMinutes(value: Piece): Issue | undefined {
  const count = /^([0-9]+) ?M$/.exec(value.text)?.[1];
  if (count === undefined) return undefined;
  const from = value.to - 1;
  return {
    from,
    to: value.to,
    code: CODE,
    ...about("M", "means months"),
    fixes: [
      { title: "Change to min", from, to: value.to, text: "min" },
      { title: "Change to month", from, to: value.to, text: "month", safe: true },
    ],
  };
}

const FORM = "a time span in seconds or with units, such as `1min 30s`, or `infinity`";
const NO_LIMIT = "Without a limit, like `infinity`.";
const SPAN: Quantity = orWord(timeSpan(FORM), { ...INFINITY, summary: "A time span that never ends." });
const LIMIT: Quantity = orWord(
  timeSpan(
    "a time span in seconds or with units, such as `1min 30s`, or `0` or `infinity` for no limit",
    "s",
    NO_LIMIT,
  ),
  INFINITY,
);

const time = (routine: string, quantity: Quantity, empty: Grammar["empty"] = "invalid"): Grammar =>
  doubted(
    single(routine, termOf(quantity), { empty, ...(empty === "invalid" ? { code: CODE } : {}) }),
    monthsForMinutes,
  );

const NANOSECONDS = timeSpan("a time span in nanoseconds or with units, such as `50us`", "ns");
const ABORT: AmountWord = { ...INFINITY, summary: "Waits without a limit." };
const PRESSURE_DURATION = timeSpan("a time span of at least a second, such as `30s`");

/** Time spans. */
export const TIMES = {
  sec: time("sec", SPAN),
  secFix0: time("sec_fix_0", LIMIT),
  secDefInfinity: time("sec_def_infinity", timeSpan("a time span in seconds or with units, such as `100ms`"), "unset"),
  nsec: time("nsec", NANOSECONDS),
  jobTimeoutSec: time("job_timeout_sec", LIMIT),
  jobRunningTimeoutSec: time("job_running_timeout_sec", LIMIT),
  serviceTimeout: time("service_timeout", LIMIT),
  serviceTimeoutAbort: time("service_timeout_abort", orWord(timeSpan(FORM), ABORT), "unset"),
  /** Follows config_parse_timer() for all but calendar events; months are not doubted. */
  monotonicTimer: single("timer", termOf(timeSpan("a time span in seconds or with units, such as `15min`")), {
    empty: "reset",
    specifiers: "full",
  }),
  managedOomMemPressureDurationSec: time(
    "managed_oom_mem_pressure_duration_sec",
    within(PRESSURE_DURATION, { low: 1_000_000_000n, high: 2n ** 127n }, CODE),
    "unset",
  ),
} as const satisfies Record<string, Grammar>;
