import type { ZoneClock } from "./zoneClock.ts";

/** A time as a clock shows it, in the manner of struct tm; the parts may be out of bounds. */
export interface LocalTime {
  year: number;
  /** From 0. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** Whether it is meant as daylight saving time, undefined where either will do. */
  daylight: boolean | undefined;
}

/** A clock that finds the moments for local times. */
export interface Calendar {
  /** What the clock shows at a moment, in seconds since 1970. */
  at(moment: number): LocalTime;
  /** The moment of a local time, undefined before 1970 and where there is none, and the time with all parts in bounds. */
  normalize(time: LocalTime): { readonly moment: number; readonly time: LocalTime } | undefined;
}

/** From 0, which is Monday. */
export const weekdayOf = ({ year, month, day }: LocalTime): number =>
  (Math.floor(Date.UTC(year, month, day) / 86_400_000) + 3) % 7;

/**
 * A calendar that answers as localtime_r() and mktime() of glibc 2.41, on which it depends where a local time occurs twice
 * or never: mktime() starts from the offset that it found the last time.
 */
export function calendarOf(clock: ZoneClock): Calendar {
  let guess = 0;

  const at = (moment: number): LocalTime => {
    const date = new Date((moment + clock.offsetAt(moment)) * 1000);
    return {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth(),
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      daylight: clock.isDaylight(moment),
    };
  };

  const normalize: Calendar["normalize"] = (time) => {
    const second = Math.max(0, Math.min(59, time.second));
    const wall = Date.UTC(time.year, time.month, time.day, time.hour, time.minute, second) / 1000;
    const found = momentOf(clock, wall, time.daylight, guess);
    if (found === undefined) return undefined;
    guess = wall - found;
    const moment = found + time.second - second;
    return moment < 0 ? undefined : { moment, time: at(moment) };
  };

  return { at, normalize };
}

const MOST_PROBES = 6;

/** The moment at which a clock shows a time, by probing. Follows __mktime_internal(), glibc 2.41. */
function momentOf(clock: ZoneClock, wall: number, daylight: boolean | undefined, guess: number): number | undefined {
  let moment = wall - guess;
  let last = moment;
  let lastButOne = moment;
  let lastDaylight = false;
  for (let probes = MOST_PROBES; ; ) {
    const off = wall - moment - clock.offsetAt(moment);
    if (off === 0) break;
    const isDaylight = clock.isDaylight(moment);
    const settled = daylight === undefined ? !lastDaylight || isDaylight : daylight !== isDaylight;
    if (moment === lastButOne && moment !== last && settled) return moment;
    if (--probes === 0) return undefined;
    lastButOne = last;
    last = moment;
    moment += off;
    lastDaylight = isDaylight;
  }
  return daylight === undefined || clock.isDaylight(moment) === daylight
    ? moment
    : nearby(clock, wall, moment, daylight);
}

/** No period with or without daylight saving is shorter, and half of the longest. */
const STRIDE = 601_200;
const FARTHEST = 536_454_000 / 2 + STRIDE;

/** The moment for a time that is meant by the other offset than the clock has then. */
function nearby(clock: ZoneClock, wall: number, moment: number, daylight: boolean): number | undefined {
  for (let distance = STRIDE; distance < FARTHEST; distance += STRIDE) {
    for (const other of [moment - distance, moment + distance]) {
      if (clock.isDaylight(other) === daylight) return wall - clock.offsetAt(other);
    }
  }
  return undefined;
}
