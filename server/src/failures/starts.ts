import { type JournalLine, journalLine } from "./logLines.ts";
import { isBoot, type UnitEvent, unitEvent } from "./unitEvents.ts";

/** One start of a unit, as a log shows it. */
export interface LoggedStart {
  readonly lines: readonly string[];
  /** How it ended; `unknown` where the log ends before. */
  readonly outcome: "unknown" | "running" | "ended" | "failed";
  /** When systemd began it and last said something of it, as the log writes times. */
  readonly began: string | undefined;
  readonly time: string | undefined;
}

/** Whose starts are looked for: the unit itself, by the name that systemd knows it by. */
export interface LoggedUnit {
  readonly isNamed: (name: string) => boolean;
  readonly description: string | undefined;
}

interface OpenStart {
  lines: string[];
  outcome: LoggedStart["outcome"];
  began: string | undefined;
  time: string | undefined;
  /** Nothing but the announcement of it was logged. */
  isFresh: boolean;
  /** The manager has said that it ended. */
  isOver: boolean;
  /** The start of the same unit before. */
  readonly previous: OpenStart | undefined;
}

/**
 * The starts in the lines of a log, in their order; those of the unit, where the log names it, else all. A line belongs to the
 * start in which its process spoke first, else to the one that is under way. A log without starts gives none.
 */
export function startsIn(lines: readonly string[], unit?: LoggedUnit): readonly LoggedStart[] {
  const parsed = lines.map(journalLine);
  const events = parsed.map(unitEvent);
  const names = new Set(events.flatMap((it) => it?.unit ?? []));
  const own = new Set([...names].filter((it) => unit?.isNamed(it) === true));
  const subjects = own.size > 0 ? own : names;
  const log = new StartsOfLog(subjects.size === names.size);
  for (const [i, line] of parsed.entries()) {
    const event = events[i];
    if (isBoot(line.line)) log.boot();
    else if (event) log.event(line, event, subjectOf(event, subjects, unit));
    else log.words(line);
  }
  return log.ended();
}

/** Which of the units it is about; undefined for another one. */
function subjectOf(
  { unit: name, description }: UnitEvent,
  subjects: ReadonlySet<string>,
  unit: LoggedUnit | undefined,
): string | undefined {
  if (name !== undefined) return subjects.has(name) ? name : undefined;
  const [only = ""] = subjects;
  return subjects.size <= 1 || description === unit?.description ? only : undefined;
}

/** Collects the starts of a log, line by line. */
class StartsOfLog {
  readonly #starts: OpenStart[] = [];
  /** The last start of each unit. */
  readonly #ofUnit = new Map<string, OpenStart>();
  readonly #ofPid = new Map<string, OpenStart>();
  /** What stands before the first start. */
  #before: JournalLine[] = [];
  #latest: OpenStart | "another unit" | undefined;
  readonly #isAlone: boolean;

  constructor(isAlone: boolean) {
    this.#isAlone = isAlone;
  }

  event(line: JournalLine, { kind }: UnitEvent, name: string | undefined): void {
    if (name === undefined) {
      if (kind === "starting" || kind === "started") this.#latest = "another unit";
      return;
    }
    const current = this.#ofUnit.get(name);
    const start =
      current && !begins(kind, current) ? this.#givenUp(name, current, kind) : this.#begin(name, kind, current);
    start.lines.push(line.line);
    start.began ??= line.time;
    start.time = line.time ?? start.time;
    note(start, kind);
    this.#remember(line, start);
    this.#latest = start;
  }

  words(line: JournalLine): void {
    const start = this.#speakerOf(line);
    if (start === undefined) {
      if (this.#starts.length === 0) this.#before.push(line);
      return;
    }
    start.lines.push(line.line);
    start.isFresh = false;
    this.#remember(line, start);
  }

  boot(): void {
    for (const start of this.#ofUnit.values()) {
      start.isOver = true;
      if (start.outcome === "running") start.outcome = "ended";
    }
    this.#ofPid.clear();
  }

  ended(): readonly LoggedStart[] {
    return this.#starts.map(({ lines, outcome, began, time }) => ({ lines, outcome, began, time }));
  }

  #begin(name: string, kind: UnitEvent["kind"], previous: OpenStart | undefined): OpenStart {
    const isBeginning = kind === "starting" || kind === "started" || kind === "scheduled";
    // What stands before the first start may be of other units, where the log has some.
    const before = this.#starts.length === 0 && (this.#isAlone || !isBeginning) ? this.#before : [];
    const start: OpenStart = {
      lines: before.map((it) => it.line),
      outcome: "unknown",
      began: undefined,
      time: undefined,
      isFresh: true,
      isOver: false,
      previous,
    };
    this.#before = [];
    this.#starts.push(start);
    this.#ofUnit.set(name, start);
    return start;
  }

  /** The failed start before one that systemd refuses, as that never comes about; else the start itself. */
  #givenUp(name: string, start: OpenStart, kind: UnitEvent["kind"]): OpenStart {
    const { previous, isFresh } = start;
    if (kind !== "refused" || !isFresh || previous?.outcome !== "failed") return start;
    this.#starts.splice(this.#starts.lastIndexOf(start), 1);
    this.#ofUnit.set(name, previous);
    return previous;
  }

  #remember({ pid, speaker }: JournalLine, start: OpenStart): void {
    if (pid !== undefined && pid !== "1" && speaker !== "systemd") this.#ofPid.set(pid, start);
  }

  #speakerOf({ pid, text }: JournalLine): OpenStart | undefined {
    const about = pid ?? /^.*\btype=(?:1326|SECCOMP)\b.*\bpid=(\d+)/.exec(text)?.[1];
    const spoke = about === undefined ? undefined : this.#ofPid.get(about);
    // Numbers of processes come again.
    const current = this.#latest === "another unit" ? this.#starts.at(-1) : this.#latest;
    if (spoke && (!spoke.isOver || spoke === current || spoke === current?.previous)) return spoke;
    if (this.#latest !== "another unit") return this.#latest;
    // Another unit was started meanwhile: who speaks for the first time speaks for that one, unless ours is under way.
    return current?.isOver === false ? current : undefined;
  }
}

/** Whether something that is said of a unit begins another start than the last one. */
function begins(kind: UnitEvent["kind"], { isFresh, isOver, outcome }: OpenStart): boolean {
  switch (kind) {
    case "scheduled":
      return true;
    case "starting":
    case "skipped":
      return !isFresh;
    case "started":
      return isOver || outcome === "running";
    case "failing":
    case "failed":
    case "refused":
      return isOver && outcome !== "failed";
    default:
      return false;
  }
}

function note(start: OpenStart, kind: UnitEvent["kind"]): void {
  // The start before is stopped once the next one is announced.
  if (kind === "scheduled" || kind === "starting" || (kind === "stopped" && start.isFresh)) return;
  start.isFresh = false;
  if (kind === "started") start.outcome = "running";
  else if (kind === "finished") start.outcome = start.isOver ? "ended" : "running";
  else if (["refused", "failing", "failed", "skipped"].includes(kind)) start.outcome = "failed";
  else if (kind === "succeeded" && !start.isOver) start.outcome = "ended";
  else if (kind === "stopped" && start.outcome !== "failed") start.outcome = "ended";
  if (["failed", "skipped", "succeeded", "stopped"].includes(kind)) start.isOver = true;
}
