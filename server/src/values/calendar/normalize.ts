import { chainOf, DAY, DAY_FROM_END, HOUR, MINUTE, MONTH, SECOND, type Written, YEAR } from "./chain.ts";
import { type CalendarEvent, type Chain, type EventZone, MICROSECONDS } from "./event.ts";
import { fail, type Scan } from "./scan.ts";

/** An event before it is known whether its numbers are in bounds. */
export interface WrittenEvent {
  weekdays: number;
  year?: Written;
  month?: Written;
  day?: Written;
  fromMonthEnd?: true;
  hour?: Written;
  minute?: Written;
  second?: Written;
  /** A moment, in seconds since 1970. */
  moment?: number;
}

const ZERO: Chain = [{ start: 0, repeat: 0 }];

/** The event with its numbers in bounds. Follows calendar_spec_normalize() and calendar_spec_valid(), systemd 257 to 262. */
export function eventOf(scan: Scan, written: WrittenEvent, zone: EventZone): CalendarEvent | undefined {
  if (written.moment !== undefined) return eventAt(written.moment, written.weekdays);
  const { day, hour, minute, second } = written;
  const fromMonthEnd = written.fromMonthEnd === true && day !== undefined && day.elements.length > 0;
  const chain = (it: Written | undefined, counted: Parameters<typeof chainOf>[1], missing: Chain): Chain => {
    const found = it ? chainOf(it, counted) : missing;
    if (!("from" in found)) return found;
    fail(scan, found);
    return [];
  };
  const event: CalendarEvent = {
    weekdays: weekdayBits(written.weekdays),
    year: chain(written.year, YEAR, []),
    month: chain(written.month, MONTH, []),
    day: chain(day, fromMonthEnd ? DAY_FROM_END : DAY, []),
    fromMonthEnd,
    hour: chain(hour, HOUR, ZERO),
    minute: chain(minute, MINUTE, ZERO),
    microsecond: second?.elements.length === 0 ? EVERY_SECOND : chain(second, SECOND, ZERO),
    zone,
  };
  return scan.mistake ? undefined : event;
}

const EVERY_SECOND: Chain = [{ start: 0, repeat: MICROSECONDS }];

const weekdayBits = (bits: number): number => (bits === 0b1111111 ? 0 : bits);

/** Follows calendarspec_from_time_t(), systemd 257 to 262. */
function eventAt(moment: number, weekdays: number): CalendarEvent {
  const date = new Date(moment * 1000);
  const only = (start: number): Chain => [{ start, repeat: 0 }];
  return {
    weekdays: weekdayBits(weekdays),
    year: only(date.getUTCFullYear()),
    month: only(date.getUTCMonth() + 1),
    day: only(date.getUTCDate()),
    fromMonthEnd: false,
    hour: only(date.getUTCHours()),
    minute: only(date.getUTCMinutes()),
    microsecond: only(date.getUTCSeconds() * MICROSECONDS),
    zone: { kind: "utc" },
  };
}
