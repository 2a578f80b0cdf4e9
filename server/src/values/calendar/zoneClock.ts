/** The clock of a time zone; all in seconds. */
export interface ZoneClock {
  /** How far it is ahead of UTC at a moment. */
  offsetAt(moment: number): number;
  /** Whether it says at a moment that it is daylight saving time, tm_isdst. */
  isDaylight(moment: number): boolean;
}

export const UTC_CLOCK: ZoneClock = { offsetAt: () => 0, isDaylight: () => false };

/** Zones whose winter time is the daylight saving time, with less than the standard offset, as tzdata has them. */
const WINTER_SAVES = new Set(["Africa/Casablanca", "Africa/El_Aaiun", "Africa/Windhoek", "Eire", "Europe/Dublin"]);

const QUARTER = 900;
/** As many quarters of an hour are remembered for a zone before it starts afresh. */
const MOST_REMEMBERED = 20_000;

const clocks = new Map<string, ZoneClock | undefined>();

/** The clock of an IANA time zone, undefined where the runtime does not know the zone. */
export function zoneClock(name: string): ZoneClock | undefined {
  if (!clocks.has(name)) clocks.set(name, makeClock(name));
  return clocks.get(name);
}

function makeClock(name: string): ZoneClock | undefined {
  const format = formatOf(name);
  if (!format) return undefined;
  const known = new Map<number, number>();

  /** Clocks change at full quarters of an hour, so one answer does for each of them. */
  const offsetAt = (moment: number): number => {
    const quarter = Math.floor(moment / QUARTER);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    if (known.size > MOST_REMEMBERED) known.clear();
    const offset = wallTime(format, quarter * QUARTER) - quarter * QUARTER;
    known.set(quarter, offset);
    return offset;
  };

  /** The runtime does not tell, but the offset of the half-year without daylight saving does. */
  const isDaylight = (moment: number): boolean => {
    const year = new Date(moment * 1000).getUTCFullYear();
    const [winter, summer] = [offsetAt(Date.UTC(year, 0) / 1000), offsetAt(Date.UTC(year, 6) / 1000)];
    const offset = offsetAt(moment);
    return WINTER_SAVES.has(name) ? offset < Math.max(winter, summer) : offset > Math.min(winter, summer);
  };

  return { offsetAt, isDaylight };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const numeric = "numeric";
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch {
    return undefined;
  }
}

/** What the clock shows at a moment, as if it were UTC. */
function wallTime(format: Intl.DateTimeFormat, moment: number): number {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (
    format.format(moment * 1000).match(/\d+/g) ?? []
  ).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}

/** The minutes of the day that a clock skips once a year, from one up to another, and on which weekday; 0 is Monday. */
export interface SkippedTime {
  readonly from: number;
  readonly to: number;
  readonly weekday: number;
}

const skipped = new Map<string, SkippedTime | undefined>();

/** What the clock of a zone skips when summer time begins: the same in most years, of which one stands for all. */
export function skippedTime(name: string): SkippedTime | undefined {
  const clock = skipped.has(name) ? undefined : zoneClock(name);
  if (clock) skipped.set(name, skippedBy(clock));
  return skipped.get(name);
}

const DAY = 86_400;
const SOME_YEAR = Date.UTC(2026, 0) / 1000;

function skippedBy({ offsetAt }: ZoneClock): SkippedTime | undefined {
  const isAhead = (at: number, step: number): boolean => offsetAt(at + step) > offsetAt(at);
  const day = Array.from({ length: 365 }, (_, i) => SOME_YEAR + i * DAY).find((it) => isAhead(it, DAY));
  if (day === undefined) return undefined;
  const quarters = Array.from({ length: DAY / QUARTER }, (_, i) => day + i * QUARTER);
  const before = quarters.find((it) => isAhead(it, QUARTER)) ?? day;
  const local = before + QUARTER + offsetAt(before);
  const from = (local % DAY) / 60;
  const longer = (offsetAt(before + QUARTER) - offsetAt(before)) / 60;
  return { from, to: from + longer, weekday: (Math.floor(local / DAY) + 3) % 7 };
}
