import { LOG_CHARACTERS } from "./logLines.ts";
import { type LoggedStart, type LoggedUnit, startsIn } from "./starts.ts";

/** What a text says of a unit: what it does now, and what it did. */
export interface ServiceLog {
  /** Properties of `systemctl show`, and the fields of `systemctl status`. */
  readonly now: readonly string[];
  /** All other lines. */
  readonly words: readonly string[];
  /** Empty where the words are of no log that shows starts. */
  readonly starts: readonly LoggedStart[];
}

/** Longer lines are dumps and no messages. */
const MAX_LINE = 2000;

const PROPERTY = /^[A-Z]\w*=/;
const FIELD = /^ *(?:Active|Process|Main PID|Status|Error): /;
/** The first line of a unit in `systemctl status`. */
const HEAD = /^[\u25cf\u25cb\u00d7\u21bb*] \S+\.[a-z]+/;

/** Takes a text apart: lines of the journal with the starts that they show, and what `systemctl` says of now. */
export function readServiceLog(given: string, unit?: LoggedUnit): ServiceLog {
  const lines = given
    .slice(-LOG_CHARACTERS)
    .split(/\r\n|[\n\r]/)
    .map((it) => it.slice(0, MAX_LINE));
  const now: string[] = [];
  const log: string[] = [];
  // `systemctl status` repeats the last lines of the journal.
  const repeated = new Map<number, string>();
  let isStatus = false;
  for (const line of lines) {
    const isProperty = PROPERTY.test(line);
    if (isProperty || FIELD.test(line)) now.push(line);
    else {
      if (isStatus) repeated.set(log.length, line);
      log.push(line);
    }
    isStatus = HEAD.test(line) || (isStatus && !isProperty);
  }
  const elsewhere = new Set(log.filter((_, i) => !repeated.has(i)));
  const words = repeated.size === 0 ? log : log.filter((line, i) => !repeated.has(i) || !elsewhere.has(line));
  return { now, words, starts: startsIn(words, unit) };
}

/** What a unit does at the end of a log, and since when, as the log writes times. */
export interface UnitNow {
  readonly kind: "running" | "failed" | "stopped";
  readonly since: string | undefined;
}

/** What systemd says that a unit does now, else what the last start came to; undefined where nothing says it. */
export function unitNow({ now, starts }: ServiceLog): UnitNow | undefined {
  const currentLines = now.join("\n");
  const state = /^ActiveState=(\S+)$/m.exec(currentLines)?.[1] ?? /^ *Active: ([a-z]+)/m.exec(currentLines)?.[1];
  const kind = state === undefined ? undefined : KINDS[state];
  if (kind !== undefined) return { kind, since: sinceIn(currentLines, kind) };
  const last = starts.findLastIndex((it) => it.outcome !== "unknown");
  const { outcome, began, time } = starts[last] ?? {};
  if (outcome === "failed") return { kind: "failed", since: time };
  // A start that is under way may end in any way.
  if (last < starts.length - 1) return undefined;
  if (outcome === "running") return { kind: "running", since: began };
  return outcome === "ended" ? { kind: "stopped", since: time } : undefined;
}

const KINDS: Readonly<Record<string, UnitNow["kind"] | undefined>> = {
  active: "running",
  reloading: "running",
  refreshing: "running",
  failed: "failed",
  // Between two attempts of Restart=, too.
  activating: undefined,
  inactive: "stopped",
};

function sinceIn(state: string, kind: UnitNow["kind"]): string | undefined {
  const property = kind === "running" ? "ActiveEnterTimestamp" : "InactiveEnterTimestamp";
  const since = /^ *Active: .* since ([^;\n]+)/m.exec(state)?.[1];
  return since ?? new RegExp(`^${property}=(.+)$`, "m").exec(state)?.[1];
}
