/** One element of a list in a date or time: a value, or values from `start` on, `repeat` apart, up to `stop` where there is one. */
export interface Component {
  readonly start: number;
  readonly stop?: number;
  /** 0 for a single value. */
  readonly repeat: number;
}

/** The values that a part of a date or time may have; none at all stands for any. */
export type Chain = readonly Component[];

/** Whose clock an event goes by; an abbreviation such as `CEST` counts only where it is the machine's own. */
export type EventZone =
  | { readonly kind: "local" }
  | { readonly kind: "utc" }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "abbreviation"; readonly name: string };

/** A calendar event after calendar_spec_normalize(), systemd 257 to 262: lists sorted, years in four digits. */
export interface CalendarEvent {
  /** Bit 0 is Monday; 0 where the weekday does not matter. */
  readonly weekdays: number;
  readonly year: Chain;
  readonly month: Chain;
  readonly day: Chain;
  /** Whether days count from the end of the month, 1 being the last. */
  readonly fromMonthEnd: boolean;
  readonly hour: Chain;
  readonly minute: Chain;
  readonly microsecond: Chain;
  readonly zone: EventZone;
}

/** The weekdays as systemd writes them, Monday first. */
export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

export const MICROSECONDS = 1_000_000;

/** The last year in which systemd lets a timer elapse. */
export const LAST_YEAR = 2199;
