import { type CalendarEvent, type Chain, type Component, LAST_YEAR } from "./event.ts";

/** A date of an event that fixes year, month and day, with its weekday: 0 is Monday. */
export interface FixedDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

/**
 * The fixed date of an event whose weekdays rule it out; systemd 262 warns of it. One that no calendar has counts as the
 * day that it would be, as for mktime().
 */
export function contradictedDate({ weekdays, year, month, day, fromMonthEnd }: CalendarEvent): FixedDate | undefined {
  const [y, m, d] = [year, month, day].map(onlyValue);
  if (weekdays === 0 || fromMonthEnd || y === undefined || m === undefined || d === undefined) return undefined;
  const weekday = weekdayOf(y, m, d);
  return weekdays & (1 << weekday) ? undefined : { year: y, month: m, day: d, weekday };
}

function onlyValue(chain: Chain): number | undefined {
  const [only, ...others] = chain;
  return others.length === 0 && only?.repeat === 0 ? only.start : undefined;
}

/** Whether any day from 1970 to 2199 fits the date and the weekdays of an event. */
export function fitsSomeDay({ weekdays, year, month, day, fromMonthEnd }: CalendarEvent): boolean {
  if (day.length === 0 && weekdays === 0) return true;
  const months = valuesOf(month, 1, 12);
  const days = valuesOf(day, 1, 31, fromMonthEnd);
  for (const y of valuesOf(year, 1970, LAST_YEAR)) {
    for (const m of months) {
      const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
      for (const it of days) {
        const d = fromMonthEnd ? last + 1 - it : it;
        if (d <= last && (weekdays === 0 || weekdays & (1 << weekdayOf(y, m, d)))) return true;
      }
    }
  }
  return false;
}

/** The values of a list between two bounds; steps without an end lead up, or down where days count from the end of a month. */
function valuesOf(chain: Chain, low: number, high: number, down = false): number[] {
  const all = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const has = ({ start, stop, repeat }: Component, value: number): boolean => {
    const away = down && stop === undefined ? start - value : value - start;
    if (away < 0 || (stop !== undefined && value > stop)) return false;
    return repeat === 0 ? away === 0 : away % repeat === 0;
  };
  return chain.length === 0 ? all : all.filter((value) => chain.some((it) => has(it, value)));
}

const weekdayOf = (year: number, month: number, day: number): number =>
  (Math.floor(Date.UTC(year, month - 1, day) / 86_400_000) + 3) % 7;
