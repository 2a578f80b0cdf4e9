import { insertAfter } from "../../findings/edits.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Rule, UnitContext } from "../../findings/rule.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { findUnit } from "../../units/index/lookup.ts";
import { filesOf } from "../../units/index/numbering.ts";
import { settingOf, triggeredBy } from "../../units/index/order.ts";
import {
  assignmentsOf,
  mergedAssignments,
  mergedDirectives,
  ownFile,
  sinceReset,
  type Unit,
} from "../../units/unit.ts";
import { MICROSECONDS } from "../../values/calendar/event.ts";
import { parseCalendar } from "../../values/calendar/parse.ts";
import { parseTimeSpan } from "../../values/timeSpan.ts";

const ONCE = ["OnActiveSec", "OnBootSec", "OnStartupSec"] as const;
const AGAIN = ["OnUnitActiveSec", "OnUnitInactiveSec"] as const;
const OTHER = ["OnCalendar", "OnClockChange", "OnTimezoneChange"] as const;

/** Seen with 257: after its first run the timer has no next time. */
const firesOnce: Rule = {
  code: "unit/fires-once",
  needs: ONCE,
  *check(unit, context) {
    if (!isTimer(unit) || !context || mergedDirectives(unit, "Install").size === 0) return;
    const line = ONCE.flatMap((it) => assignmentsOf(unit, "Timer", it)).find(({ text }) => text !== "");
    if (!line || [...AGAIN, ...OTHER].some((it) => mergedAssignments(unit, "Timer", it).length > 0)) return;
    if (!startsWork(unit, context) || isMeantOnce(unit)) return;
    const added = `OnUnitActiveSec=${line.text}`;
    yield {
      ...line.keySpan,
      severity: "info",
      message: `${line.key}= starts the service once${line.key === "OnActiveSec" ? "" : " per boot"} and never again: OnUnitActiveSec= or OnCalendar= repeats it`,
      directive: line.key,
      fixes: [{ title: `Add ${added}`, safe: false, edits: () => [insertAfter(ownFile(unit), line, [added])] }],
    };
  },
};

const isTimer = ({ path }: Unit): boolean => path.kind === "timer" && path.role === "unit" && path.name !== undefined;

/** Whether the name or the description says that the timer belongs to the boot. */
const isMeantOnce = (unit: Unit): boolean =>
  /\bboot|once\b/i.test(`${unit.path.name} ${mergedAssignments(unit, "Unit", "Description").at(-1)?.text ?? ""}`);

/** Whether the timer starts what ends by itself: a daemon may be started late on purpose. */
function startsWork(unit: Unit, { index, path }: UnitContext): boolean {
  const name = unit.path.name ?? "";
  const timer = findUnit(index, name, path);
  const started = timer && triggeredBy(name, filesOf(index, timer));
  const service = started === undefined ? undefined : findUnit(index, started, path);
  if (!service) return false;
  const files = filesOf(index, service);
  return settingOf(files, "Type") === "oneshot" && settingOf(files, "RemainAfterExit") === undefined;
}

/** Seen with 257: a timer of two seconds elapses about once a minute. */
const coarse: Rule = {
  code: "unit/timer-accuracy",
  needs: [...AGAIN, "OnCalendar"],
  *check(unit) {
    if (!isTimer(unit)) return;
    const set = mergedAssignments(unit, "Timer", "AccuracySec").findLast(({ text }) => text !== "");
    const accuracy = secondsOf(set?.text ?? "1min");
    const line = [...AGAIN, "OnCalendar" as const]
      .flatMap((it) => sinceReset(assignmentsOf(unit, "Timer", it)))
      .find((it) => intervalOf(it) < accuracy);
    if (!line) return;
    const added = `AccuracySec=${intervalOf(line) < 2 ? "100ms" : "1s"}`;
    const edits = () =>
      set && ownFile(unit).nodes.includes(set)
        ? [{ ...set.valueSpan, newText: added.slice("AccuracySec=".length) }]
        : [insertAfter(ownFile(unit), line, [added])];
    yield {
      ...line.valueSpan,
      severity: "info",
      message: `${line.key}= is more often than AccuracySec=, ${set ? set.text : "one minute by default"}: systemd may put off each run by that time`,
      directive: line.key,
      fixes: [{ title: `${set ? "Change to" : "Add"} ${added}`, safe: false, edits }],
    };
  },
};

/** How long a timer waits in between, in seconds; without end where that is not clear. */
function intervalOf({ key, text }: Assignment): number {
  if (text === "" || text.includes("%")) return Number.POSITIVE_INFINITY;
  return key === "OnCalendar" ? stepOf(text) : (secondsOf(text) ?? Number.POSITIVE_INFINITY);
}

/** The step between the seconds of one minute. */
function stepOf(text: string): number {
  const [first, second] = parseCalendar(text).event?.microsecond ?? [];
  if (first === undefined) return Number.POSITIVE_INFINITY;
  const step = second ? second.start - first.start : first.repeat;
  return step === 0 ? Number.POSITIVE_INFINITY : step / MICROSECONDS;
}

function secondsOf(text: string): number {
  const span = parseTimeSpan(text, "s");
  if (!("nanoseconds" in span)) return 0;
  return span.nanoseconds === "infinity" ? Number.POSITIVE_INFINITY : Number(span.nanoseconds) / 1e9;
}

/** Timers that elapse at other times than they seem to. */
export const TIMER_TIME_RULES: readonly Rule[] = alsoInDropIns([firesOnce, coarse]);
