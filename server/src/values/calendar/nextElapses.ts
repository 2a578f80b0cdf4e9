import { type CalendarEvent, type Chain, LAST_YEAR, MICROSECONDS } from "./event.ts";
import { type Calendar, calendarOf, type LocalTime, weekdayOf } from "./localTime.ts";
import { UTC_CLOCK, type ZoneClock, zoneClock } from "./zoneClock.ts";

/**
 * The next times at which an event elapses after a moment, in microseconds since 1970, up to `count`: fewer where it never
 * elapses again. Undefined where the time zone is not known. Follows calendar_spec_next_usec(), systemd 257.
 */
export function nextElapses(
  event: CalendarEvent,
  from: number,
  count: number,
  localZone: string,
): readonly number[] | undefined {
  const clock = clockOf(event, localZone);
  if (!clock) return undefined;
  const calendar = calendarOf(clock);
  const elapses: number[] = [];
  for (let after = from; elapses.length < count; ) {
    const next = after <= LATEST ? nextAfter(event, after, calendar) : undefined;
    if (next === undefined) break;
    elapses.push(next);
    after = next;
  }
  return elapses;
}

/** Numbers hold microseconds exactly until well after this. */
const LATEST = Date.UTC(LAST_YEAR + 1, 0, 2) * 1000;

