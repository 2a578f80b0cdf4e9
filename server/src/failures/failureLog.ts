import { type Evidence, evidenceIn } from "./evidence.ts";
import type { Result } from "./meanings.ts";
import { readServiceLog, type ServiceLog, type UnitNow, unitNow } from "./serviceLog.ts";
import type { LoggedStart, LoggedUnit } from "./starts.ts";

/** Equal failures of a unit, or what a unit that runs complains of. */
export interface LoggedFailure {
  readonly kind: "failure" | "complaint";
  /** Whether the unit is in this state now; all others are past. */
  readonly isPresent: boolean;
  /** How many starts failed so. */
  readonly count: number;
  /** When they failed, as the log writes times; the first is missing where there is one only. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Of the last of them alone. */
  readonly evidence: Evidence;
}

/** The failures that a text reports. */
export interface FailureLog {
  readonly now: UnitNow | undefined;
  /** The last one first. */
  readonly failures: readonly LoggedFailure[];
  /** How many different older ones are left out. */
  readonly more: number;
}

/** More different failures nobody reads. */
const MAX_FAILURES = 10;

/** Finds the failures in a text, each with the evidence of its own start; a text without starts reports one. */
export function failuresIn(given: string, unit?: LoggedUnit): FailureLog {
  const log = readServiceLog(given, unit);
  const now = unitNow(log);
  const isPast = now?.kind === "running" || now?.kind === "stopped";
  /** The starts that failed in one way, the last one first, whose evidence it is. */
  const groups = new Map<string, { readonly starts: LoggedStart[]; readonly evidence: Evidence }>();
  for (const start of failedStarts(log, now).toReversed()) {
    const evidence = evidenceIn(start.lines);
    const shape = shapeOf(evidence);
    const known = groups.get(shape);
    if (known) known.starts.push(start);
    else groups.set(shape, { starts: [start], evidence });
  }
  const failures = [...groups.values()].slice(0, MAX_FAILURES).map(({ starts, evidence }, i): LoggedFailure => {
    const isPresent = i === 0 && !isPast;
    const [last, ...earlier] = starts;
    return {
      kind: "failure",
      isPresent,
      count: starts.length,
      first: earlier.length > 0 ? starts.findLast((it) => it.time !== undefined)?.time : undefined,
      last: last?.time,
      evidence: isPresent && log.now.length > 0 ? evidenceIn([...log.now, ...(last?.lines ?? [])]) : evidence,
    };
  });
  const complaint = isPast ? complaintIn(log, now.kind) : [];
  return { now, failures: [...complaint, ...failures], more: Math.max(0, groups.size - MAX_FAILURES) };
}

const ofNow = (lines: readonly string[]): LoggedStart => ({
  lines,
  outcome: "failed",
  began: undefined,
  time: undefined,
});

/** The starts that failed; what is said without any start is one of them, unless the unit runs. */
function failedStarts({ now: state, words, starts }: ServiceLog, now: UnitNow | undefined): readonly LoggedStart[] {
  const failed = starts.filter((it) => it.outcome === "failed");
  if (starts.length === 0)
    return now?.kind === "running" ? [] : [ofNow(now?.kind === "stopped" ? [...state, ...words] : words)];
  const last = starts.findLast((it) => it.outcome !== "unknown");
  // What systemctl says is newer than the log.
  if (now?.kind === "failed" && last?.outcome !== "failed") return [...failed, ofNow([])];
  // A start of which the log shows no end may tell what went wrong.
  return now === undefined && failed.length === 0 ? [ofNow([...state, ...starts.flatMap((it) => it.lines)])] : failed;
}

/** What a unit that runs says, which may be about something that its settings deny, and what systemd says of it all the same. */
function complaintIn({ words, starts }: ServiceLog, state: UnitNow["kind"]): readonly LoggedFailure[] {
  const last = starts.at(-1);
  const isRunning = state === "running" && last?.outcome === "running";
  const evidence = evidenceIn(!last ? words : isRunning || last.lines.some(isTold) ? last.lines : []);
  const isDenied = evidence.messages.some((it) => it.error !== undefined) || evidence.calls.length > 0;
  if (!(isDenied && state === "running") && !TOLD.test(evidence.text)) return [];
  return [{ kind: "complaint", isPresent: true, count: 1, first: undefined, last: undefined, evidence }];
}

/** What systemd says of units that neither failed nor will. */
const TOLD = /ordering cycle|remains running after unit stopped|invalid environment assignment/;
const isTold = (line: string): boolean => TOLD.test(line);

/** These come with any failure. */
const ACCOMPANYING: ReadonlySet<Result> = new Set(["exit-code", "signal", "core-dump", "start-limit-hit"]);

/** What equal failures have in common: numbers such as those of processes differ. */
function shapeOf({ statuses, signals, results, calls, messages }: Evidence): string {
  return JSON.stringify([
    statuses,
    signals,
    results.filter((it) => !ACCOMPANYING.has(it)),
    calls.map((it) => it.name ?? it.number),
    messages
      .filter((it) => it.error !== undefined)
      .map((it) => it.text.replace(/\b(?:0x)?[0-9a-f]*\d[0-9a-f]*\b/gi, "0")),
  ]);
}