function clockOf({ zone }: CalendarEvent, localZone: string): ZoneClock | undefined {
  switch (zone.kind) {
    case "local":
      return zoneClock(localZone);
    case "utc":
      return UTC_CLOCK;
    case "named": {
      const clock = zoneClock(zone.name.replace(/^posix\//, ""));
      const isOpen = ABBREVIATIONS.has(zone.name) && localZone !== "UTC";
      return clock && isOpen ? unlessLocal(clock, zoneClock(localZone)) : clock;
    }
    case "abbreviation":
      return undefined;
  }
}

/** Zones that are called as others call their winter or summer time. */
const ABBREVIATIONS = new Set(["CET", "EET", "EST", "GMT", "HST", "MET", "MST", "WET"]);

/** A zone such as `CET`, unless the local zone may call its own winter or summer time so, which has a meaning of its own. */
function unlessLocal(clock: ZoneClock, local: ZoneClock | undefined): ZoneClock | undefined {
  const halves = [Date.UTC(2026, 0) / 1000, Date.UTC(2026, 6) / 1000];
  const own = halves.map((it) => local?.offsetAt(it));
  return halves.some((it) => own.includes(clock.offsetAt(it))) ? undefined : clock;
}

/** The search of systemd gives up after so many steps. */
const MOST_STEPS = 1000;

/** A time with microseconds while it is searched; what does not fit it moves on. */
interface Search {
  time: LocalTime;
  fraction: number;
}

const PARTS = ["year", "month", "day", "hour", "minute", "second"] as const;
type TimePart = (typeof PARTS)[number];

/** Follows calendar_spec_next_usec_impl() and find_next(), systemd 257. */
function nextAfter(event: CalendarEvent, after: number, calendar: Calendar): number | undefined {
  const start = after + 1;
  const search: Search = {
    time: calendar.at(Math.floor(start / MICROSECONDS)),
    fraction: start % MICROSECONDS,
  };
  for (let step = 0; step < MOST_STEPS; step++) {
    search.time = { ...inBounds(search.time, calendar), daylight: undefined };
    const outcome = advance(event, search, calendar);
    if (outcome === "never") return undefined;
    if (outcome === "again") continue;
    const found = calendar.normalize(search.time);
    return found && found.moment * MICROSECONDS + search.fraction;
  }
  return undefined;
}

/**
 * The time with all parts in bounds. mktime() leads back from the gap of a zone whose winter time counts as daylight
 * saving time; systemd 257.13 goes on after the gap.
 */
function inBounds(time: LocalTime, calendar: Calendar): LocalTime {
  const normal = calendar.normalize(time)?.time ?? time;
  const isBack = time.daylight === undefined && wallTime(normal) < wallTime(time);
  return (isBack && calendar.normalize({ ...time, daylight: normal.daylight })?.time) || normal;
}

const wallTime = ({ year, month, day, hour, minute, second }: LocalTime): number =>
  Date.UTC(year, month, day, hour, minute, second);

/** Moves each part of the time on to the next value that fits, from the year down to the second. */
function advance(event: CalendarEvent, search: Search, calendar: Calendar): "found" | "again" | "never" {
  const { time } = search;
  const year = valueFrom(event.year, time.year);
  if (year === undefined) return "never";
  if (year !== time.year) setPart(search, "year", year);
  if (bounds(search, calendar) !== "inside") return "never";

  const month = valueFrom(event.month, time.month + 1);
  if (month !== undefined && month !== time.month + 1) setPart(search, "month", month - 1);
  const inMonth = month === undefined ? "failed" : bounds(search, calendar);
  if (inMonth === "failed") return carry(search, "year");
  if (inMonth === "moved") return "again";

  const day = event.fromMonthEnd ? valueFromEnd(event.day, search.time, calendar) : valueFrom(event.day, time.day);
  if (day !== undefined && day !== time.day) setPart(search, "day", day);
  const inDay = day === undefined ? "failed" : bounds(search, calendar);
  if (inDay === "failed") return carry(search, "month");
  if (inDay === "moved") return "again";

  if (event.weekdays !== 0) {
    const normal = calendar.normalize(search.time);
    if (!normal || !(event.weekdays & (1 << weekdayOf(normal.time)))) return carry(search, "day");
  }

  const hour = valueFrom(event.hour, time.hour);
  if (hour !== undefined && hour !== time.hour) setPart(search, "hour", hour);
  const inHour = hour === undefined ? "failed" : bounds(search, calendar);
  if (inHour === "failed") return carry(search, "day");
  if (inHour === "moved") return "again";

  const minute = valueFrom(event.minute, time.minute);
  if (minute !== undefined && minute !== time.minute) setPart(search, "minute", minute);
  const inMinute = minute === undefined ? "failed" : bounds(search, calendar);
  if (inMinute === "failed") return carry(search, "hour");
  if (inMinute === "moved") return "again";

  const microsecond = valueFrom(event.microsecond, time.second * MICROSECONDS + search.fraction);
  if (microsecond !== undefined) {
    time.second = Math.floor(microsecond / MICROSECONDS);
    search.fraction = microsecond % MICROSECONDS;
  }
  const inSecond = microsecond === undefined ? "failed" : bounds(search, calendar);
  if (inSecond === "failed") return carry(search, "minute");
  return inSecond === "moved" ? "again" : "found";
}

/** Sets a part and those below it to their first values. */
function setPart(search: Search, part: TimePart, value: number): void {
  const { time } = search;
  time[part] = value;
  for (const below of PARTS.slice(PARTS.indexOf(part) + 1)) time[below] = below === "day" ? 1 : 0;
  search.fraction = 0;
}

function carry(search: Search, part: TimePart): "again" {
  setPart(search, part, search.time[part] + 1);
  return "again";
}

/** The first value of a list from a value on. Follows find_matching_component(), systemd 257. */
function valueFrom(chain: Chain, value: number): number | undefined {
  if (chain.length === 0) return value;
  let best: number | undefined;
  for (const { start, stop, repeat } of chain) {
    const next = nextOf(start, stop, repeat, value);
    if (next !== undefined && (best === undefined || next < best)) best = next;
  }
  return best;
}

function nextOf(start: number, stop: number | undefined, repeat: number, value: number): number | undefined {
  if (start >= value) return start;
  if (repeat === 0) return undefined;
  const next = start + repeat * Math.ceil((value - start) / repeat);
  return stop === undefined || next <= stop ? next : undefined;
}

function valueFromEnd(chain: Chain, time: LocalTime, calendar: Calendar): number | undefined {
  if (chain.length === 0) return time.day;
  const fromStart = chain.map(({ start, stop, repeat }) => {
    const first = dayFromEnd(time, start, calendar);
    const last = stop === undefined ? -1 : dayFromEnd(time, stop, calendar);
    return last > 0 ? { start: last, stop: first, repeat } : { start: first, repeat };
  });
  return valueFrom(fromStart, time.day);
}

/** Follows find_end_of_month(), systemd 257. */
function dayFromEnd(time: LocalTime, day: number, calendar: Calendar): number {
  const normal = calendar.normalize({ ...time, month: time.month + 1, day: 1 - day })?.time;
  return normal?.month === time.month ? normal.day : -1;
}

/**
 * Whether a time exists as it is; one with a part out of bounds or in a gap of the clock has `moved` on to the next that
 * does, and one from which the clock leads back has `failed`. Follows tm_within_bounds(), systemd 257.
 */
function bounds(search: Search, calendar: Calendar): "inside" | "moved" | "failed" {
  const { time } = search;
  if (time.year > LAST_YEAR) return "failed";
  const normal = calendar.normalize(time)?.time;
  if (!normal) return "failed";
  const at = PARTS.findIndex((part) => normal[part] !== time[part]);
  const part = PARTS[at];
  if (part === undefined) return "inside";
  if (normal[part] < time[part]) return "failed";
  const below = PARTS[at + 1];
  if (below !== undefined) normal[below] = below === "day" ? 1 : 0;
  if (part === "year") normal.day = 1;
  Object.assign(time, normal);
  return "moved";
}
